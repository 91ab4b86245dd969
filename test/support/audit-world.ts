/** Small bureaus worked out by hand: registry text, rows or readings, a ledger, and the figures the api answers with. */
import { AGENCY_ROWS } from '../../api/consumption/families.ts';
import { recompute } from '../../api/consumption/recompute.ts';
import { rollUp } from '../../api/consumption/rollup.ts';
import { startRun } from '../../api/consumption/run.ts';
import type { ApiContext } from '../../api/context.ts';
import type { KindId } from '../../api/ledger/ledger.ts';
import { startApi } from '../../api/main.ts';
import { CARRIER_IDS, type Carrier } from '../../domain/carriers.ts';
import type { AccountItem, AgencyConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import { dateStartMs, daysIn, type TimeRange } from '../../domain/period.ts';
import type { Reading } from '../../domain/reading.ts';
import type { Registry } from '../../registry/registry.ts';
import { openPipeline } from './pipeline.ts';
import { registryOf } from './registry.ts';

const ZONE = 'Asia/Shanghai';

/** An amount spread evenly over local days, the last one included. */
export interface Spread {
  readonly agency: string;
  readonly item: Carrier | AccountItem;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  /** Share of each day that is known and measured; all of it by default. */
  readonly known?: number;
}

export interface WorldFacts {
  /** With its offset, `2026-02-10T00:00+08:00`. */
  readonly now: string;
  readonly registry: string;
  readonly spreads?: readonly Spread[];
  readonly entries?: readonly (readonly [KindId, Record<string, unknown>])[];
  readonly readings?: readonly Reading[];
}

export interface Figure {
  readonly id: string;
  readonly value: number | null;
  readonly status: 'ok' | 'partial' | 'insufficient';
  readonly reasons: readonly unknown[];
}

export interface World {
  readonly url: string;
  readonly context: ApiContext;
  figure(agency: string, period: string, metric: string): Promise<Figure>;
  /** Takes another registry for the answers from now on. */
  replaceRegistry(text: string): void;
  close(): Promise<void>;
}

function registryFrom(text: string): Registry {
  const { registry, faults } = registryOf({ 'audit.yaml': text });
  if (registry) return registry;
  throw new Error(faults.map((fault) => JSON.stringify(fault)).join('\n'));
}

function rangeOf({ from, to }: Spread): TimeRange {
  return { fromMs: dateStartMs(from, ZONE), toMs: dateStartMs(to, ZONE) + 86_400_000 };
}

function accountOf(item: Spread['item']): Pick<AgencyConsumption, 'carrier' | 'item'> {
  const carrier = CARRIER_IDS.find((id) => id === item);
  if (carrier) return { carrier, item: totalItem(carrier) };
  const own = CARRIER_IDS.find((id) => totalItem(id).slice(0, 2) === item.slice(0, 2));
  return { carrier: own ?? 'electricity', item: item as AccountItem };
}

/** Day rows of the units and of all above them, which are the sums of theirs. */
function dayRows(registry: Registry, spreads: readonly Spread[]): AgencyConsumption[] {
  const rows = new Map<string, AgencyConsumption & { readonly parts: number }>();
  for (const spread of spreads) {
    const { amount, known = 1 } = spread;
    const days = daysIn(rangeOf(spread), ZONE);
    const lineage = registry.agencies.filter(({ id }) =>
      registry.subtreeOf(id).some((below) => below.id === spread.agency),
    );
    for (const { id: agencyId } of lineage) {
      for (const { fromMs: startMs } of days) {
        const account = accountOf(spread.item);
        const key = `${agencyId} ${account.item} ${startMs}`;
        const before = rows.get(key);
        const parts = (before?.parts ?? 0) + 1;
        const share = ((before?.known ?? 0) * (parts - 1) + known) / parts;
        rows.set(key, {
          ...account,
          ...{ agencyId, startMs, parts, resolution: 'day', ruleVersion: 1, revision: 0 },
          value: (before?.value ?? 0) + (known > 0 ? amount / days.length : 0),
          ...{ coverage: share, known: share, manual: 0, estimated: 0, flags: [] },
          class: share === 1 ? 'measured' : 'partial',
        });
      }
    }
  }
  return [...rows.values()].map(({ parts: _, ...row }) => row);
}

async function writeSpreads(context: ApiContext, spreads: readonly Spread[]): Promise<void> {
  const rows = dayRows(context.registry, spreads);
  await context.store.writeAgencyConsumption(rows);
  const run = await startRun(context, { cause: 'audit', isExact: true });
  const starts = rows.map(({ startMs }) => startMs);
  const range = { fromMs: Math.min(...starts), toMs: Math.max(...starts) + 86_400_000 };
  const subjects = context.registry.agencies.map(({ id }) => id);
  await rollUp(run, AGENCY_ROWS, { subjects, range });
  await run.end();
}

async function writeReadings(context: ApiContext, readings: readonly Reading[]): Promise<void> {
  await context.store.writeReadings(readings);
  const { findMeter } = context.registry;
  const times = readings
    .filter(({ meterId }) => findMeter(meterId)?.carrier !== 'weather')
    .map(({ atMs }) => atMs);
  if (times.length === 0) return;
  const range = {
    fromMs: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    toMs: times.reduce((a, b) => Math.max(a, b), 0) + 1,
  };
  await recompute(context, range);
}

export async function openWorld(facts: WorldFacts): Promise<World> {
  const { spreads = [], entries = [], readings = [] } = facts;
  const pipeline = await openPipeline(Date.parse(facts.now), registryFrom(facts.registry));
  let { context } = pipeline;
  const api = await startApi({ context: () => context, host: '127.0.0.1', port: 0 });
  for (const [kind, entry] of entries) {
    const body = JSON.stringify({ entry });
    const headers = { 'content-type': 'application/json' };
    const url = `${api.url}/api/ledger/${kind}`;
    const answer = await fetch(url, { method: 'POST', body, headers });
    if (!answer.ok) throw new Error(`${kind} ${body}: ${await answer.text()}`);
  }
  if (readings.length > 0) await writeReadings(context, readings);
  if (spreads.length > 0) await writeSpreads(context, spreads);
  const answers = new Map<string, Promise<readonly Figure[]>>();

  async function ask(agency: string, period: string): Promise<readonly Figure[]> {
    const answer = await fetch(`${api.url}/api/agencies/${agency}/assessment?period=${period}`);
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { metrics: Figure[] }).metrics;
  }

  return {
    url: api.url,
    context,
    async figure(agency, period, metric) {
      const key = `${agency} ${period}`;
      const metrics = answers.get(key) ?? ask(agency, period);
      answers.set(key, metrics);
      const found = (await metrics).find(({ id }) => id === metric);
      if (!found) throw new Error(`no metric '${metric}'`);
      return found;
    },
    replaceRegistry(text) {
      context = { ...context, registry: registryFrom(text) };
      answers.clear();
    },
    async close() {
      await api.stop();
      await pipeline.close();
    },
  };
}
