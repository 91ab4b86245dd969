/** Meals served, the divisor of canteen figures. */
import type { MetricInput } from '../input.ts';
import type { MetricOutcome } from '../metric.ts';
import { per } from './ratio.ts';
import { sumRecords } from './records.ts';

export function perMeal(input: MetricInput, outcome: MetricOutcome): MetricOutcome {
  const meals = sumRecords(input.records('canteen-meals'), input.elapsed, (body) => body.meals);
  return per(outcome, {
    name: { zh: '供餐人次', en: 'meals served' },
    value: meals.value,
    unit: '人次',
    source: `ledger canteen-meals：${meals.ids.join('、') || '—'}`,
  });
}
