/** A24-09: the grade of an agency's figures by the quotas on file for its tier and climate zone. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import {
  isWholeYear,
  NOT_A_WHOLE_YEAR,
  type QuotaCheck,
  quotaChecks,
  zoneConflict,
} from '../parts/quota-check.ts';
import { QUOTA_GRADES } from '../parts/quota-grade.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';
import type { MetricTerm } from '../term.ts';

/** The figure in per cent of the value that must not be exceeded. */
function loadOf({ outcome, quota }: QuotaCheck): number | null {
  return outcome.value === null ? null : (outcome.value / quota.constraint) * 100;
}

function partOf(check: QuotaCheck): MetricPart {
  const { metric, outcome, grade } = check;
  const { zh, en } = grade ? QUOTA_GRADES[grade] : { zh: '数据不足', en: 'insufficient data' };
  return {
    name: { zh: `${metric.name.zh}：${zh}`, en: `${metric.name.en}: ${en}` },
    value: loadOf(check),
    unit: '%',
    completeness: outcome.completeness,
  };
}

function termsOf({ metric, outcome, quota }: QuotaCheck): MetricTerm[] {
  const level = (zh: string, en: string, value: number | undefined): MetricTerm[] =>
    value === undefined
      ? []
      : [
          {
            name: { zh: `${metric.name.zh}${zh}`, en: `${metric.name.en}, ${en}` },
            value,
            unit: quota.unit,
            source: `${quota.id}：${quota.source}`,
            verified: quota.verified,
          },
        ];
  return [
    { name: metric.name, value: outcome.value, unit: metric.unit, source: metric.code },
    ...level('约束值', 'constraint', quota.constraint),
    ...level('基准值', 'baseline', quota.baseline),
    ...level('引导值', 'guide', quota.guide),
    ...outcome.terms,
  ];
}

export const quotaGrade = defineMetric({
  id: 'quota-grade',
  code: 'A24-09',
  clause: CLAUSES.planning,
  name: { zh: '定额等级（最不利指标占约束值）', en: 'Quota grade (worst figure by constraint)' },
  unit: '%',
  formula:
    'max( 指标 / 约束值 )；≤ 引导值 先进，≤ 基准值 合理，≤ 约束值 达标，否则需整改；按定额自身的系数与人数口径',
  inputs: [
    {
      zh: '登记的定额（层级、气候区、约束/基准/引导值）、对应指标',
      en: 'quotas on file (tier, climate zone, levels) and their figures',
    },
  ],
  source: SOURCES.db37Energy,
  insufficient: {
    zh: '不是整年，本层级没有定额，建筑位于定额不同的气候区，或某个有定额的指标数据不足',
    en: 'not a whole year, no quota for the tier, buildings in climate zones whose quotas differ, or a figure with a quota is insufficient',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    if (!isWholeYear(input)) return insufficient(NOT_A_WHOLE_YEAR);
    const checks = quotaChecks(input);
    const terms = checks.flatMap(termsOf);
    const parts = checks.map(partOf);
    const [first, ...others] = checks;
    const conflict = zoneConflict(input);
    if (conflict) return { ...insufficient(conflict, terms), parts };
    if (!first) {
      return insufficient({
        zh: '登记中没有本层级、本气候区的定额（quotas）',
        en: 'the registry has no quota for this tier and climate zone (quotas)',
      });
    }
    const completeness = Math.min(...checks.map(({ outcome }) => outcome.completeness));
    const reasons = checks.flatMap(({ metric, outcome }) =>
      outcome.reasons.map(({ zh, en }) => ({
        zh: `${metric.name.zh}：${zh}`,
        en: `${metric.name.en}: ${en}`,
      })),
    );
    if (checks.some(({ grade }) => grade === undefined)) {
      return { value: null, completeness, terms, reasons, parts };
    }
    const worst = others.reduce((a, b) => ((loadOf(b) ?? 0) > (loadOf(a) ?? 0) ? b : a), first);
    const value = loadOf(worst);
    const grades = Object.keys(QUOTA_GRADES);
    const decisive = checks.reduce((a, b) =>
      grades.indexOf(b.grade ?? '') > grades.indexOf(a.grade ?? '') ? b : a,
    );
    const { grade: id = 'over', quota, metric } = decisive;
    const source = `${metric.name.zh}；${quota.id}：${quota.source}`;
    return {
      value,
      completeness,
      terms,
      reasons,
      parts,
      grade: { id, name: QUOTA_GRADES[id], source },
    };
  },
});
