/** A39-02: which of the main figures are better than in the same part of the year before. */
import { co2PerArea } from '../article-24/co2-per-area.ts';
import { energyPerArea } from '../article-24/energy-per-area.ts';
import { energyPerPerson } from '../article-24/energy-per-person.ts';
import { statisticalWaterPerPerson } from '../article-24/statistical-water-per-person.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type Metric } from '../metric.ts';
import { SPREAD_BY_DAYS } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** All of them are better when lower. */
const FOLLOWED: readonly Metric[] = [
  energyPerArea,
  energyPerPerson,
  statisticalWaterPerPerson,
  co2PerArea,
];

function changesOf(input: MetricInput, before: MetricInput) {
  return FOLLOWED.map((metric) => {
    const [now, was] = [metric.compute(input), metric.compute(before)];
    const change =
      now.value === null || was.value === null || was.value <= 0
        ? null
        : ((now.value - was.value) / was.value) * 100;
    return { metric, now, was, change };
  });
}

/** What one of the two years counts and the other does not would look like a change. */
function leavesOutTheSame({ now, was }: ReturnType<typeof changesOf>[number]): boolean {
  const names = (reasons: typeof now.reasons) =>
    reasons
      .map(({ zh }) => zh)
      // An entry taken in part leaves nothing out.
      .filter((zh) => zh !== SPREAD_BY_DAYS.zh)
      .sort()
      .join();
  return names(now.reasons) === names(was.reasons);
}

export const performanceTrend = defineMetric({
  id: 'performance-trend',
  code: 'A39-02',
  clause: CLAUSES.performance,
  name: { zh: '同比改善的指标占比', en: 'Figures better than the year before' },
  unit: '%',
  formula: '低于上年同期的指标数 / 可比的指标数（A24-03、04、05、06，上年同一段时间）',
  inputs: [
    {
      zh: '本期与上年同期的单位面积能耗、人均能耗、人均用水、单位面积碳排放',
      en: 'energy per area and person, water per person, CO₂ per area of both years',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有上年同期数据，或有指标不可比',
    en: 'no data of the year before, or a figure cannot be compared',
  },
  better: 'higher',
  compute(input) {
    const before = input.earlier(1);
    if (!before) return insufficient({ zh: '没有上年同期数据', en: 'no data of the year before' });
    const changes = changesOf(input, before);
    const parts = changes.map(({ metric, now, was, change }) => ({
      name: metric.name,
      value: change,
      unit: '%',
      completeness: Math.min(now.completeness, was.completeness),
    }));
    const terms = changes.flatMap(({ metric, now, was }) => [
      { name: metric.name, value: now.value, unit: metric.unit, source: metric.code },
      {
        name: { zh: `上年同期${metric.name.zh}`, en: `${metric.name.en}, the year before` },
        value: was.value,
        unit: metric.unit,
        source: metric.code,
      },
    ]);
    const completeness = Math.min(...parts.map((part) => part.completeness));
    const unlike = changes.filter((one) => one.change === null || !leavesOutTheSame(one));
    if (unlike.length > 0) {
      const reasons = unlike.map(({ metric, now, was }) => {
        const why = now.reasons[0] ?? was.reasons[0];
        return {
          zh: `${metric.name.zh}不可比：${why?.zh ?? '上年同期为零'}`,
          en: `${metric.name.en} cannot be compared: ${why?.en ?? 'the year before is zero'}`,
        };
      });
      return { value: null, completeness, terms, reasons, parts };
    }
    const better = changes.filter(({ change }) => change !== null && change < 0);
    const reasons = [...new Set(changes.flatMap(({ now }) => now.reasons))];
    return { value: (better.length / changes.length) * 100, completeness, terms, reasons, parts };
  },
});
