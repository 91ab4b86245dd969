/** Meals a canteen served, to hold its energy and water against. */
import { agency, building, count, date, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const canteenMeals = defineKind({
  id: 'canteen-meals',
  name: { zh: '食堂供餐', en: 'Canteen meals' },
  fields: {
    agency,
    building: optional(building),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    meals: count('供餐人次', 'Meals', '人次'),
    note,
  },
  rules: [notAbove('firstDay', 'lastDay')],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
