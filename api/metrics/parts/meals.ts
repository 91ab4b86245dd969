/** Canteens: what their meters counted, and the meals served, the divisor of canteen figures. */
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { buildingShare } from './building-entries.ts';
import { itemMeters } from './item-meters.ts';
import { per } from './ratio.ts';
import { sumRecords } from './records.ts';
import { insufficient, NO_DATA, tooLittle } from './terms.ts';

const KITCHEN = '01D30';

/** Electricity of kitchens: the topmost meter of each, a shared building's by the agency's share. */
export function kitchenElectricity(input: MetricInput): MetricOutcome {
  const tops = itemMeters(input, KITCHEN).map(({ top }) => top);
  if (tops.length === 0) {
    return insufficient({
      zh: `没有厨房餐厅电表：请登记分项为 ${KITCHEN} 的电表`,
      en: `no kitchen meter: register one of item ${KITCHEN}`,
    });
  }
  const terms = tops.map(({ meter, amount: { value } }) => ({
    name: meter.name,
    value,
    unit: 'kWh',
    source: `meters ${meter.id}`,
  }));
  const completeness = Math.min(...tops.map(({ amount }) => amount.known));
  if (tops.some(({ amount }) => amount.value === null)) return insufficient(NO_DATA, terms);
  if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), terms, completeness);
  const value = tops.reduce((sum, { meter, amount }) => {
    const share = meter.agency === undefined ? buildingShare(input, meter.building) : 1;
    return sum + (amount.value ?? 0) * share;
  }, 0);
  return { value, completeness, terms, reasons: [] };
}

export function perMeal(input: MetricInput, outcome: MetricOutcome): MetricOutcome {
  const meals = sumRecords(input.records('canteen-meals'), input.elapsed, (body) => body.meals);
  return per(outcome, {
    name: { zh: '供餐人次', en: 'meals served' },
    value: meals.value,
    unit: '人次',
    source: `ledger canteen-meals：${meals.ids.join('、') || '—'}`,
  });
}
