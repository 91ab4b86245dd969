/** Why a meter's hours are what they are: readings, the curve's segments between them, rules, multiplier. */
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { QUANTITIES } from '../../domain/quantities.ts';
import type { CurveInput } from '../../domain/reading.ts';
import { type CountingMeter, counterOf } from '../../registry/registry.ts';
import { readByHand, withBills } from '../consumption/by-hand.ts';
import { buildCurve } from '../consumption/curve.ts';
import { hourRows, rulesFor } from '../consumption/meter-rows.ts';
import { inputOf } from '../consumption/meter-work.ts';
import { readFor } from '../consumption/power.ts';
import { segmentAt } from '../consumption/segments.ts';
import { SEGMENT_KINDS } from '../consumption/track.ts';
import { windowOf } from '../consumption/window.ts';
import type { ApiContext } from '../context.ts';
import { amountOf } from '../series.ts';
import type { MeterExplanation } from './meter-shapes.ts';
import { findingWords, iso, isoUpTo, restatementWords } from './words.ts';

/** Readings shown at most; a range that holds more says so by ending earlier. */
const MOST_READINGS = 5000;
const NEARLY = 1e-9;

interface Basis {
  readonly input: CurveInput;
  /** Whole local days around the range, from which the curve is believed. */
  readonly range: TimeRange;
}

/** What the row pipeline would compute these hours from, now. */
async function basisOf(
  context: ApiContext,
  meter: CountingMeter,
  range: TimeRange,
): Promise<Basis | undefined> {
  const { registry, store, now } = context;
  const nowMs = now();
  const counter = counterOf(meter);
  const quantity = readFor(meter, counter);
  const byHand = readByHand(context)(meter);
  const [first] = await store.readings(meter.id, { fromMs: 0, toMs: nowMs + HOUR_MS }, 1);
  const otherMs = [
    ...byHand.manual.map(({ atMs }) => atMs),
    ...byHand.intervals.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  ];
  const firstMs = Math.min(first?.atMs ?? Number.POSITIVE_INFINITY, ...otherMs);
  if (!Number.isFinite(firstMs)) return undefined;
  const code = 'unit_change_suspected';
  const open = await store.findings({ meterIds: [meter.id], range, code });
  const fromMs = Math.min(range.fromMs, ...open.map((finding) => finding.fromMs));
  const billed = withBills({ fromMs, toMs: range.toMs }, byHand);
  const stretch = { ...billed, zone: registry.region.zone, nowMs, isExact: true };
  const window = await windowOf(store, { meterId: meter.id, quantity, firstMs, otherMs }, stretch);
  const input = await inputOf(store, { meter, counter, byHand }, window);
  return { input, range: window.range };
}

function segmentsIn(
  { input, range }: Basis,
  meter: CountingMeter,
  { registry, now }: ApiContext,
  shown: TimeRange,
): MeterExplanation['segments'] {
  const rules = rulesFor(registry, meter, counterOf(meter));
  const curve = buildCurve(input, { ...rules, sinceMs: range.fromMs, nowMs: now() });
  const found: MeterExplanation['segments'] = [];
  for (let index = 0; index < curve.segments.length; index += 1) {
    const { fromMs, toMs, amount, kind } = segmentAt(curve.segments, index);
    const name = SEGMENT_KINDS[kind] ?? 'start';
    if (toMs <= shown.fromMs || fromMs >= shown.toMs || name === 'start') continue;
    found.push({ from: iso(fromMs), to: iso(toMs), amount, kind: name });
  }
  return found;
}

function same(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= NEARLY * Math.max(1, Math.abs(a), Math.abs(b));
}

/** @param range on whole hours, a few days at most. */
export async function explainMeter(
  context: ApiContext,
  meter: CountingMeter,
  range: TimeRange,
): Promise<MeterExplanation> {
  const { registry, store, now } = context;
  const counter = counterOf(meter);
  const meterIds = [meter.id];
  const basis = await basisOf(context, meter, range);
  const [rows, findings, restatements, readings] = await Promise.all([
    store.meterConsumption({ meterIds, resolution: 'hour', range }),
    store.findings({ meterIds, range }),
    store.restatements({ subjectKind: 'meter', subjects: meterIds, range }),
    store.readings(meter.id, range, MOST_READINGS),
  ]);
  const computed = basis
    ? hourRows(registry, meter, { counter, input: basis.input, range: basis.range, nowMs: now() })
    : { rows: [] };
  const byStart = new Map(computed.rows.map((row) => [row.startMs, row.value]));
  const options = { calendar: registry.region, nowMs: now() };
  const rules = rulesFor(registry, meter, counter);
  const { zh, en } = meter.name;
  return {
    kind: 'metered',
    meter: { id: meter.id, name: { zh, en } },
    counter,
    unit: QUANTITIES[counter].unit,
    from: iso(range.fromMs),
    to: iso(range.toMs),
    rules: {
      gapMinutes: rules.gapMs / 60_000,
      maxPerHour: rules.maxPerHour,
      resolution: rules.resolution,
      ...(rules.modulus === undefined ? {} : { modulus: rules.modulus }),
    },
    multipliers: meter.multiplier.map(({ from, factor }) => ({ from, factor })),
    hours: rows
      .filter((row) => row.counter === counter)
      .map((row) => {
        const value = byStart.get(row.startMs) ?? null;
        return { ...amountOf(row, options), computed: value, agrees: same(row.value, value) };
      }),
    segments: basis ? segmentsIn(basis, meter, context, range) : [],
    readings: readings.flatMap(({ atMs, quality, values }) => {
      const value = values[readFor(meter, counter)];
      return value === undefined ? [] : [{ at: iso(atMs), value, quality }];
    }),
    manual: (basis?.input.manual ?? [])
      .filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs)
      .map(({ atMs, value }) => ({ at: iso(atMs), value })),
    intervals: (basis?.input.intervals ?? [])
      .filter(({ fromMs, toMs }) => fromMs < range.toMs && toMs > range.fromMs)
      .map(({ fromMs, toMs, value }) => ({
        from: iso(fromMs),
        to: isoUpTo(toMs, now()),
        value,
      })),
    findings: findings
      .filter((finding) => (finding.counter ?? counter) === counter)
      .map(findingWords),
    restatements: restatements.filter(({ name }) => name === counter).map(restatementWords),
  };
}
