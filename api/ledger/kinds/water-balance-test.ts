/** A water balance test (水平衡测试, GB/T 12452) and what came of it. */
import { agency, building, date, flag, note, optional, percent, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const waterBalanceTest = defineKind({
  id: 'water-balance-test',
  name: { zh: '水平衡测试', en: 'Water balance test' },
  fields: {
    agency,
    building: optional(building),
    date: date('测试日', 'Tested on'),
    passed: flag('合格', 'Passed'),
    leakage: optional(percent('漏损率', 'Leakage')),
    testedBy: optional(text('测试单位', 'Tested by')),
    validUntil: optional(date('有效期至（含）', 'Valid until, included')),
    note,
  },
  rules: [notAbove('date', 'validUntil')],
  span: ({ date, validUntil }) => days(date, validUntil),
});
