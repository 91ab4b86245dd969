/** Why a virtual meter's hours are what they are: its formula, and what its meters say to it. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { HOUR_MS, periodAt, type TimeRange } from '../../domain/period.ts';
import { QUANTITIES } from '../../domain/quantities.ts';
import { formulaOf } from '../../registry/formula.ts';
import { counterOf } from '../../registry/registry.ts';
import type { VirtualMeter } from '../../registry/schema.ts';
import { readHours } from '../consumption/derived/read.ts';
import { derivedHours, type RowsByStart } from '../consumption/derived/rows.ts';
import { stepOf } from '../consumption/derived/tolerance.ts';
import type { ApiContext } from '../context.ts';
import { amountOf } from '../series.ts';
import { figureOf } from './figure.ts';
import type { VirtualExplanation } from './meter-shapes.ts';
import { operandOf } from './operand.ts';
import { findingWords, iso, restatementWords } from './words.ts';

/** Stored days that lie in the range, each with the sum of its stored hours. */
async function daysIn(
  { registry, store, now }: ApiContext,
  hours: readonly MeterConsumption[],
  part: { readonly meter: VirtualMeter; readonly range: TimeRange },
): Promise<VirtualExplanation['days']> {
  const { meter, range } = part;
  const { zone } = registry.region;
  const options = { calendar: registry.region, nowMs: now() };
  const rows = await store.meterConsumption({ meterIds: [meter.id], resolution: 'day', range });
  return rows.flatMap((row) => {
    const { toMs } = periodAt(row.startMs, 'day', zone);
    if (toMs > range.toMs && toMs <= now()) return [];
    const own = hours.filter(({ startMs }) => startMs >= row.startMs && startMs < toMs);
    const { value } = figureOf(own, { fromMs: row.startMs, toMs });
    return [{ ...amountOf(row, options), computed: value, agrees: row.value === value }];
  });
}

/** @param range on whole hours, a few days at most; what lies ahead is not asked for. */
export async function explainVirtual(
  context: ApiContext,
  meter: VirtualMeter,
  range: TimeRange,
): Promise<VirtualExplanation> {
  const { registry, store, now } = context;
  const formula = formulaOf(meter);
  const meterIds = [meter.id];
  const derived = { meter, formula };
  const elapsed = {
    fromMs: range.fromMs,
    toMs: Math.max(range.fromMs, Math.min(range.toMs, Math.ceil(now() / HOUR_MS) * HOUR_MS)),
  };
  const [byMeter, rows, findings, restatements] = await Promise.all([
    readHours(context, derived, elapsed),
    store.meterConsumption({ meterIds, resolution: 'hour', range: elapsed }),
    store.findings({ meterIds: [...formula.keys()], range: elapsed }),
    store.restatements({ subjectKind: 'meter', subjects: meterIds, range: elapsed }),
  ]);
  const counter = counterOf(meter);
  const computed = derivedHours(registry, derived, { byMeter, range: elapsed });
  const byStart = new Map(computed.map((row) => [row.startMs, row.value]));
  const rowsOf = (id: string): RowsByStart => byMeter.get(id) ?? new Map();
  const options = { calendar: registry.region, nowMs: now() };
  const hours = rows.map((row) => {
    const value = byStart.get(row.startMs) ?? null;
    const terms = [...formula.keys()].map((id) => rowsOf(id).get(row.startMs)?.value ?? null);
    return { ...amountOf(row, options), terms, computed: value, agrees: row.value === value };
  });
  const days = await daysIn(context, rows, { meter, range: elapsed });
  const { zh, en } = meter.name;
  return {
    kind: 'virtual',
    meter: { id: meter.id, name: { zh, en } },
    counter,
    unit: QUANTITIES[counter].unit,
    from: iso(elapsed.fromMs),
    to: iso(elapsed.toMs),
    formula: meter.formula,
    operands: [...formula].map((term) =>
      operandOf(context, term, { rows: rowsOf(term[0]), range: elapsed }),
    ),
    figure: figureOf(rows, elapsed),
    agrees: rows.length === computed.length && [...hours, ...days].every(({ agrees }) => agrees),
    tolerance: stepOf(registry, meter.id),
    hours,
    days,
    findings: findings.map(findingWords),
    restatements: restatements.filter(({ name }) => name === counter).map(restatementWords),
  };
}
