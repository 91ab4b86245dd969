/** Fuel that is bought and burnt outside vehicles: heating, canteen, generators (其他用油, 煤炭, 液化石油气). */
import { FUELS, type Fuel } from '../../../domain/fuels.ts';
import { agency, amount, building, choice, date, note, optional, text, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove, type Rule } from '../rule.ts';
import { days } from '../span.ts';

/** The statistics form takes other energy in tce, converted by who reports it. */
const UNIT_SUITS: Rule<'fuel' | 'unit'> = {
  fields: ['fuel', 'unit'],
  expected: 'the unit of the statistics form: t for coal, kg for LPG, L for oils, tce for other',
  holds: ({ fuel, unit }) => unit === (fuel === 'other' ? 'tce' : FUELS[fuel as Fuel].unit),
};

export const otherFuel = defineKind({
  id: 'other-fuel',
  name: { zh: '其他燃料', en: 'Other fuel' },
  fields: {
    agency,
    building: optional(building),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    fuel: choice(['燃料', 'Fuel'], { ...FUELS, other: { zh: '其他能源', en: 'Other energy' } }),
    use: choice(['用途', 'Use'], {
      heating: { zh: '供暖', en: 'Heating' },
      canteen: { zh: '食堂', en: 'Canteen' },
      generator: { zh: '发电', en: 'Generator' },
      other: { zh: '其他', en: 'Other' },
    }),
    quantity: amount('数量', 'Quantity', '见单位'),
    unit: choice(['计量单位', 'Unit'], {
      t: { zh: 't', en: 't' },
      kg: { zh: 'kg', en: 'kg' },
      L: { zh: 'L', en: 'L' },
      tce: { zh: 'tce（吨标准煤）', en: 'tce' },
    }),
    costYuan: optional(yuan('金额', 'Cost')),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay'), UNIT_SUITS],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
