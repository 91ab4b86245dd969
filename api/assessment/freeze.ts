/** Freezes an assessment: from then on the frozen bytes are what is shown and exported. */
import { AppError } from '../../domain/errors.ts';
import type { Period } from '../../domain/period.ts';
import { spanAt } from '../../domain/season.ts';
import { closePeriod } from '../consumption/closings.ts';
import type { ApiContext } from '../context.ts';
import type { Snapshot } from '../ledger/snapshots.ts';
import { assess } from './assess.ts';
import { causesBetween, type Known } from './causes.ts';
import { type Changes, changesSchema, figureChanges } from './diff.ts';
import { pointsOf } from './points.ts';
import { type Assessment, type Content, contentSchema } from './schema.ts';

const iso = (atMs: number) => new Date(atMs).toISOString();

function contentOf(snapshot: Snapshot): Content {
  return contentSchema.parse(JSON.parse(snapshot.content));
}

export function changesOf(snapshot: Snapshot): Changes {
  return changesSchema.parse(JSON.parse(snapshot.changes));
}

export function thaw(snapshot: Snapshot): Assessment {
  const { id, revision, who, note, atMs, contentId } = snapshot;
  const frozen = { id, revision, who, note };
  return { id: contentId, computedAt: iso(atMs), frozen, ...contentOf(snapshot) };
}

/** The frozen assessment where there is one, else the figures as they are now. */
export async function assessmentOf(
  context: ApiContext,
  agencyId: string,
  period: Period,
): Promise<Assessment> {
  const frozen = context.ledger.snapshots.latest(agencyId, period.id);
  return frozen ? thaw(frozen) : assess(context, agencyId, period);
}

function known(snapshot: Snapshot): Known {
  const { contentId, atMs, auditSeq } = snapshot;
  return { contentId, content: contentOf(snapshot), atMs, auditSeq };
}

/** What happened since a snapshot, up to another or to now. */
export async function changesSince(
  context: ApiContext,
  from: Snapshot,
  to: Snapshot | Known,
): Promise<Changes> {
  if (from.contentId === to.contentId) return { figures: [], causes: [] };
  const [before, after] = [known(from), 'periodId' in to ? known(to) : to];
  const figures = figureChanges(before.content, after.content);
  return { figures, causes: await causesBetween(context, before, after) };
}

/** The figures as they are now, with how much of the ledger they know at least. */
export async function knownNow(
  context: ApiContext,
  agencyId: string,
  period: Period,
): Promise<Known & { readonly assessment: Assessment }> {
  const auditSeq = context.ledger.snapshots.auditSeq();
  const assessment = await assess(context, agencyId, period);
  const { id: _, computedAt: __, frozen: ___, ...content } = assessment;
  return { contentId: assessment.id, assessment, content, auditSeq, atMs: context.now() };
}

export interface Signature {
  /** The name of who answers for it. */
  readonly who: string;
  /** Whose token it came with. */
  readonly account: string;
  readonly note: string;
}

/** @throws AppError `request.conflict` while the period runs or its rows are still being computed. */
function checkReady(context: ApiContext, agencyId: string, period: Period): void {
  const subject = `${agencyId} ${period.id}`;
  if (context.now() < period.toMs) {
    const text = `${subject}: expected a period that is over, found one that runs until ${iso(period.toMs)}`;
    throw new AppError('request.conflict', text, { agencyId, period: period.id });
  }
  const waiting = context.rows?.().waiting ?? 0;
  if (waiting === 0) return;
  const text = `${subject}: ${waiting} ranges of rows are still to be computed; try again when they are`;
  throw new AppError('request.conflict', text, { agencyId, period: period.id, waiting });
}

export interface Frozen {
  readonly snapshot: Snapshot;
  /** False where nothing had changed since the last revision. */
  readonly isNew: boolean;
}

/**
 * Closes the period for the agency, so that its rows are restated from here on, then keeps the
 * assessment. A second revision names what changed and why; where nothing did there is none.
 */
export async function freeze(
  context: ApiContext,
  { agencyId, period }: { readonly agencyId: string; readonly period: Period },
  by: Signature,
): Promise<Frozen> {
  const { ledger, store, registry } = context;
  checkReady(context, agencyId, period);
  const previous = ledger.snapshots.latest(agencyId, period.id);
  const span = spanAt(period.fromMs, period.kind, registry.region);
  if (!previous && span) {
    await closePeriod(context, span, { cause: `冻结 frozen: ${by.who}`, agencyId });
  }
  const now = await knownNow(context, agencyId, period);
  const { assessment, content, auditSeq } = now;
  if (previous?.contentId === assessment.id) return { snapshot: previous, isNew: false };
  const changes = previous
    ? await changesSince(context, previous, now)
    : { figures: [], causes: [] };
  const snapshot = ledger.snapshots.append(
    {
      ...{ agencyId, periodId: period.id, contentId: assessment.id, auditSeq, ...by },
      content: JSON.stringify(content),
      changes: JSON.stringify(changes),
    },
    (previous?.revision ?? 0) + 1,
  );
  await store.writeAssessment(pointsOf(thaw(snapshot)));
  return { snapshot, isNew: true };
}
