/** Hour rows of one register: the curve, cut at the hours and scaled by the dated multiplier. */
import { type MeterConsumption, RULE_VERSION } from '../../domain/consumption.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { dateStartMs, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import type { CounterReading, CurveInput } from '../../domain/reading.ts';
import type { CountingMeter, Registry } from '../../registry/registry.ts';
import { amountsBetween, classOf } from './amounts.ts';
import { buildCurve } from './curve.ts';
import type { CurveRules } from './rules.ts';

/**
 * The interval accounts expect (15 min, as the collection guides upload it); a step longer than
 * 2.5 intervals is a gap. Meters polled more slowly are measured against their own period.
 */
const ACCOUNTING_INTERVAL_MS = 15 * 60_000;
const GAP_INTERVALS = 2.5;
/** Ratings are exceeded a little by real loads. */
const RATING_MARGIN = 1.2;

/** The rule set's configuration for one register, from the registry and the profile's facts. */
export function rulesFor(registry: Registry, meter: CountingMeter, counter: CounterId): CurveRules {
  const facts = registry.profiles.get(meter.profile)?.counters[counter];
  // The rating is what it may count after the multiplier; the register counts that much less.
  const multiplier =
    meter.multiplier.length > 0 ? Math.min(...meter.multiplier.map(({ factor }) => factor)) : 1;
  return {
    gapMs: GAP_INTERVALS * Math.max(ACCOUNTING_INTERVAL_MS, meter.pollSeconds * 1000),
    maxPerHour: (meter.maxPerHour * RATING_MARGIN) / multiplier,
    resolution: facts?.resolution ?? 0,
    ...(facts?.modulus === undefined ? {} : { modulus: facts.modulus }),
    replacements: meter.replacements.map(({ at, finalReading, initialReading }) => ({
      atMs: at,
      finalReading,
      initialReading,
    })),
    unitChanges: (meter.unitChanges ?? []).map(({ at, factor }) => ({ atMs: at, factor })),
  };
}

const NO_FLAGS: readonly FindingCode[] = [];

/** Findings by the hour they touch, inside a range. */
function flagsByHour(
  findings: readonly Pick<Finding, 'code' | 'fromMs' | 'toMs'>[],
  range: TimeRange,
): Map<number, FindingCode[]> {
  const byHour = new Map<number, FindingCode[]>();
  for (const { code, fromMs, toMs } of findings) {
    const first = Math.floor(Math.max(fromMs, range.fromMs) / HOUR_MS) * HOUR_MS;
    // A finding of one instant touches its hour, others the hours up to their end.
    const endMs = Math.min(range.toMs, Math.max(toMs, fromMs + 1));
    for (let at = first; at < endMs; at += HOUR_MS) {
      const flags = byHour.get(at) ?? [];
      if (!flags.includes(code)) byHour.set(at, [...flags, code].sort());
    }
  }
  return byHour;
}

export interface RegisterRows {
  readonly rows: MeterConsumption[];
  /** Those that start in the range. */
  readonly findings: Finding[];
}

/** Hour rows of a range whose ends lie on whole hours. The input may (and should) reach beyond it. */
export function hourRows(
  registry: Registry,
  meter: CountingMeter,
  part: {
    readonly counter: CounterId;
    readonly input: CurveInput | readonly CounterReading[];
    readonly range: TimeRange;
    readonly nowMs?: number;
  },
): RegisterRows {
  const { counter, input, range, nowMs } = part;
  const rules = rulesFor(registry, meter, counter);
  const known = { ...rules, sinceMs: range.fromMs };
  const curve = buildCurve(input, nowMs === undefined ? known : { ...known, nowMs });
  const bounds: number[] = [];
  for (let at = range.fromMs; at <= range.toMs; at += HOUR_MS) bounds.push(at);
  const flags = flagsByHour(curve.findings, range);
  // Multipliers change at local midnight, which is a whole hour: an hour has one factor.
  const changes = meter.multiplier.map((entry) => ({
    fromMs: dateStartMs(entry.from, registry.region.zone),
    factor: entry.factor,
  }));
  const rows = amountsBetween(curve, bounds).map((amount, index): MeterConsumption => {
    const startMs = bounds[index] ?? 0;
    const factor = changes.findLast((change) => change.fromMs <= startMs)?.factor ?? 1;
    return {
      meterId: meter.id,
      counter,
      resolution: 'hour',
      startMs,
      value: amount.value === null ? null : amount.value * factor,
      coverage: amount.coverage,
      manual: amount.manual,
      estimated: amount.estimated,
      known: amount.known,
      class: classOf(amount),
      flags: flags.get(startMs) ?? NO_FLAGS,
      ruleVersion: RULE_VERSION,
      revision: 0,
    };
  });
  const findings = curve.findings
    .filter(({ fromMs }) => fromMs >= range.fromMs && fromMs < range.toMs)
    .map((finding) => ({ ...finding, meterId: meter.id, counter }));
  return { rows, findings };
}
