/** Hour and day rows of one register: the curve, cut at the hours and scaled by the dated multiplier. */
import { type MeterConsumption, RULE_VERSION } from '../../domain/consumption.ts';
import type { FindingCode } from '../../domain/finding.ts';
import { dateStartMs, daysIn, HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import type { CounterReading } from '../../domain/reading.ts';
import type { CountingMeter, Registry } from '../../registry/registry.ts';
import { amountsBetween, classOf, type PeriodAmount } from './amounts.ts';
import { buildCurve, type Curve } from './curve.ts';
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
function rulesFor(registry: Registry, meter: CountingMeter, counter: CounterId): CurveRules {
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
  };
}

function row(
  meter: CountingMeter,
  counter: CounterId,
  startMs: number,
  part: { amount: PeriodAmount; resolution: 'hour' | 'day'; flags: readonly FindingCode[] },
): MeterConsumption {
  const { amount, resolution, flags } = part;
  return {
    meterId: meter.id,
    counter,
    resolution,
    startMs,
    ...amount,
    manual: 0,
    estimated: 0,
    class: classOf(amount),
    flags,
    ruleVersion: RULE_VERSION,
    revision: 0,
  };
}

/** Findings by the hour they touch. */
function flagsByHour(curve: Curve): Map<number, Set<FindingCode>> {
  const byHour = new Map<number, Set<FindingCode>>();
  for (const finding of curve.findings) {
    const first = Math.floor(finding.fromMs / HOUR_MS) * HOUR_MS;
    for (let at = first; at <= finding.toMs; at += HOUR_MS) {
      const flags = byHour.get(at) ?? new Set();
      flags.add(finding.code);
      byHour.set(at, flags);
    }
  }
  return byHour;
}

/** Hour rows of a range whose ends lie on whole hours. Readings may (and should) reach beyond it. */
export function hourRows(
  registry: Registry,
  meter: CountingMeter,
  input: { counter: CounterId; readings: readonly CounterReading[]; range: TimeRange },
): MeterConsumption[] {
  const { counter, readings, range } = input;
  const curve = buildCurve(readings, rulesFor(registry, meter, counter));
  const bounds: number[] = [];
  for (let at = range.fromMs; at <= range.toMs; at += HOUR_MS) bounds.push(at);
  const flags = flagsByHour(curve);
  // Multipliers change at local midnight, which is a whole hour: an hour has one factor.
  const changes = meter.multiplier.map((entry) => ({
    fromMs: dateStartMs(entry.from, registry.region.zone),
    factor: entry.factor,
  }));
  return amountsBetween(curve, bounds).map((amount, index) => {
    const startMs = bounds[index] ?? 0;
    const factor = changes.findLast((change) => change.fromMs <= startMs)?.factor ?? 1;
    const value = amount.value === null ? null : amount.value * factor;
    return row(meter, counter, startMs, {
      amount: { ...amount, value },
      resolution: 'hour',
      flags: [...(flags.get(startMs) ?? [])],
    });
  });
}

/** Days are sums of their hours: the local day of every zone we accept is cut at whole hours. */
export function dayRows(
  hours: readonly MeterConsumption[],
  range: TimeRange,
  zone: string,
): MeterConsumption[] {
  return daysIn(range, zone).flatMap((day) => {
    const own = hours.filter(({ startMs }) => startMs >= day.fromMs && startMs < day.toMs);
    const first = own[0];
    if (!first) return [];
    const amount = sumAmounts(own, (day.toMs - day.fromMs) / HOUR_MS);
    const flags = [...new Set(own.flatMap((hour) => hour.flags))];
    return [
      {
        ...first,
        ...amount,
        startMs: day.fromMs,
        resolution: 'day',
        class: classOf(amount),
        flags,
      },
    ];
  });
}

/** Adds the amounts of `expected` periods of equal length, some of which may be absent. */
export function sumAmounts(parts: readonly PeriodAmount[], expected: number): PeriodAmount {
  let value: number | null = null;
  let coverage = 0;
  let known = 0;
  for (const part of parts) {
    if (part.value !== null) value = (value ?? 0) + part.value;
    coverage += part.coverage;
    known += part.known;
  }
  return { value, coverage: coverage / expected, known: known / expected };
}
