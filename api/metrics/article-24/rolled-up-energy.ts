/** A24-11: energy per floor area over the tree below, as a ratio of sums with the share of units that report. */
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { namesOf } from '../parts/names.ts';
import {
  coverageOf,
  leftOut,
  linesBelow,
  type RollUp,
  rollUp,
  sumsOf,
  tooFew,
} from '../parts/roll-up.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const UNIT = 'kgce/m²';

function termsOf({ reports, registered }: RollUp): MetricOutcome['terms'] {
  const { figure, by } = sumsOf(reports);
  const term = (zh: string, en: string, [value, unit, source]: [number, string, string]) => ({
    name: { zh, en },
    value,
    unit,
    source,
  });
  return [
    term('Σ 综合能耗（不含公务用车）', 'Σ energy without vehicles', [figure, 'kgce', 'A24-03']),
    term('Σ 建筑面积', 'Σ floor area', [by, 'm²', 'agencies.areas.floorM2']),
    term('数据足够的单位', 'units with enough data', [reports.length, '个', 'agencies']),
    term('登记的单位', 'units on file', [registered.length, '个', 'agencies']),
  ];
}

/** What the units' figures leave out, and who is not in the sum. */
function reasonsOf(input: MetricInput, { reports, silent }: RollUp): MetricOutcome['reasons'] {
  const names = namesOf(silent);
  const missing = { zh: `未计入：${names.zh}`, en: `not included: ${names.en}` };
  const counted = new Set(reports.map(({ unit }) => unit.agency.id));
  const above = input
    .records('other-fuel')
    .some(({ body }) => !counted.has(body.agency) && !silent.some(({ id }) => id === body.agency));
  const atParents = {
    zh: '登记在上级机关名下的燃料未计入各单位之和',
    en: 'fuel entered for an agency above the units is not in their sum',
  };
  return [
    ...leftOut(reports.map(({ outcome }) => outcome)),
    ...(silent.length > 0 ? [missing] : []),
    ...(above ? [atParents] : []),
  ];
}

export const rolledUpEnergy = defineMetric({
  id: 'rolled-up-energy-per-area',
  code: 'A24-11',
  clause: CLAUSES.guidance,
  name: { zh: '下级汇总单位建筑面积能耗', en: 'Energy per floor area, rolled up' },
  unit: UNIT,
  formula: 'Σ 各单位能耗（不含公务用车） / Σ 各单位建筑面积；覆盖率 = 数据足够的单位 / 登记的单位',
  inputs: [
    {
      zh: '登记的单位树、各单位综合能耗与建筑面积',
      en: 'tree of agencies on file, energy and floor area of each unit',
    },
  ],
  source: SOURCES.statistics,
  insufficient: {
    zh: '没有下级单位，或数据足够的单位少于登记单位的 90 %',
    en: 'no units below, or less than 90 % of those on file have enough data',
  },
  better: 'lower',
  compute(input) {
    const { agency, registry } = input;
    if (registry.childrenOf(agency.id).length === 0) {
      return insufficient({
        zh: '登记中没有下级单位（agencies.parent）',
        en: 'the registry has no units below (agencies.parent)',
      });
    }
    const whole = rollUp(
      input,
      (unit) => energyKgce(unit, { vehicles: 'out' }),
      (unit) => unit.area('floorM2'),
    );
    const parts = linesBelow(input, whole, UNIT);
    const few = tooFew(whole);
    if (few) return { ...few, terms: termsOf(whole), parts };
    return {
      value: sumsOf(whole.reports).ratio,
      completeness: coverageOf(whole),
      terms: termsOf(whole),
      reasons: reasonsOf(input, whole),
      parts,
    };
  },
});
