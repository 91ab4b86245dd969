/** The ledger: what meters cannot know, read and written entry by entry. */
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { slug } from '../../registry/schema.ts';
import { KINDS } from '../ledger/kinds/index.ts';
import { invalidRequest } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { instantSchema } from '../series.ts';
import { findAgency, findMeter } from './find.ts';
import {
  auditSchema,
  auditView,
  checkEntry,
  entryBody,
  entryParams,
  entrySchema,
  entryView,
  findKind,
  kindParams,
  revision,
  subjectsEver,
  why,
  written,
} from './ledger-views.ts';

const textSchema = z.object({ zh: z.string(), en: z.string() });

export const listLedgerKinds = defineRoute({
  method: 'get',
  path: '/api/ledger',
  summary: 'Kinds of entries with their fields, as a form or a spreadsheet shows them',
  response: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      fields: z.array(
        z.object({
          id: z.string(),
          name: textSchema,
          unit: z.string().nullable(),
          type: z.enum(['text', 'number', 'date', 'instant', 'flag', 'choice', 'list']),
          required: z.boolean(),
          refersTo: z.enum(['agency', 'meter', 'building']).nullable(),
          choices: z.array(z.object({ id: z.string(), name: textSchema })),
        }),
      ),
      rules: z.array(z.object({ fields: z.array(z.string()), expected: z.string() })),
    }),
  ),
  async handler() {
    const body = KINDS.map(({ id, name, fields, rules }) => ({
      id,
      name,
      fields: Object.entries(fields).map(([field, facts]) => ({
        id: field,
        name: { zh: facts.zh, en: facts.en },
        unit: facts.unit ?? null,
        type: facts.cell,
        required: facts.required,
        refersTo: facts.refersTo ?? null,
        choices: Object.entries(facts.choices ?? {}).map(([choice, { zh, en }]) => ({
          id: choice,
          name: { zh, en },
        })),
      })),
      rules: rules.map((rule) => ({ fields: [...rule.fields], expected: rule.expected })),
    }));
    return { body };
  },
});

export const listLedgerEntries = defineRoute({
  method: 'get',
  path: '/api/ledger/{kind}',
  summary:
    'Entries of a kind: of an agency, all below, their buildings and meters; of a meter; of a time',
  params: kindParams,
  query: z.strictObject({
    agency: slug.optional(),
    meter: slug.optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    /** Voided ones too. */
    voided: z.enum(['true', 'false']).default('false'),
  }),
  response: z.array(entrySchema),
  async handler({ context, params, query }) {
    const { agency, meter, from, to } = query;
    if ((from === undefined) !== (to === undefined) || Number(from) >= Number(to)) {
      const found = `${from ?? 'nothing'} to ${to ?? 'nothing'}`;
      throw invalidRequest([{ path: 'query.to', expected: 'from before to, or neither', found }]);
    }
    const entries = context.ledger.entries(findKind(params.kind), {
      voided: query.voided === 'true',
      ...(agency ? subjectsEver(context, findAgency(context, agency)) : {}),
      ...(meter ? { meterIds: [findMeter(context, meter).id] } : {}),
      ...(from !== undefined && to !== undefined ? { range: { fromMs: from, toMs: to } } : {}),
    });
    return { body: entries.map(entryView) };
  },
});

export const addLedgerEntry = defineRoute({
  method: 'post',
  path: '/api/ledger/{kind}',
  summary: 'Adds an entry; every fault of it is told at once',
  params: kindParams,
  body: z.strictObject({ entry: entryBody, why: why.default('entered') }),
  response: entrySchema,
  statuses: { 201: 'The entry as it is kept' },
  async handler({ context, params, body, who }) {
    const kind = findKind(params.kind);
    checkEntry(context, kind, body.entry);
    const change = { action: 'add', kind, body: body.entry } as const;
    return { status: 201, body: written(context, change, { who, why: body.why }) };
  },
});

export const reviseLedgerEntry = defineRoute({
  method: 'put',
  path: '/api/ledger/{kind}/{id}',
  summary: 'Corrects an entry by a new revision; the old one stays on the audit',
  params: entryParams,
  body: z.strictObject({ entry: entryBody, why, revision }),
  response: entrySchema,
  async handler({ context, params, body, who }) {
    const kind = findKind(params.kind);
    checkEntry(context, kind, body.entry);
    const { id } = params;
    const change = {
      action: 'revise',
      kind,
      id,
      revision: body.revision,
      body: body.entry,
    } as const;
    return { body: written(context, change, { who, why: body.why }) };
  },
});

export const voidLedgerEntry = defineRoute({
  method: 'post',
  path: '/api/ledger/{kind}/{id}/void',
  summary: 'Takes an entry out of all figures; nothing is deleted',
  params: entryParams,
  body: z.strictObject({ why, revision }),
  response: entrySchema,
  async handler({ context, params, body, who }) {
    const { id } = params;
    const change = {
      action: 'void',
      kind: findKind(params.kind),
      id,
      revision: body.revision,
    } as const;
    return { body: written(context, change, { who, why: body.why }) };
  },
});

export const getLedgerAudit = defineRoute({
  method: 'get',
  path: '/api/ledger/{kind}/{id}/audit',
  summary: 'What happened to an entry: who, when, what was there before and after, and why',
  params: entryParams,
  response: auditSchema,
  async handler({ context, params }) {
    const records = context.ledger.history(findKind(params.kind), params.id);
    if (records.length > 0) return { body: records.map(auditView) };
    throw new AppError(
      'request.not-found',
      `no ${params.kind} '${params.id}' in the ledger`,
      params,
    );
  },
});
