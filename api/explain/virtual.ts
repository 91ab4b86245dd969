/** Why a virtual meter's hours are what they are: its formula, the meters in it, and what one of them did not know. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { FINDINGS } from '../../domain/finding.ts';
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { QUANTITIES } from '../../domain/quantities.ts';
import type { Text } from '../../domain/text.ts';
import { formulaOf } from '../../registry/formula.ts';
import { counterOf, isVirtual } from '../../registry/registry.ts';
import type { VirtualMeter } from '../../registry/schema.ts';
import { readHours } from '../consumption/derived/read.ts';
import { derivedHours, type RowsByStart } from '../consumption/derived/rows.ts';
import { stepOf } from '../consumption/derived/tolerance.ts';
import type { ApiContext } from '../context.ts';
import { amountOf } from '../series.ts';
import { figureOf } from './figure.ts';
import type { VirtualExplanation } from './meter-shapes.ts';
import { findingWords, iso, restatementWords } from './words.ts';

type Operand = VirtualExplanation['operands'][number];
type Unknown = Operand['unknown'][number];

const NO_ROW: Text = {
  zh: '没有这些小时的数据：从未读到，或尚未计算',
  en: 'nothing is there for these hours: never read, or not computed yet',
};
const SEE_OWN: Text = {
  zh: '其公式中的表计未知，见它自己的解释',
  en: 'a meter of its own formula is unknown, see its own explanation',
};
const NOTHING_KNOWN: Text = {
  zh: '这些小时没有可用的读数，见该表的解释',
  en: 'no reading tells these hours, see the meter’s own explanation',
};

function reasonsOf(row: MeterConsumption | undefined, isDerived: boolean): readonly Text[] {
  if (!row) return [NO_ROW];
  if (row.flags.length === 0) return [isDerived ? SEE_OWN : NOTHING_KNOWN];
  return row.flags.map((code) => {
    const { zh, en } = FINDINGS[code];
    return { zh, en };
  });
}

/** Hours without an amount; neighbours for the same reasons are one stretch. */
function unknownIn(rows: RowsByStart, range: TimeRange, isDerived: boolean): Unknown[] {
  const found: Unknown[] = [];
  for (let atMs = range.fromMs; atMs < range.toMs; atMs += HOUR_MS) {
    const row = rows.get(atMs);
    if (row && row.value !== null) continue;
    const reasons = [...reasonsOf(row, isDerived)];
    const [from, to] = [iso(atMs), iso(atMs + HOUR_MS)];
    const before = found.at(-1);
    const isSame =
      before?.to === from &&
      before.reasons.map(({ zh }) => zh).join() === reasons.map(({ zh }) => zh).join();
    if (before && isSame) found.splice(-1, 1, { ...before, to });
    else found.push({ from, to, reasons });
  }
  return found;
}

function operandOf(
  { registry }: ApiContext,
  [id, factor]: readonly [string, number],
  part: { readonly rows: RowsByStart; readonly range: TimeRange },
): Operand {
  const { rows, range } = part;
  const meter = registry.findAnyMeter(id);
  const isDerived = meter !== undefined && isVirtual(meter);
  const { zh, en } = meter?.name ?? { zh: id, en: id };
  const query = new URLSearchParams({ from: iso(range.fromMs), to: iso(range.toMs) });
  const inRange = [...rows.values()].filter(
    ({ startMs }) => startMs >= range.fromMs && startMs < range.toMs,
  );
  return {
    id,
    name: { zh, en },
    kind: isDerived ? 'virtual' : 'metered',
    factor,
    href: `/api/meters/${id}/explain?${query}`,
    figure: figureOf(inRange, range),
    unknown: unknownIn(rows, range, isDerived),
  };
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
    agrees: rows.length === computed.length && hours.every(({ agrees }) => agrees),
    tolerance: stepOf(registry, meter.id),
    hours,
    findings: findings.map(findingWords),
    restatements: restatements.filter(({ name }) => name === counter).map(restatementWords),
  };
}
