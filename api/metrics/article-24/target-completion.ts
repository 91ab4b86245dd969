/** A24-07: how much of the way from the base year to the target is done, and how far off the straight path. */
import type { Text } from '../../../domain/text.ts';
import { waterPerPerson } from '../article-26/water-per-person.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type Metric, type MetricPart } from '../metric.ts';
import { baseTerm, type Goal, goalsOf } from '../parts/goals.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';
import type { MetricTerm } from '../term.ts';
import { co2PerArea } from './co2-per-area.ts';
import { energyPerArea } from './energy-per-area.ts';
import { energyPerPerson } from './energy-per-person.ts';
import { statisticalWaterPerPerson } from './statistical-water-per-person.ts';

/** What plans set targets for. */
const PLANNED: readonly Metric[] = [
  energyPerArea,
  energyPerPerson,
  statisticalWaterPerPerson,
  waterPerPerson,
  co2PerArea,
];

interface Progress {
  readonly completion: number | null;
  /** Above the path is behind it. */
  readonly gap: number | null;
  readonly completeness: number;
  readonly terms: readonly MetricTerm[];
  readonly reasons: readonly Text[];
  readonly metric: Metric;
}

function progressOf(input: MetricInput, metric: Metric, goal: Goal): Progress {
  const now = metric.compute(input);
  const base = baseTerm(input, metric, goal);
  const { zh, en } = metric.name;
  const terms: MetricTerm[] = [
    { name: metric.name, value: now.value, unit: metric.unit, source: metric.code },
    ...(base ? [base] : []),
    goal.term,
  ];
  const unknown = (reason: Text): Progress => ({
    completion: null,
    gap: null,
    completeness: now.completeness,
    terms,
    reasons: [{ zh: `${zh}：${reason.zh}`, en: `${en}: ${reason.en}` }],
    metric,
  });
  if (goal.wholeYear && !input.ended) {
    return unknown({
      zh: '年度目标只与已结束的整年比较',
      en: 'a target of one year is held against the whole year when it has ended',
    });
  }
  if (now.value === null) return unknown(now.reasons[0] ?? { zh: '数据不足', en: 'no figure' });
  if (!base || base.value === null) {
    return unknown({
      zh: `没有 ${goal.baseYear} 年同期数据；年度结束后可用台账年度计划的“基期实绩”`,
      en: `no data of the same part of ${goal.baseYear}; once the year has ended, a base value of the ledger (annual plan) serves`,
    });
  }
  const wanted = goal.wanted(base.value);
  if (wanted >= base.value) {
    return unknown({
      zh: '目标值不低于基期值，完成率无意义',
      en: 'the target is not below the base value: there is no way to go',
    });
  }
  return {
    completion: ((base.value - now.value) / (base.value - wanted)) * 100,
    gap: now.value - goal.onPath(base.value),
    completeness: now.completeness,
    terms: [...terms, ...now.terms],
    reasons: now.reasons,
    metric,
  };
}

const partsOf = ({ metric, completion, gap, completeness }: Progress): MetricPart[] => [
  {
    name: { zh: `${metric.name.zh}：完成率`, en: `${metric.name.en}: done` },
    value: completion,
    unit: '%',
    completeness,
  },
  {
    name: {
      zh: `${metric.name.zh}：与线性进度之差（正为落后）`,
      en: `${metric.name.en}: off the straight path, positive is behind`,
    },
    value: gap,
    unit: metric.unit,
    completeness,
  },
];

const GRADES = {
  'on-path': { zh: '达到线性进度', en: 'on the straight path or ahead of it' },
  behind: { zh: '落后于线性进度', en: 'behind the straight path' },
} as const;

export const targetCompletion = defineMetric({
  id: 'target-completion',
  code: 'A24-07',
  clause: CLAUSES.planning,
  name: { zh: '规划目标完成率（最低项）', en: 'Target completion (least)' },
  unit: '%',
  formula:
    'min( (x基期 − x现) / (x基期 − x目标) )；线性进度 = x基期·(1 + 变化率·已过年数 / 总年数)',
  inputs: [
    {
      zh: '登记的目标或台账年度目标、基期同期数据或台账基期实绩、本期指标',
      en: 'targets on file or of the ledger, base data of the same part of the year or of the ledger, figures now',
    },
  ],
  source: SOURCES.plan145,
  insufficient: {
    zh: '本年没有目标，没有基期数据，或指标数据不足',
    en: 'no target for the year, no base, or a figure is insufficient',
  },
  better: 'higher',
  yearly: true,
  compute(input) {
    const lines = PLANNED.flatMap((metric) =>
      goalsOf(input, metric).map((goal) => progressOf(input, metric, goal)),
    );
    if (lines.length === 0) {
      return insufficient({
        zh: '本年没有目标：请在登记 targets 或台账年度计划（目标）中给出',
        en: 'no target for this year: enter one under targets of the registry, or in the ledger (annual plan)',
      });
    }
    const done = lines.flatMap(({ completion }) => (completion === null ? [] : [completion]));
    const shared = {
      completeness: Math.min(...lines.map(({ completeness }) => completeness)),
      terms: lines.flatMap(({ terms }) => terms),
      reasons: lines.flatMap(({ reasons }) => reasons),
      parts: lines.flatMap(partsOf),
    };
    if (done.length < lines.length) return { value: null, ...shared };
    const late = lines.find(({ gap }) => (gap ?? 0) > 0);
    const id = late ? 'behind' : 'on-path';
    const source = (late ?? lines[0])?.metric.name.zh ?? '';
    return { value: Math.min(...done), ...shared, grade: { id, name: GRADES[id], source } };
  },
});
