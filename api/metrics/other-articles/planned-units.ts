/** A19-01: units that have a plan for the year. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const plannedUnits = defineMetric({
  id: 'planned-units',
  code: 'A19-01',
  clause: CLAUSES.ownPlan,
  name: { zh: '已制定年度计划的单位占比', en: 'Units with a plan for the year' },
  unit: '%',
  formula: '有年度计划的单位数 / 单位数',
  inputs: [{ zh: '台账年度计划、登记的单位', en: 'yearly plans of the ledger, units on file' }],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '没有登记用能单位，或台账中没有任何年度计划',
    en: 'no unit on file, or no plan in the ledger',
  },
  better: 'higher',
  yearly: true,
  compute(input) {
    const plans = input.records('annual-plan').filter(({ body }) => body.kind !== 'base');
    if (input.units.length === 0 || plans.length === 0) {
      // An empty ledger means that nobody entered plans, not that nobody made one.
      return insufficient({
        zh: '台账中没有本年度计划',
        en: 'the ledger holds no plan for this year',
      });
    }
    const planned = new Set(plans.map(({ body }) => body.agency));
    const withPlan = input.units.filter(({ agency }) => planned.has(agency.id));
    const source = 'ledger annual-plan';
    const terms = [
      { name: { zh: '有计划', en: 'with a plan' }, value: withPlan.length, unit: '个', source },
      {
        name: { zh: '单位', en: 'units' },
        value: input.units.length,
        unit: '个',
        source: 'agencies',
      },
    ];
    const value = (withPlan.length / input.units.length) * 100;
    return { value, completeness: 1, terms, reasons: [] };
  },
});
