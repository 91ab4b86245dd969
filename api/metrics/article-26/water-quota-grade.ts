/** A26-02: water per person held against the quota of its tier: advanced, compliant or over. */
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { isWholeYear, NOT_A_WHOLE_YEAR } from '../parts/quota-check.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';
import { waterPerPerson } from './water-per-person.ts';

const GRADES = {
  advanced: { zh: '先进（不高于先进值）', en: 'advanced: within the advanced value' },
  compliant: { zh: '达标（不高于通用值）', en: 'compliant: within the general value' },
  over: { zh: '超定额（高于通用值）', en: 'over the general value' },
} as const satisfies Record<string, Text>;

export const waterQuotaGrade = defineMetric({
  id: 'water-quota-grade',
  code: 'A26-02',
  clause: CLAUSES.waterManagement,
  name: { zh: '用水定额等级', en: 'Grade by the water quota' },
  unit: '%',
  formula: '人均用水量 / 通用值；≤ 先进值为先进，≤ 通用值为达标，其余为超定额',
  inputs: [
    {
      zh: '人均用水量（A26-01）、登记的用水定额（quotas：water-per-person）',
      en: 'water per person (A26-01), the water quota on file (quotas: water-per-person)',
    },
  ],
  source: SOURCES.db37Water,
  insufficient: {
    zh: '不是已结束的整年、未登记用水定额，或没有人均用水量',
    en: 'no whole year that has ended, no water quota, or no water per person',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    if (!isWholeYear(input)) return insufficient(NOT_A_WHOLE_YEAR);
    const quota = input.quota(waterPerPerson.id);
    if (!quota) {
      return insufficient({
        zh: '未登记用水定额，请在登记 quotas 中录入 water-per-person 的先进值和通用值',
        en: 'no water quota on file: enter one for water-per-person under quotas',
      });
    }
    const outcome = waterPerPerson.compute(input);
    const { id, source, verified, unit, guide, constraint } = quota;
    const from = { unit, source: `${id}：${source}`, verified };
    const terms = [
      ...outcome.terms,
      { name: { zh: '先进值', en: 'advanced value' }, value: guide, ...from },
      { name: { zh: '通用值', en: 'general value' }, value: constraint, ...from },
    ];
    const { value } = outcome;
    if (value === null) return { ...outcome, terms };
    const grade = value <= guide ? 'advanced' : value <= constraint ? 'compliant' : 'over';
    return {
      ...outcome,
      value: (value / constraint) * 100,
      terms,
      grade: { id: grade, name: GRADES[grade], source: `${id}：${source}` },
    };
  },
});
