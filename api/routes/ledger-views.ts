/** Entries and their audit as clients see them. */
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { nearestName } from '../../registry/fault.ts';
import { type Agency, slug } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import { faultsOfBody } from '../ledger/check.ts';
import { type Body, plainLine } from '../ledger/field.ts';
import { KIND_IDS, KINDS, type KindId, kindOf } from '../ledger/kinds/index.ts';
import type { AuditRecord, By, Change, Entry } from '../ledger/ledger.ts';
import { type Subjects, subjectsOf } from '../ledger/subjects.ts';
import { staysOf } from '../occupancy.ts';
import { invalidRequest } from '../problem.ts';
import { iso } from './views.ts';

export const kindParams = z.object({ kind: slug });
export const entryParams = z.object({ kind: slug, id: z.string().regex(/^[\w-]{1,64}$/, 'an id') });

/** Looser than any kind, so that the check of the kind itself names each field at fault. */
export const entryBody: z.ZodType<Body> = z.union([
  ...KINDS.map(({ schema }): z.ZodType<Body> => schema),
  z.record(z.string(), z.unknown()),
]);
export const why = plainLine;
export const revision = z.int().min(1);

export const entrySchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    revision: z.number().int(),
    voided: z.boolean(),
    /** When and by whom this revision was made. */
    at: z.iso.datetime(),
    who: z.string(),
    /** From when it holds, and until when; `null` while no end is known. */
    from: z.iso.datetime(),
    to: z.iso.datetime().nullable(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LedgerEntry' });

export const auditSchema = z.array(
  z.object({
    seq: z.number().int(),
    at: z.iso.datetime(),
    who: z.string(),
    why: z.string(),
    action: z.enum(['add', 'revise', 'void']),
    revision: z.number().int(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  }),
);

export function entryView(entry: Entry): z.input<typeof entrySchema> {
  const { id, kind, voided, who, atMs, fromMs, toMs, body } = entry;
  const to = Number.isFinite(toMs) ? iso(toMs) : null;
  const times = { at: iso(atMs), from: iso(fromMs), to };
  return { id, kind, revision: entry.revision, voided, who, ...times, body };
}

export function auditView(record: AuditRecord): z.input<typeof auditSchema>[number] {
  const { seq, atMs, who, action, before, after } = record;
  const { why: reason, revision: number } = record;
  return { seq, at: iso(atMs), who, why: reason, action, revision: number, before, after };
}

/** An agency's, in buildings it has left too: an entry of then is still looked for. */
export function subjectsEver({ registry, now }: ApiContext, agency: Agency): Subjects {
  const stays = staysOf(registry, agency, { fromMs: 0, toMs: now() + 1 });
  return subjectsOf(
    registry,
    agency,
    stays.map(({ building }) => building),
  );
}

export function findKind(id: string): KindId {
  const kind = KIND_IDS.find((known) => known === id);
  if (kind) return kind;
  const nearest = nearestName(id, KIND_IDS);
  const text = `no kind '${id}' in the ledger; did you mean '${nearest}'?`;
  throw new AppError('request.not-found', text, { id });
}

/** @throws AppError `request.invalid` with every fault of the entry. */
export function checkEntry({ registry }: ApiContext, kind: KindId, body: Body): void {
  const faults = faultsOfBody('body.entry', { kind: kindOf(kind), body }, registry);
  if (faults.length > 0) throw invalidRequest(faults);
}

/** Makes one change and shows the entry as it is now. */
export function written({ ledger }: ApiContext, change: Change, by: By) {
  const [entry] = ledger.apply([change], by);
  if (!entry) throw new RangeError(`${change.action} left no entry`);
  return entryView(entry);
}
