/** A25-12: paper, toner and money for them per person. */

import type { BodyOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { coverOf } from '../parts/entry-cover.ts';
import { perPerson } from '../parts/ratio.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const FIGURES = [
  ['paperSheets', { zh: '纸张', en: 'Paper' }, '张'],
  ['tonerCartridges', { zh: '硒鼓墨盒', en: 'Toner' }, '个'],
  ['costYuan', { zh: '耗材金额', en: 'Cost of consumables' }, '元'],
] as const;

type Figure = (typeof FIGURES)[number];

/** One of the figures per person, where the ledger speaks for all units and days. */
function perPersonOf(input: MetricInput, [key, name, unit]: Figure): MetricOutcome {
  const entries = input
    .records('consumables')
    .filter(({ body }: { body: BodyOf<'consumables'> }) => body[key] !== undefined);
  if (entries.length === 0) {
    return insufficient({
      zh: `台账中没有本期${name.zh}的领用（办公耗材）`,
      en: `the ledger holds no ${name.en.toLowerCase()} of this period (consumables)`,
    });
  }
  const sum = sumRecords(entries, input.elapsed, (body) => body[key]);
  const terms = [recordTerm([name, unit], 'consumables', sum)];
  const cover = coverOf(input, entries);
  const [short] = cover.reasons;
  if (cover.share < MIN_KNOWN && short) return insufficient(short, terms, cover.share);
  const reasons = [...(sum.spread ? [SPREAD_BY_DAYS] : []), ...cover.reasons];
  return perPerson(input, { value: sum.value ?? null, completeness: cover.share, terms, reasons });
}

export const consumablesPerPerson = defineMetric({
  id: 'consumables-per-person',
  code: 'A25-12',
  clause: CLAUSES.procurement,
  name: { zh: '人均用纸量', en: 'Paper per person' },
  unit: '张/人',
  formula: '纸张领用量 / 用能人数；另列硒鼓墨盒、金额',
  inputs: [{ zh: '台账办公耗材、用能人数', en: 'consumables of the ledger, head count' }],
  source: SOURCES.gbt29118,
  insufficient: {
    zh: '台账没有纸张领用、覆盖的单位和天数低于 90 %，或未登记用能人数',
    en: 'no paper in the ledger, less than 90 % of units and days covered, or no head count',
  },
  better: 'lower',
  compute(input) {
    const lines = FIGURES.map((figure) => ({ figure, outcome: perPersonOf(input, figure) }));
    const parts = lines.flatMap(({ figure: [, name, unit], outcome: { value, completeness } }) =>
      value === null ? [] : [{ name, value, unit: `${unit}/人`, completeness }],
    );
    const [paper] = lines;
    if (!paper) return insufficient({ zh: '没有数据', en: 'no data' });
    return { ...paper.outcome, ...(parts.length > 0 ? { parts } : {}) };
  },
});
