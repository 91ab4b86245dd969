/** A22-06: what energy and water take of the year's operating cost. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { totalCost } from '../parts/cost.ts';
import { coverOf } from '../parts/entry-cover.ts';
import { recordTerm, sumRecords } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { ratioOf } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

export const operatingCostShare = defineMetric({
  id: 'operating-cost-share',
  code: 'A22-06',
  clause: CLAUSES.cost,
  name: { zh: '能源资源费用占机关运行成本', en: 'Energy and water in operating cost' },
  unit: '%',
  formula: '能源资源费用 / 机关运行成本总额',
  inputs: [
    {
      zh: '能源资源费用（A22-01）、台账机关运行成本（成本总额）',
      en: 'cost of energy and water (A22-01), operating cost of the ledger',
    },
  ],
  source: SOURCES.costSurvey,
  insufficient: {
    zh: '不是已结束的整年，台账缺少某单位的运行成本，或费用不足',
    en: 'no whole year that has ended, a unit without operating cost, or cost insufficient',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    if (!input.ended) {
      return insufficient({
        zh: '运行成本是全年数，年度结束后才有占比',
        en: 'operating cost is of a whole year: the share is there once it has ended',
      });
    }
    const entries = input.records('operating-cost');
    const sum = sumRecords(entries, input.elapsed, ({ totalYuan }) => totalYuan);
    const name = { zh: '机关运行成本', en: 'operating cost' };
    const terms = [recordTerm([name, '元'], 'operating-cost', sum)];
    const cover = coverOf(input, entries);
    const [short] = cover.reasons;
    // The cost of all by the operating cost of some would be no share.
    if (short) return insufficient(short, terms, cover.share);
    const total = { value: sum.value ?? null, completeness: 1, terms, reasons: [] };
    return ratioOf([totalCost(input), total], 100);
  },
});
