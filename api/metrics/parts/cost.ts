/**
 * What energy and water cost: bills where there are any, what no bill speaks of by a price on file, and
 * said so. Of an agency with units below it: the sum of theirs, where its bills do not tell it all.
 */
import { CARRIER_IDS, CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { carrierTotal } from './energy.ts';
import { coverOf, servedBy } from './entry-cover.ts';
import { fuelCosts } from './fuel-cost.ts';
import { addLines, type Line } from './lines.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { meterShare } from './shares.ts';
import { insufficient } from './terms.ts';
import { unitInputs } from './unit-input.ts';

/** Bills name a carrier or a meter that has one. */
export function billsOf(input: MetricInput, carrier: Carrier) {
  return input.records('bill').filter(({ body }) => {
    if (body.carrier !== undefined) return body.carrier === carrier;
    return body.meter !== undefined && input.registry.findMeter(body.meter)?.carrier === carrier;
  });
}

type Bill = ReturnType<typeof billsOf>[number];

/** The bill of a shared meter is the account's by its share of it. */
function shareOfBill(input: MetricInput, { agency, meter }: Bill['body']): number {
  const metered = agency === undefined && meter !== undefined && input.registry.findMeter(meter);
  return metered ? meterShare(input, metered) : 1;
}

/** Who a bill speaks for: the agency it names, else those its meter counts for. */
function payersOf(input: MetricInput, { agency, meter }: Bill['body']): readonly string[] {
  return agency === undefined ? servedBy(input, meter) : [agency];
}

/** What was metered beyond the bills, by the price on file; `undefined` where that cannot be told. */
function unbilledCost(
  input: MetricInput,
  carrier: Carrier,
  bills: readonly Bill[],
): MetricOutcome | undefined {
  const { unit } = CARRIERS[carrier];
  const amount = carrierTotal(input, carrier);
  const price = input.price(carrier);
  const isTold = bills.every(({ body }) => body.quantity !== undefined && body.unit === unit);
  if (!isTold || amount.value === null || price === undefined) return undefined;
  const billed = sumRecords(bills, input.elapsed, (body) =>
    body.quantity === undefined ? undefined : body.quantity * shareOfBill(input, body),
  );
  const rest = Math.max(0, amount.value - (billed.value ?? 0));
  return {
    value: rest * price.value,
    completeness: amount.completeness,
    terms: [...amount.terms, priceTerm(carrier, price)],
    reasons: [],
  };
}

/** The billed cost of a carrier, days without a bill by the price; `undefined` without a bill. */
function billedCost(input: MetricInput, carrier: Carrier): Line | undefined {
  const bills = billsOf(input, carrier);
  if (bills.length === 0) return undefined;
  const { zh, en } = CARRIERS[carrier];
  const name = { zh: `${zh}费`, en: `${en} cost` };
  const sum = sumRecords(bills, input.elapsed, (body) => body.costYuan * shareOfBill(input, body));
  const terms = [recordTerm([name, '元'], 'bill', sum)];
  const spoken = bills.flatMap(({ fromMs, toMs, body }) =>
    payersOf(input, body).map((agency) => ({ fromMs, toMs, body: { agency } })),
  );
  // Nobody sends a bill of heat for the summer.
  const seasonal = carrier === 'heat' && input.heatingDays > 0;
  const isInSeason = (noonMs: number) => input.inHeatingSeason(input.localDateOf(noonMs));
  const { share } = coverOf(input, spoken, seasonal ? isInSeason : undefined);
  const spread = sum.spread ? [SPREAD_BY_DAYS] : [];
  if (share === 1) {
    return { name, value: sum.value ?? 0, completeness: 1, terms, reasons: spread };
  }
  const covered = {
    zh: `${zh}账单只覆盖本期 ${(share * 100).toFixed(1)}% 的天数`,
    en: `bills of ${en} cover ${(share * 100).toFixed(1)} % of the days only`,
  };
  const rest = unbilledCost(input, carrier, bills);
  if (rest?.value !== undefined && rest.value !== null) {
    const reason = {
      zh: `${covered.zh}，其余用量按价格估算`,
      en: `${covered.en}; the rest of the amount is estimated by price`,
    };
    return {
      name,
      value: (sum.value ?? 0) + rest.value,
      completeness: rest.completeness,
      terms: [...terms, ...rest.terms],
      reasons: [...spread, reason],
    };
  }
  if (share < MIN_KNOWN) return { ...insufficient(covered, terms, share), name };
  return {
    name,
    value: sum.value ?? 0,
    completeness: share,
    terms,
    reasons: [...spread, covered],
  };
}

function priceTerm(carrier: Carrier, { value, source }: { value: number; source: string }) {
  const { zh, en, unit } = CARRIERS[carrier];
  const name = { zh: `${zh}价`, en: `${en} price` };
  return { name, value, unit: `元/${unit}`, source };
}

/** Amount times price; `undefined` when nothing is metered. */
function estimatedCost(input: MetricInput, carrier: Carrier): Line | undefined {
  if (input.total(carrier) === undefined) return undefined;
  const { zh, en } = CARRIERS[carrier];
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
  const note = { zh: `${zh}费按价格估算，非账单`, en: `${en}: estimated by price, not billed` };
  return {
    ...amount,
    name,
    value: amount.value * price.value,
    terms: [...amount.terms, priceTerm(carrier, price)],
    reasons: [...amount.reasons, note],
  };
}

/** The cost of one carrier, or `undefined` when the account has neither meter nor bill of it. */
export function costOf(input: MetricInput, carrier: Carrier): Line | undefined {
  const billed = billedCost(input, carrier);
  const below = unitInputs(input).filter(({ agency }) => agency.id !== input.agency.id);
  if (below.length === 0 || (billed && billed.value !== null)) {
    return billed ?? estimatedCost(input, carrier);
  }
  const lines = below.flatMap((unit) => costOf(unit, carrier) ?? []);
  if (lines.length === 0) return undefined;
  const { zh, en } = CARRIERS[carrier];
  const { parts: _parts, ...sum } = addLines(lines, '元');
  const name = { zh: `${zh}费`, en: `${en} cost` };
  return { ...sum, name, reasons: [...new Map(sum.reasons.map((one) => [one.zh, one])).values()] };
}

/** Own generation is not bought; what it saves shows in the grid's bill. */
const BOUGHT = CARRIER_IDS.filter((carrier) => carrier !== 'solar');

/** Cost of energy and water with a line a carrier and fuel (form NY301 asks for the cost of each). */
export function totalCost(input: MetricInput): MetricOutcome {
  const metered = BOUGHT.flatMap((carrier) => costOf(input, carrier) ?? []);
  return addLines([...metered, ...fuelCosts(input).map(({ cost }) => cost)], '元');
}
