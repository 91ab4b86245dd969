/** What bills charge a unit, beside the prices on file. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { conversionFactor, UNITS, type Unit } from '../../../domain/units.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import { billsOf } from '../../metrics/parts/cost.ts';
import { defineCheck, shown } from '../check.ts';

/** Bills in units of an amount; heat that is charged by area has none. */
function measured({ body: { quantity, unit } }: EntryOf<'bill'>): boolean {
  return (quantity ?? 0) > 0 && unit !== undefined && unit in UNITS;
}

export const unitPrice = defineCheck({
  id: 'unit-price',
  name: { zh: '单价', en: 'Unit price' },
  severity: 'warning',
  todo: {
    zh: '核对账单的用量、单位和金额；价格已调整的，请更新登记中的价格',
    en: 'check quantity, unit and cost of the bills; enter the new price where it has changed',
  },
  look: ({ input, limits }) =>
    CARRIER_IDS.flatMap((carrier) => {
      const prices = input.registry.prices.filter((price) => price.carrier === carrier);
      const bills = billsOf(input, carrier).filter(measured);
      if (prices.length === 0 || bills.length === 0) return [];
      const { zh, en, unit } = CARRIERS[carrier];
      const values = prices.map(({ value }) => value);
      const limit = limits['price-tolerance'];
      const least = Math.min(...values) * (1 - limit.value);
      const most = Math.max(...values) * (1 + limit.value);
      return bills.flatMap(({ id, body }) => {
        const inUnit = conversionFactor((body.unit ?? unit) as Unit, unit);
        const price = body.costYuan / ((body.quantity ?? 0) * inUnit);
        if (price >= least && price <= most) return [];
        const range = `${shown(least)}…${shown(most)}`;
        const days = `${body.firstDay}…${body.lastDay}`;
        return [
          {
            subject: carrier,
            message: {
              zh: `${days} ${zh}账单（${id}）单价 ${shown(price)} 元/${unit}，登记价格范围 ${range}`,
              en: `bill of ${en}, ${days} (${id}): ${shown(price)} yuan/${unit}; on file ${range}`,
            },
            limit,
          },
        ];
      });
    }),
});
