/** Fixtures looked at and found leaking: 漏失率 is a share of fixtures, not of water. */
import { agency, building, count, date, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { onDay } from '../span.ts';

export const fixtureInspection = defineKind({
  id: 'fixture-inspection',
  name: { zh: '器具漏失检查', en: 'Fixture inspection' },
  fields: {
    agency,
    building: optional(building),
    date: date('检查日', 'Inspected on'),
    inspected: count('检查数', 'Inspected', '个'),
    leaking: count('漏水数', 'Leaking', '个'),
    note,
  },
  rules: [notAbove('leaking', 'inspected')],
  span: ({ date }) => onDay(date),
});
