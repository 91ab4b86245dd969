/** What the vehicles of an agency took: litres, or kWh charged elsewhere than at its own meters. */
import { FUELS } from '../../../domain/fuels.ts';
import { agency, amount, choice, date, note, optional, text, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove, type Rule } from '../rule.ts';
import { days } from '../span.ts';

const AMOUNT_SUITS: Rule<'fuel' | 'litres' | 'energyKwh'> = {
  fields: ['energyKwh', 'litres', 'fuel'],
  expected: 'energyKwh alone for nev, litres alone for gasoline and diesel',
  holds: ({ fuel, litres, energyKwh }) =>
    (fuel === 'nev') === (energyKwh !== undefined) && (fuel === 'nev') === (litres === undefined),
};

export const vehicleFuel = defineKind({
  id: 'vehicle-fuel',
  name: { zh: '公务用车能耗', en: 'Vehicle fuel' },
  fields: {
    agency,
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    fuel: choice(['燃料', 'Fuel'], {
      gasoline: FUELS.gasoline,
      diesel: FUELS.diesel,
      nev: { zh: '新能源（外部充电）', en: 'NEV, charged elsewhere' },
    }),
    litres: optional(amount('油量', 'Fuel', 'L')),
    energyKwh: optional(amount('充电量', 'Energy charged', 'kWh')),
    costYuan: optional(yuan('金额', 'Cost')),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay'), AMOUNT_SUITS],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
