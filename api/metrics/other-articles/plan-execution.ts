/** A18-01: what was used in part of the year's plan, for each carrier that has a limit. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const planExecution = defineMetric({
  id: 'plan-execution',
  code: 'A18-01',
  clause: CLAUSES.annualPlan,
  name: { zh: '年度用能用水计划执行率', en: 'Execution of the yearly plan' },
  unit: '%',
  formula: 'max( 各类能源、水：本期用量 / 年度计划上限 )',
  inputs: [{ zh: '台账年度计划（上限）、用量', en: 'yearly limits of the ledger, amounts' }],
  source: SOURCES.ordinance,
  insufficient: { zh: '没有年度计划，或用量已知率低于 90 %', en: 'no plan, or amounts not known' },
  better: 'lower',
  yearly: true,
  compute(input) {
    const limits = input.records('annual-plan').filter(({ body }) => body.kind === 'limit');
    const lines = CARRIER_IDS.flatMap((carrier) => {
      const { zh, en, unit } = CARRIERS[carrier];
      const own = limits.filter(({ body }) => body.carrier === carrier && body.unit === unit);
      if (own.length === 0) return [];
      const limit = own.reduce((sum, { body }) => sum + body.value, 0);
      const used = carrierTotal(input, carrier);
      const source = `ledger annual-plan：${own.map(({ id }) => id).join('、')}`;
      const name = { zh: `${zh}计划上限`, en: `${en} limit` };
      const terms = [...used.terms, { name, value: limit, unit, source }];
      const value = used.value === null || limit === 0 ? null : (used.value / limit) * 100;
      return [{ name: { zh, en }, value, unit: '%', completeness: used.completeness, terms }];
    });
    const terms = lines.flatMap((line) => line.terms);
    const parts = lines.map(({ name, value, unit, completeness }) => ({
      name,
      value,
      unit,
      completeness,
    }));
    if (lines.length === 0) {
      return insufficient({
        zh: '台账中没有本年度的用量计划（年度计划，上限）',
        en: 'the ledger holds no limit for this year (annual plan)',
      });
    }
    const known = lines.flatMap(({ value }) => (value === null ? [] : [value]));
    const completeness = Math.min(...lines.map((line) => line.completeness));
    if (known.length < lines.length) {
      const reason = { zh: '有计划的能源用量不足', en: 'a planned carrier is not known enough' };
      return { ...insufficient(reason, terms, completeness), parts };
    }
    return { value: Math.max(...known), completeness, terms, reasons: [], parts };
  },
});
