/** A22-05: the change of cost against the year before, split into what was used and what it cost. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { costOf } from '../parts/cost.ts';
import { carrierTotal } from '../parts/energy.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

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
    const compared = CARRIER_IDS.flatMap((carrier) => {
      const [c0, c1] = [costOf(before, carrier), costOf(input, carrier)];
      const [q0, q1] = [carrierTotal(before, carrier), carrierTotal(input, carrier)];
      if (!c0?.value || !c1?.value || !q0.value || !q1.value) return [];
      const completeness = Math.min(...[c0, c1, q0, q1].map((part) => part.completeness));
      if (completeness < MIN_KNOWN) return [];
      const p0 = c0.value / q0.value;
      const p1 = c1.value / q1.value;
      const { zh, en } = CARRIERS[carrier];
      return [
        {
          name: { zh, en },
          quantity: (q1.value - q0.value) * p0,
          price: (p1 - p0) * q1.value,
          completeness,
          terms: [...c0.terms, ...c1.terms, ...q0.terms, ...q1.terms],
        },
      ];
    });
    if (compared.length === 0) {
      return insufficient({
        zh: '没有任何能源在两年都有费用和用量',
        en: 'no carrier has cost and amount in both years',
      });
    }
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
      reasons: [],
      parts,
    };
  },
});
