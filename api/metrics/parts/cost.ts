/** What energy and water cost: bills where there are any, else the amount times a price on file, and said so. */
import { CARRIER_IDS, CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import type { MetricInput } from '../input.ts';
import type { MetricOutcome } from '../metric.ts';
import { carrierTotal } from './energy.ts';
import { coveredShare } from './entry-cover.ts';
import { addLines, type Line } from './lines.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { insufficient } from './terms.ts';

/** Bills name a carrier or a meter that has one. */
export function billsOf(input: MetricInput, carrier: Carrier) {
  return input.records('bill').filter(({ body }) => {
    if (body.carrier !== undefined) return body.carrier === carrier;
    return body.meter !== undefined && input.registry.findMeter(body.meter)?.carrier === carrier;
  });
}

/** The billed cost of a carrier; `undefined` without a bill. */
function billedCost(input: MetricInput, carrier: Carrier): Line | undefined {
  const bills = billsOf(input, carrier);
  if (bills.length === 0) return undefined;
  const { zh, en } = CARRIERS[carrier];
  const name = { zh: `${zh}费`, en: `${en} cost` };
  const sum = sumRecords(bills, input.elapsed, ({ costYuan }) => costYuan);
  const completeness = coveredShare(input, bills);
  const missing = {
    zh: `${zh}账单只覆盖本期 ${(completeness * 100).toFixed(1)}% 的天数`,
    en: `bills of ${en} cover ${(completeness * 100).toFixed(1)} % of the days only`,
  };
  return {
    name,
    value: sum.value ?? 0,
    completeness,
    terms: [recordTerm([name, '元'], 'bill', sum)],
    reasons: [...(sum.spread ? [SPREAD_BY_DAYS] : []), ...(completeness < 1 ? [missing] : [])],
  };
}

/** Amount times price; `undefined` when nothing is metered. */
function estimatedCost(input: MetricInput, carrier: Carrier): Line | undefined {
  if (input.total(carrier) === undefined) return undefined;
  const { zh, en, unit } = CARRIERS[carrier];
  const name = { zh: `${zh}费（按价格估算）`, en: `${en} cost, estimated by price` };
  const amount = carrierTotal(input, carrier);
  if (amount.value === null) return { ...amount, name };
  const price = input.price(carrier);
  if (price === undefined) {
    const reason = {
      zh: `${zh}既无账单也无价格，请录入账单或在登记中给出价格`,
      en: `neither bill nor price of ${en}: enter bills, or a price in the registry`,
    };
    return { ...insufficient(reason, amount.terms, amount.completeness), name };
  }
  const term = {
    name: { zh: `${zh}价`, en: `${en} price` },
    value: price.value,
    unit: `元/${unit}`,
    source: price.source,
  };
  const note = { zh: `${zh}费按价格估算，非账单`, en: `${en}: estimated by price, not billed` };
  return {
    ...amount,
    name,
    value: amount.value * price.value,
    terms: [...amount.terms, term],
    reasons: [...amount.reasons, note],
  };
}

/** The cost of one carrier, or `undefined` when the account has neither meter nor bill of it. */
export function costOf(input: MetricInput, carrier: Carrier): Line | undefined {
  return billedCost(input, carrier) ?? estimatedCost(input, carrier);
}

/** Own generation is not bought; what it saves shows in the grid's bill. */
const BOUGHT = CARRIER_IDS.filter((carrier) => carrier !== 'solar');

/** Cost of energy and water with a line a carrier. */
export function totalCost(input: MetricInput): MetricOutcome {
  return addLines(
    BOUGHT.flatMap((carrier) => costOf(input, carrier) ?? []),
    '元',
  );
}
