/** Which meters an account rests on, and with what part: the first step down from a figure to its readings. */
import { CARRIERS } from '../../domain/carriers.ts';
import type { MeterConsumption } from '../../domain/consumption.ts';
import { FINDINGS, type Finding, type FindingCode } from '../../domain/finding.ts';
import { totalItem } from '../../domain/items.ts';
import { HOUR_MS, intersect, localDate, type TimeRange } from '../../domain/period.ts';
import { datumCodeOf } from '../../registry/datum-code.ts';
import { counterOf, isAccountMeter } from '../../registry/registry.ts';
import type { AllocationTerm } from '../consumption/allocation.ts';
import { accountsBelow, stretchesOf } from '../consumption/plan.ts';
import type { ApiContext } from '../context.ts';
import { lengthOf, longRows } from './long-rows.ts';
import { addRows } from './rows.ts';
import type { Assessment, Contribution } from './schema.ts';

interface Part {
  readonly meterId: string;
  readonly counter: string;
  readonly factor: number;
  readonly basis: Contribution['basis'];
}

/** A term's meters with their signed factors. */
function partsOf(term: AllocationTerm): Part[] {
  const { counter, basis, factor } = term;
  return [
    { meterId: term.plus, counter, factor, basis },
    ...term.minus.map((meterId) => ({ meterId, counter, factor: -factor, basis })),
  ];
}

/** A parent's parts of one meter add up: over all tenants they leave the whole main and no rest. */
function addUp(parts: readonly Part[]): Part[] {
  const byMeter = Map.groupBy(parts, ({ meterId, counter }) => `${meterId} ${counter}`);
  return [...byMeter.values()].flatMap((same) => {
    const [first] = same;
    const factor = same.reduce((sum, part) => sum + part.factor, 0);
    if (!first || Math.abs(factor) < 1e-9) return [];
    return [{ ...first, factor, basis: 'subordinates' }];
  });
}

function findingsOf(rows: readonly MeterConsumption[]): Assessment['findings'] {
  const counts = new Map<string, { code: FindingCode; meterId: string; hours: number }>();
  for (const { meterId, flags } of rows) {
    for (const code of flags) {
      const entry = counts.get(`${meterId} ${code}`) ?? { code, meterId, hours: 0 };
      entry.hours += 1;
      counts.set(`${meterId} ${code}`, entry);
    }
  }
  return [...counts.values()].map(({ code, meterId, hours }) => {
    const { zh, en, severity } = FINDINGS[code];
    return { code, text: { zh, en }, severity, meterId, hours };
  });
}

/** Stand-stills are found over the rows, so no row carries them. */
function stuckFindings(found: readonly Finding[], elapsed: TimeRange): Assessment['findings'] {
  const { zh, en, severity } = FINDINGS.stuck;
  return [...Map.groupBy(found, ({ meterId }) => meterId)].map(([meterId, runs]) => {
    const insideMs = runs.map((run) => {
      const { fromMs, toMs } = intersect(run, elapsed);
      return Math.max(0, toMs - fromMs);
    });
    const hours = Math.round(insideMs.reduce((sum, ms) => sum + ms, 0) / HOUR_MS);
    return { code: 'stuck', text: { zh, en }, severity, meterId, hours };
  });
}

/**
 * Hours that carry a finding: only of meters, and only from the first to the last day or month,
 * that carry one themselves. The hours of a year are too many to go through.
 */
async function flaggedHours(
  context: ApiContext,
  flagged: readonly MeterConsumption[],
  elapsed: TimeRange,
): Promise<MeterConsumption[]> {
  const lengthMs = lengthOf(context);
  const hours: MeterConsumption[] = [];
  for (const [meterId, rows] of Map.groupBy(flagged, (row) => row.meterId)) {
    const range = intersect(elapsed, {
      fromMs: Math.min(...rows.map(({ startMs }) => startMs)),
      toMs: Math.max(...rows.map((row) => row.startMs + lengthMs(row))),
    });
    const asked = { meterIds: [meterId], resolution: 'hour', range, flaggedOnly: true } as const;
    for (const hour of await context.store.meterConsumption(asked)) hours.push(hour);
  }
  return hours;
}

/** The contributions and findings of an agency's carrier totals over the elapsed range. */
export async function contributionsOf(
  context: ApiContext,
  agencyId: string,
  elapsed: TimeRange,
): Promise<Pick<Assessment, 'contributions' | 'findings'>> {
  const { registry, store } = context;
  const { zone } = registry.region;
  const contributions: Contribution[] = [];
  const meterIds = new Set<string>();
  const flagged: MeterConsumption[] = [];
  const lengthMs = lengthOf(context);
  for (const stretch of stretchesOf(registry, elapsed)) {
    const accounts = accountsBelow(registry, agencyId, localDate(stretch.fromMs, zone)).filter(
      ({ carrier, item }) => item === totalItem(carrier) || item === 'export',
    );
    const own = accounts.flatMap(({ terms }) => terms.flatMap(partsOf));
    const parts = registry.childrenOf(agencyId).length > 0 ? addUp(own) : own;
    const ids = parts.map(({ meterId }) => meterId);
    const rows = await longRows(context, stretch, (part) =>
      store.meterConsumption({ meterIds: ids, ...part }),
    );
    flagged.push(...rows.filter(({ flags }) => flags.length > 0));
    const byRegister = Map.groupBy(rows, (row) => `${row.meterId} ${row.counter}`);
    for (const { meterId, counter, factor, basis } of parts) {
      const meter = registry.findAnyMeter(meterId);
      if (!isAccountMeter(meter)) continue;
      meterIds.add(meterId);
      const amount = addRows(
        byRegister.get(`${meterId} ${counter}`) ?? [],
        intersect(stretch, elapsed),
        lengthMs,
      );
      const { value, coverage, known } = amount;
      const unit = CARRIERS[meter.carrier].unit;
      // What is fed into the grid is no item of the guide.
      const datumCode = counter === counterOf(meter) ? datumCodeOf(registry, meter) : undefined;
      contributions.push({
        meterId,
        name: meter.name,
        ...(datumCode === undefined ? {} : { datumCode }),
        carrier: meter.carrier,
        counter,
        unit,
        amount: value,
        coverage,
        known,
        factor,
        basis,
      });
    }
  }
  const hours = await flaggedHours(context, flagged, elapsed);
  const stuck = await store.findings({ meterIds: [...meterIds], range: elapsed, code: 'stuck' });
  return { contributions, findings: [...findingsOf(hours), ...stuckFindings(stuck, elapsed)] };
}
