/** Energy use made public inside the unit, at least once a quarter (公示). */
import { agency, choice, date, note, optional, text, year } from '../field.ts';
import { defineKind } from '../kind.ts';
import { QUARTERS } from '../quarters.ts';
import { onDay } from '../span.ts';

export const publication = defineKind({
  id: 'publication',
  name: { zh: '能耗公示', en: 'Publication' },
  fields: {
    agency,
    year: year('公示年度', 'Year shown'),
    quarter: optional(choice(['季度', 'Quarter'], QUARTERS)),
    publishedOn: date('公示日', 'Published on'),
    place: optional(text('公示位置', 'Where')),
    note,
  },
  span: ({ publishedOn }) => onDay(publishedOn),
});
