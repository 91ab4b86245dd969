/** The ledger as a spreadsheet: out whole or by kind, in all or nothing. */
import { z } from 'zod';
import { slug } from '../../registry/schema.ts';
import { KIND_IDS } from '../ledger/kinds/index.ts';
import { exportLedger } from '../ledger/workbook/export.ts';
import { importLedger } from '../ledger/workbook/import.ts';
import { defineRoute } from '../route.ts';
import { findAgency } from './find.ts';
import { subjectsEver, why } from './ledger-views.ts';
import { XLSX } from './views.ts';

export const exportLedgerFile = defineRoute({
  method: 'get',
  path: '/api/ledger/export',
  summary: 'The ledger as an .xlsx workbook, a sheet a kind; empty sheets are forms to fill in',
  query: z.strictObject({
    kind: z.enum(KIND_IDS).optional(),
    /** Only entries of it, of all below, and of their buildings and meters. */
    agency: slug.optional(),
    /** The form without entries. */
    empty: z.enum(['true', 'false']).default('false'),
  }),
  response: z.never(),
  attachments: [XLSX],
  async handler({ context, query }) {
    const { ledger, registry } = context;
    const { kind, agency } = query;
    const empty = query.empty === 'true';
    const own = agency === undefined ? {} : subjectsEver(context, findAgency(context, agency));
    const content = await exportLedger(ledger, {
      zone: registry.region.zone,
      filter: empty ? 'none' : own,
      ...(kind === undefined ? {} : { kinds: [kind] }),
    });
    const parts = ['jieyue-ledger', kind, empty ? 'form' : agency];
    const fileName = `${parts.filter((part) => part !== undefined).join('-')}.xlsx`;
    return { attachment: { mediaType: XLSX, fileName, content } };
  },
});

export const importLedgerFile = defineRoute({
  method: 'post',
  path: '/api/ledger/import',
  summary: 'Imports a filled-in workbook: every row, or every fault by sheet and cell and no row',
  query: z.strictObject({ why: why.default('imported') }),
  accepts: 'application/octet-stream',
  body: z.instanceof(Buffer),
  response: z.object({
    added: z.number().int(),
    revised: z.number().int(),
    unchanged: z.number().int(),
  }),
  async handler({ context, query, body, who }) {
    return { body: await importLedger(body, context, { who, why: query.why }) };
  },
});
