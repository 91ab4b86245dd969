/** A22-05: the change of cost against the year before, split into what was used and what it cost. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { costOf } from '../parts/cost.ts';
import { carrierTotal } from '../parts/energy.ts';
import { fuelCosts } from '../parts/fuel-cost.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** Cost and amount of what was bought in a year. */
interface Spent {
  readonly name: Text;
  readonly cost: MetricOutcome;
  readonly amount: MetricOutcome;
}

function costsOf(input: MetricInput): Map<string, Spent> {
  const carriers = CARRIER_IDS.flatMap((carrier): [string, Spent][] => {
    const cost = costOf(input, carrier);
    const { zh, en } = CARRIERS[carrier];
    return cost
      ? [[carrier, { name: { zh, en }, cost, amount: carrierTotal(input, carrier) }]]
      : [];
  });
  const fuels = fuelCosts(input).map(({ cost, amount }): [string, Spent] => [
    cost.name.zh,
    { name: cost.name, cost, amount: { ...cost, value: amount, terms: [] } },
  ]);
  return new Map([...carriers, ...fuels]);
}

function effectsOf(was: Spent | undefined, is: Spent | undefined) {
  if (!was?.cost.value || !was.amount.value || !is?.cost.value || !is.amount.value)
    return undefined;
  const all = [was.cost, is.cost, was.amount, is.amount];
  const completeness = Math.min(...all.map((part) => part.completeness));
  if (completeness < MIN_KNOWN) return undefined;
  const [p0, p1] = [was.cost.value / was.amount.value, is.cost.value / is.amount.value];
  return {
    name: is.name,
    quantity: (is.amount.value - was.amount.value) * p0,
    price: (p1 - p0) * is.amount.value,
    completeness,
    terms: all.flatMap(({ terms }) => terms),
  };
}

export const costChange = defineMetric({
  id: 'cost-change',
  code: 'A22-05',
  clause: CLAUSES.cost,
  name: { zh: '费用同比变化（量效应与价效应）', en: 'Change of cost, by quantity and price' },
  unit: '元',
  formula: 'ΔC = (q₁ − q₀)·p₀ + (p₁ − p₀)·q₁，p = 费用 / 用量',
  inputs: [{ zh: '本期与上年同期的费用和用量', en: 'cost and amounts of this and last year' }],
  source: SOURCES.costSurvey,
  insufficient: {
    zh: '没有任何能源在两年都有费用和用量',
    en: 'no carrier with cost and amount in both years',
  },
  better: 'lower',
  compute(input) {
    const before = input.earlier(1);
    if (!before) {
      return insufficient({ zh: '没有上年同期数据', en: 'no data of the year before' });
    }
    const [was, is] = [costsOf(before), costsOf(input)];
    const keys = [...new Set([...was.keys(), ...is.keys()])];
    const compared = keys.flatMap((key) => effectsOf(was.get(key), is.get(key)) ?? []);
    if (compared.length === 0) {
      return insufficient({
        zh: '没有任何能源在两年都有费用和用量',
        en: 'no carrier has cost and amount in both years',
      });
    }
    const names = new Set(compared.map(({ name }) => name.zh));
    const reasons = keys.flatMap((key) => {
      const { zh, en } = (is.get(key) ?? was.get(key))?.name ?? { zh: key, en: key };
      if (names.has(zh)) return [];
      return [
        {
          zh: `${zh}两年的费用或用量不全，未计入`,
          en: `${en}: cost or amount of a year is not known, left out`,
        },
      ];
    });
    const parts = compared.flatMap(({ name, quantity, price, completeness }) => [
      {
        name: { zh: `${name.zh}：量效应`, en: `${name.en}: quantity effect` },
        value: quantity,
        unit: '元',
        completeness,
      },
      {
        name: { zh: `${name.zh}：价效应`, en: `${name.en}: price effect` },
        value: price,
        unit: '元',
        completeness,
      },
    ]);
    return {
      value: parts.reduce((sum, { value }) => sum + value, 0),
      completeness: Math.min(...compared.map(({ completeness }) => completeness)),
      terms: compared.flatMap(({ terms }) => terms),
      reasons,
      parts,
    };
  },
});
