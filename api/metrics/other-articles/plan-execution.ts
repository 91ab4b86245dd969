/** A18-01: what was used and spent in part of the year's plan, for each carrier and cost that has a limit. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome } from '../metric.ts';
import { costOf, totalCost } from '../parts/cost.ts';
import { carrierTotal } from '../parts/energy.ts';
import { plannedLimits } from '../parts/limits.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const YUAN = '元';
/** Metric whose limit is the budget of all energy and water. */
const ALL_COST = 'resource-cost';

interface Planned {
  readonly name: Text;
  readonly unit: string;
  /** What of the ledger's plans is about it. */
  readonly carrier?: string;
  readonly metric?: string;
  used(): MetricOutcome;
}

/** All that a plan may limit: amounts by carrier, money by carrier, money in all. */
function plannable(input: MetricInput): Planned[] {
  const amounts = CARRIER_IDS.map((carrier): Planned => {
    const { zh, en, unit } = CARRIERS[carrier];
    return { name: { zh, en }, unit, carrier, used: () => carrierTotal(input, carrier) };
  });
  const costs = CARRIER_IDS.map((carrier): Planned => {
    const { zh, en } = CARRIERS[carrier];
    const none = insufficient({ zh: `没有${zh}的费用`, en: `no cost of ${en}` });
    const name = { zh: `${zh}费`, en: `${en}, cost` };
    return { name, unit: YUAN, carrier, used: () => costOf(input, carrier) ?? none };
  });
  const name = { zh: '能源资源费用', en: 'Cost of energy and water' };
  return [
    ...amounts,
    ...costs,
    { name, unit: YUAN, metric: ALL_COST, used: () => totalCost(input) },
  ];
}

export const planExecution = defineMetric({
  id: 'plan-execution',
  code: 'A18-01',
  clause: CLAUSES.annualPlan,
  name: { zh: '年度用能用水计划执行率', en: 'Execution of the yearly plan' },
  unit: '%',
  formula: 'max( 各类能源、水的用量与费用：本期实绩 / 年度计划上限 )',
  inputs: [
    {
      zh: `台账年度计划（上限；用量按能源种类，费用以${YUAN}计，总费用的指标编号为 ${ALL_COST}）、用量、费用`,
      en: `yearly limits of the ledger (amounts by carrier, money in ${YUAN}, all of it as metric ${ALL_COST}), amounts, cost`,
    },
  ],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '没有年度计划（有下级的：有单位没有计划），或用量、费用不足',
    en: 'no plan (of a parent: a unit without one), or amounts or cost not known',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    const lines = plannable(input).flatMap(({ name, unit, carrier, metric, used }) => {
      const own = plannedLimits(
        input,
        (body) => body.carrier === carrier && body.metric === metric && body.unit === unit,
      );
      if (own.length === 0) return [];
      const limit = own.reduce((sum, { body }) => sum + body.value, 0);
      const { value: amount, completeness, terms } = used();
      const source = `ledger annual-plan：${own.map(({ id }) => id).join('、')}`;
      const bound = { zh: `${name.zh}计划上限`, en: `${name.en} limit` };
      const value = amount === null || limit === 0 ? null : (amount / limit) * 100;
      const part = { name, value, unit: '%', completeness };
      return [{ part, terms: [...terms, { name: bound, value: limit, unit, source }] }];
    });
    const terms = lines.flatMap((line) => line.terms);
    const parts = lines.map(({ part }) => part);
    if (lines.length === 0) {
      return insufficient({
        zh: '台账中没有本年度的用量计划（年度计划，上限），或有下级单位没有计划',
        en: 'the ledger holds no limit for this year (annual plan), or a unit below has none',
      });
    }
    const known = parts.flatMap(({ value }) => (value === null ? [] : [value]));
    const completeness = Math.min(...parts.map((part) => part.completeness));
    if (known.length < lines.length) {
      const reason = {
        zh: '有计划的能源用量或费用不足',
        en: 'a planned carrier or cost is not known enough',
      };
      return { ...insufficient(reason, terms, completeness), parts };
    }
    return { value: Math.max(...known), completeness, terms, reasons: [], parts };
  },
});
