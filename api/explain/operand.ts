/** A meter in a formula: what it adds, how much of it is known, and why the rest is not. */
import type { MeterConsumption } from '../../domain/consumption.ts';
import { FINDINGS } from '../../domain/finding.ts';
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import type { Text } from '../../domain/text.ts';
import { isVirtual } from '../../registry/registry.ts';
import type { RowsByStart } from '../consumption/derived/rows.ts';
import type { ApiContext } from '../context.ts';
import { figureOf } from './figure.ts';
import type { VirtualExplanation } from './meter-shapes.ts';
import { iso } from './words.ts';

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

export function operandOf(
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
