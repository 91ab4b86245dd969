/** What the api takes to answer from rows: a year of hours of one agency, a year's months of hundreds. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../api/app.ts';
import type { ApiContext } from '../../../api/context.ts';
import { openLedger } from '../../../api/ledger/open.ts';
import { CARRIER_IDS } from '../../../domain/carriers.ts';
import { type AgencyConsumption, RULE_VERSION } from '../../../domain/consumption.ts';
import { totalItem } from '../../../domain/items.ts';
import type { Resolution } from '../../../domain/period.ts';
import { spansIn } from '../../../domain/season.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { Store } from '../../../store/port.ts';

const FROM_MS = Date.parse('2024-12-31T16:00:00Z');
const TO_MS = Date.parse('2025-12-31T16:00:00Z');
const YEAR = { fromMs: FROM_MS, toMs: TO_MS };

function rowsOf(registry: Registry, agencyId: string, resolution: Resolution): AgencyConsumption[] {
  return CARRIER_IDS.flatMap((carrier) =>
    spansIn(YEAR, resolution, registry.region).map(
      ({ fromMs }, index): AgencyConsumption => ({
        agencyId,
        carrier,
        item: totalItem(carrier),
        resolution,
        startMs: fromMs,
        value: 12.345 + index,
        coverage: 1,
        manual: 0,
        estimated: 0,
        known: 1,
        class: 'measured',
        flags: [],
        ruleVersion: RULE_VERSION,
        revision: 0,
      }),
    ),
  );
}

/** The 95th percentile of the rounds after the first, in milliseconds. */
async function p95(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.ceil(0.95 * rounds) - 1] ?? Number.NaN;
}

export interface Answers {
  readonly hoursMs: number;
  readonly monthsMs: number;
  readonly monthRows: number;
}

/** Over HTTP, parsed: what a page waits for. The months are asked of the store, as a metric does. */
export async function measureAnswers(
  registry: Registry,
  store: Store,
  rounds: number,
): Promise<Answers> {
  const ids = registry.agencies.map(({ id }) => id);
  const [first = ''] = ids;
  await store.writeAgencyConsumption(rowsOf(registry, first, 'hour'));
  for (const id of ids) await store.writeAgencyConsumption(rowsOf(registry, id, 'month'));
  const now = () => TO_MS;
  const context: ApiContext = { registry, store, ledger: openLedger(':memory:', { now }), now };
  const server = createServer(createApp({ context: () => context, requestsPerMinute: 1e6 }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const query = new URLSearchParams({
    from: new Date(FROM_MS).toISOString(),
    to: new Date(TO_MS).toISOString(),
    resolution: 'hour',
    carrier: 'electricity',
  });
  const url = `http://127.0.0.1:${port}/api/agencies/${first}/consumption?${query}`;
  const hoursMs = await p95(rounds, async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    const body = (await response.json()) as { rows: unknown[] }[];
    const [series] = body;
    const found = series?.rows.length;
    if (found !== 8760) throw new Error(`expected 8760 rows, found ${found}`);
  });
  let monthRows = 0;
  const monthsMs = await p95(rounds, async () => {
    const query = { agencyIds: ids, resolution: 'month', range: YEAR } as const;
    monthRows = (await store.agencyConsumption(query)).length;
  });
  server.closeAllConnections();
  server.close();
  context.ledger.close();
  return { hoursMs, monthsMs, monthRows };
}
