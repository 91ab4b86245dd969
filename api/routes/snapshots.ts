/** Frozen assessments: freezing one, its revisions, and what changed between them. */
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { changesSchema } from '../assessment/diff.ts';
import { changesOf, changesSince, freeze, knownNow, thaw } from '../assessment/freeze.ts';
import { assessmentSchema } from '../assessment/schema.ts';
import type { ApiContext } from '../context.ts';
import { plainLine } from '../ledger/field.ts';
import type { Snapshot } from '../ledger/snapshots.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';
import { findPeriod, periodText } from './find-period.ts';
import { iso } from './views.ts';

const sealText = z.string().regex(/^[0-9a-f]{64}$/, 'the id of a snapshot');
const snapshotParams = idParams.extend({ snapshot: sealText });

const snapshotSchema = z
  .object({
    /** Seal over content, changes and signature, and over the snapshot before. */
    id: z.string(),
    agency: z.string(),
    period: z.string(),
    /** Counts from 1. */
    revision: z.number().int(),
    /** Id of the content. */
    assessment: z.string(),
    frozenAt: z.iso.datetime(),
    who: z.string(),
    /** Whose token it came with. */
    account: z.string(),
    note: z.string(),
    /** Against the revision before; empty for the first. */
    changes: changesSchema,
  })
  .meta({ id: 'Snapshot' });

function view(snapshot: Snapshot): z.input<typeof snapshotSchema> {
  const { id, agencyId, periodId, revision, contentId, atMs, who, account, note } = snapshot;
  return {
    ...{ id, agency: agencyId, period: periodId, revision, assessment: contentId },
    ...{ frozenAt: iso(atMs), who, account, note, changes: changesOf(snapshot) },
  };
}

function findSnapshot(context: ApiContext, agencyId: string, id: string): Snapshot {
  const snapshot = context.ledger.snapshots.find(id);
  if (snapshot?.agencyId === agencyId) return snapshot;
  throw new AppError('request.not-found', `no snapshot '${id}' of ${agencyId}`, { id });
}

export const freezeAssessment = defineRoute({
  method: 'post',
  path: '/api/agencies/{id}/assessment/freeze',
  summary:
    'Freezes the assessment of a period that is over and closes the period for the agency; 200 when nothing changed since the last revision',
  params: idParams,
  query: z.strictObject({ period: periodText }),
  body: z.strictObject({ who: plainLine, note: plainLine.optional() }),
  response: snapshotSchema,
  statuses: { 201: 'A new revision' },
  async handler({ context, params, query, body, who: account }) {
    const { id: agencyId } = findAgency(context, params.id);
    const period = findPeriod(context, query.period);
    const signature = { who: body.who, account, note: body.note ?? '' };
    const { snapshot, isNew } = await freeze(context, { agencyId, period }, signature);
    return { status: isNew ? 201 : 200, body: view(snapshot) };
  },
});

export const listSnapshots = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/snapshots',
  summary: 'Frozen revisions of an agency, oldest first; of one period with `period`',
  params: idParams,
  query: z.strictObject({ period: periodText.optional() }),
  response: z.array(snapshotSchema),
  async handler({ context, params, query: { period } }) {
    const { id: agencyId } = findAgency(context, params.id);
    const filter = { agencyId, ...(period === undefined ? {} : { periodId: period }) };
    return { body: context.ledger.snapshots.list(filter).map(view) };
  },
});

export const getSnapshot = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/snapshots/{snapshot}',
  summary: 'A frozen assessment as it was signed',
  params: snapshotParams,
  response: assessmentSchema,
  async handler({ context, params }) {
    const { id } = findAgency(context, params.id);
    return { body: thaw(findSnapshot(context, id, params.snapshot)) };
  },
});

export const diffSnapshot = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/snapshots/{snapshot}/diff',
  summary:
    'What changed since a snapshot, up to another of the same period or to the data as they are now',
  params: snapshotParams,
  query: z.strictObject({ with: sealText.optional() }),
  response: changesSchema,
  async handler({ context, params, query }) {
    const { id } = findAgency(context, params.id);
    const from = findSnapshot(context, id, params.snapshot);
    if (query.with === undefined) {
      const period = findPeriod(context, from.periodId);
      return { body: await changesSince(context, from, await knownNow(context, id, period)) };
    }
    const to = findSnapshot(context, id, query.with);
    if (to.periodId === from.periodId) return { body: await changesSince(context, from, to) };
    const text = `query.with: expected a snapshot of ${from.periodId}, found one of ${to.periodId}`;
    throw new AppError('request.invalid', text, { with: query.with });
  },
});
