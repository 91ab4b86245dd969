/** A22-04: what a unit of each carrier cost: billed money over billed quantity. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const unitPrice = defineMetric({
  id: 'unit-price',
  code: 'A22-04',
  clause: CLAUSES.cost,
  name: { zh: '平均电价（各类单价见分项）', en: 'Mean price of electricity, others as parts' },
  unit: '元/kWh',
  formula: 'Σ 账单金额 / Σ 账单用量（同一批账单）',
  inputs: [{ zh: '缴费账单（金额与用量）', en: 'bills with cost and quantity' }],
  source: SOURCES.costSurvey,
  insufficient: { zh: '没有带用量的电费账单', en: 'no electricity bill with a quantity' },
  better: 'neither',
  compute(input) {
    const bills = input.records('bill');
    const parts = CARRIER_IDS.flatMap((carrier) => {
      const { zh, en, unit } = CARRIERS[carrier];
      const own = bills.filter(
        ({ body }) => body.carrier === carrier && body.unit === unit && (body.quantity ?? 0) > 0,
      );
      if (own.length === 0) return [];
      const cost = own.reduce((sum, { body }) => sum + body.costYuan, 0);
      const quantity = own.reduce((sum, { body }) => sum + (body.quantity ?? 0), 0);
      const ids = own.map(({ id }) => id).join('、');
      const source = `ledger bill：${ids}`;
      const terms = [
        { name: { zh: `${zh}费`, en: `${en} cost` }, value: cost, unit: '元', source },
        { name: { zh: `${zh}量`, en: `${en} quantity` }, value: quantity, unit, source },
      ];
      const part = {
        name: { zh, en },
        value: cost / quantity,
        unit: `元/${unit}`,
        completeness: 1,
      };
      return [{ carrier, part, terms }];
    });
    const terms = parts.flatMap((one) => one.terms);
    const electricity = parts.find(({ carrier }) => carrier === 'electricity');
    const lines = parts.map(({ part }) => part);
    if (!electricity) {
      const reason = {
        zh: '没有带用量（kWh）的电费账单，请在台账中录入',
        en: 'no electricity bill with a quantity in kWh: enter one in the ledger',
      };
      return { ...insufficient(reason, terms), parts: lines };
    }
    const { value } = electricity.part;
    return { value, completeness: 1, terms, reasons: [], parts: lines };
  },
});
