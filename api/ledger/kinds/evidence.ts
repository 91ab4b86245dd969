/** A file that proves an item of a score; the file stays where it is, its SHA-256 says which one it was. */
import { z } from 'zod';
import { agency, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const evidence = defineKind({
  id: 'evidence',
  name: { zh: '佐证材料', en: 'Evidence' },
  fields: {
    agency,
    item: text('评价项', 'Item'),
    fileName: text('文件名', 'File name'),
    sha256: {
      ...text('SHA-256', 'SHA-256'),
      schema: z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits'),
    },
    date: date('形成日', 'Dated'),
    expiresOn: optional(date('有效期至（含）', 'Valid until, included')),
    note,
  },
  rules: [notAbove('date', 'expiresOn')],
  span: ({ date, expiresOn }) => days(date, expiresOn),
});
