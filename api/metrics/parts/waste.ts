/** Waste of the ledger by sort: a share of it is told only where somebody entered what was not sorted, too. */
import { WASTE_SORTS } from '../../ledger/kinds/waste.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, type MetricPart, MIN_KNOWN } from '../metric.ts';
import { coverOf } from './entry-cover.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { insufficient } from './terms.ts';

type Sort = keyof typeof WASTE_SORTS;

const SORTS = Object.keys(WASTE_SORTS) as Sort[];

/** The share of some sorts in all waste by weight, with every sort as a part. */
export function wasteShare(input: MetricInput, isMeant: (sort: Sort) => boolean): MetricOutcome {
  const entries = input.records('waste');
  const residual = entries.filter(({ body }) => body.sort === 'residual');
  if (residual.length === 0) {
    // Without what was left over, everything would look sorted.
    return insufficient({
      zh: '台账中没有本期“其他垃圾”的重量（废旧物与垃圾清运），无法得出占比',
      en: 'the ledger holds no residual waste of this period (waste): no share can be told',
    });
  }
  const sums = SORTS.map((sort) => {
    const own = entries.filter(({ body }) => body.sort === sort);
    const sum = sumRecords(own, input.elapsed, ({ quantityKg }) => quantityKg);
    return { sort, name: WASTE_SORTS[sort], sum };
  }).filter(({ sum }) => sum.value !== undefined);
  const terms = sums.map(({ name, sum }) => recordTerm([name, 'kg'], 'waste', sum));
  const cover = coverOf(input, residual);
  const [short] = cover.reasons;
  if (cover.share < MIN_KNOWN && short) return insufficient(short, terms, cover.share);
  const kg = (some: typeof sums) => some.reduce((total, { sum }) => total + (sum.value ?? 0), 0);
  const all = kg(sums);
  if (all <= 0) return insufficient({ zh: '清运重量为零', en: 'no waste by weight' }, terms);
  const spread = sums.some(({ sum }) => sum.spread);
  return {
    value: (kg(sums.filter(({ sort }) => isMeant(sort))) / all) * 100,
    completeness: cover.share,
    terms,
    reasons: [...(spread ? [SPREAD_BY_DAYS] : []), ...cover.reasons],
    parts: sums.map(
      ({ name, sum }): MetricPart => ({
        name,
        value: sum.value ?? null,
        unit: 'kg',
        completeness: cover.share,
      }),
    ),
  };
}
