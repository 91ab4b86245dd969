/** How many people use energy and water, by one of the three definitions in use. */
import { HEAD_DEFINITIONS } from '../../../domain/heads.ts';
import { agency, amount, choice, date, note } from '../field.ts';
import { defineKind } from '../kind.ts';
import { since } from '../span.ts';

export const headCount = defineKind({
  id: 'head-count',
  name: { zh: '用能人数', en: 'Head count' },
  fields: {
    agency,
    date: date('起用日', 'In force from'),
    /** An average need not be whole. */
    persons: amount('人数', 'Persons', '人'),
    definition: choice(['统计口径', 'Who was counted'], HEAD_DEFINITIONS),
    note,
  },
  span: ({ date }) => since(date),
});
