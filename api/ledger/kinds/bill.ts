/** A bill of a utility: what it says was used, and what it cost (form NY301 asks for both). */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import { agency, amount, choice, date, meter, note, optional, text, yuan } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove, oneOf, type Rule, together } from '../rule.ts';
import { days } from '../span.ts';

const UNITS = {
  kWh: { zh: 'kWh', en: 'kWh' },
  MWh: { zh: 'MWh', en: 'MWh' },
  'm³': { zh: 'm³', en: 'm³' },
  GJ: { zh: 'GJ', en: 'GJ' },
  'm²': { zh: 'm²（按面积计费）', en: 'm² (charged by area)' },
} as const;

const UNITS_OF: Readonly<Record<Carrier, readonly string[]>> = {
  electricity: ['kWh', 'MWh'],
  water: ['m³'],
  gas: ['m³'],
  heat: ['GJ', 'MWh', 'm²'],
  solar: ['kWh', 'MWh'],
};

const UNIT_SUITS: Rule<'carrier' | 'unit'> = {
  fields: ['carrier', 'unit'],
  expected: 'a unit of the carrier',
  holds: ({ carrier, unit }) =>
    carrier === undefined ||
    unit === undefined ||
    UNITS_OF[carrier as Carrier].includes(unit as string),
};

export const bill = defineKind({
  id: 'bill',
  name: { zh: '缴费账单', en: 'Bill' },
  fields: {
    meter: optional(meter),
    agency: optional(agency),
    carrier: optional(choice(['能源资源种类', 'Carrier'], CARRIERS)),
    account: optional(text('户号', 'Account number')),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    /** Absent where heat is charged by area and nobody measured it: that is not zero. */
    quantity: optional(amount('用量', 'Quantity', '见单位')),
    unit: optional(choice(['计量单位', 'Unit'], UNITS)),
    costYuan: yuan('金额', 'Cost'),
    voucher: optional(text('凭证号', 'Voucher number')),
    note,
  },
  rules: [
    notAbove('firstDay', 'lastDay'),
    oneOf(['meter'], ['agency', 'carrier'], ['account']),
    together('quantity', 'unit'),
    UNIT_SUITS,
  ],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
