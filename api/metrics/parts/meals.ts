/** Canteens: what their meters counted, and the meals served, the divisor of canteen figures. */
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { coveredShare } from './entry-cover.ts';
import { itemMeters } from './item-meters.ts';
import { namesOf } from './names.ts';
import { per } from './ratio.ts';
import { sumRecords } from './records.ts';
import { rollUp, sumsOf } from './roll-up.ts';
import { meterShare } from './shares.ts';
import { insufficient, NO_DATA, tooLittle } from './terms.ts';
import { sumOfMeters } from './water.ts';

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
  const value = tops.reduce(
    (sum, { meter, amount, range }) => sum + (amount.value ?? 0) * meterShare(input, meter, range),
    0,
  );
  return { value, completeness, terms, reasons: [] };
}

/** Water of canteens, by their meters. */
export function canteenWaterUsed(input: MetricInput): MetricOutcome {
  return (
    sumOfMeters(input, ({ waterUse }) => waterUse === 'canteen') ??
    insufficient({
      zh: '没有食堂水表：请登记用水类别（waterUse）为 canteen 的水表',
      en: 'no canteen water meter: register one with waterUse canteen',
    })
  );
}

interface Meals {
  readonly value: number | undefined;
  readonly ids: readonly string[];
  /** Share of the period's days they speak of. */
  readonly share: number;
}

function mealsOf(input: MetricInput): Meals {
  const entries = input.records('canteen-meals');
  const { value, ids } = sumRecords(entries, input.elapsed, (body) => body.meals);
  return { value, ids, share: coveredShare(input, entries) };
}

function perOwnMeal(input: MetricInput, used: MetricOutcome): MetricOutcome {
  const { value, ids, share } = mealsOf(input);
  const outcome = per(used, {
    name: { zh: '供餐人次', en: 'meals served' },
    value,
    unit: '人次',
    source: `ledger canteen-meals：${ids.join('、') || '—'}`,
  });
  if (outcome.value === null || share >= MIN_KNOWN) return outcome;
  const missing = {
    zh: `供餐人次只覆盖本期 ${(share * 100).toFixed(1)}% 的天数`,
    en: `meals cover ${(share * 100).toFixed(1)} % of the days only`,
  };
  return insufficient(missing, outcome.terms, share);
}

/** A figure by meals. Of an agency with units below: of the units that have both, sums before the ratio. */
export function perMeal(
  input: MetricInput,
  usedBy: (input: MetricInput) => MetricOutcome,
): MetricOutcome {
  const { registry, agency } = input;
  if (registry.childrenOf(agency.id).length === 0) return perOwnMeal(input, usedBy(input));
  const { reports, silent } = rollUp(input, usedBy, (unit) => {
    const { value, share } = mealsOf(unit);
    return value !== undefined && value > 0 && share >= MIN_KNOWN ? value : undefined;
  });
  const { ratio } = sumsOf(reports);
  if (ratio === null) {
    return insufficient({
      zh: '没有同时具备供餐人次和食堂计量的单位',
      en: 'no unit has both meals and a metered canteen',
    });
  }
  const served = new Set(input.records('canteen-meals').map(({ body }) => body.agency));
  const left = silent.filter(({ id }) => served.has(id));
  const names = namesOf(left);
  const reason = { zh: `数据不足，未计入：${names.zh}`, en: `not included: ${names.en}` };
  return {
    value: ratio,
    completeness: Math.min(...reports.map(({ outcome }) => outcome.completeness)),
    terms: reports.flatMap(({ unit, outcome, by }) => [
      ...outcome.terms,
      {
        name: { zh: `${unit.agency.name.zh}供餐人次`, en: `meals of ${unit.agency.name.en}` },
        value: by,
        unit: '人次',
        source: `ledger canteen-meals：${mealsOf(unit).ids.join('、')}`,
      },
    ]),
    reasons: left.length > 0 ? [reason] : [],
  };
}
