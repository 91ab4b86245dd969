/** Replies still owed to requests given up: a late one is known when it comes, and never taken for another. */
import {
  dataBytesOf,
  type Framing,
  type Inbox,
  type Pending,
  type ReadRequest,
  type Verdict,
} from './framing.ts';

/** No gateway holds a reply back for longer. */
const OWED_MS = 60_000;

function sameShape(a: ReadRequest, b: ReadRequest): boolean {
  return (
    a.unit === b.unit && a.functionCode === b.functionCode && dataBytesOf(a) === dataBytesOf(b)
  );
}

/** Of one link. */
export interface Owed {
  readonly framing: Framing;
  entries: readonly { readonly pending: Pending; readonly untilMs: number }[];
}

type Entry = Owed['entries'][number];

/** Most links never are owed anything: they share the list. */
const NOTHING: Owed['entries'] = [];

export function createOwed(framing: Framing): Owed {
  return { framing, entries: NOTHING };
}

function forget(owed: Owed, isGone: (entry: Entry) => boolean): void {
  if (owed.entries.length === 0) return;
  owed.entries = owed.entries.filter((entry) => !isGone(entry));
}

export function addOwed(owed: Owed, pending: Pending, nowMs: number): void {
  forget(owed, ({ untilMs }) => untilMs <= nowMs);
  owed.entries = [...owed.entries, { pending, untilMs: nowMs + OWED_MS }];
}

/** A reply in turn proves that this unit owes nothing older. */
export function clearOwed(owed: Owed, unit: number): void {
  forget(owed, ({ pending }) => pending.request.unit === unit);
}

/** Whether the unit owes a reply at all. */
export function owes({ entries }: Owed, unit: number): boolean {
  return entries.some(({ pending }) => pending.request.unit === unit);
}

/** Whether a late reply could be taken for the reply to this request. */
export function resemblesOwed(owed: Owed, request: ReadRequest, nowMs: number): boolean {
  forget(owed, ({ untilMs }) => untilMs <= nowMs);
  return owed.entries.some(({ pending }) => sameShape(pending.request, request));
}

/** A read of the same place, of a length that no owed reply has. */
export function fenceFor(owed: Owed, request: ReadRequest, nowMs: number): ReadRequest {
  const fences = [-2, 2, -4, 4, -6, 6]
    .map((step) => ({ ...request, count: request.count + step }))
    .filter(({ count }) => count > 0 && count <= 125);
  return fences.find((fence) => !resemblesOwed(owed, fence, nowMs)) ?? request;
}

function settle(owed: Owed, settled: Entry, frameBytes: number): Verdict {
  forget(owed, (entry) => entry === settled);
  return { kind: 'late', frameBytes };
}

/** Without ids: whether the bytes are, or start like, a reply that is owed. */
function byShape(owed: Owed, inbox: Inbox, verdict: Verdict): Verdict {
  for (const entry of owed.entries) {
    const late = owed.framing.judge(inbox, entry.pending);
    if (late.kind === 'incomplete') return late;
    if ('frameBytes' in late) return settle(owed, entry, late.frameBytes);
  }
  return verdict;
}

/** The framing's verdict, after owed replies were told from broken frames. */
export function reconsider(owed: Owed, inbox: Inbox, verdict: Verdict): Verdict {
  if (verdict.kind === 'other') {
    const entry = owed.entries.find(({ pending }) => pending.id === verdict.id);
    if (entry) return settle(owed, entry, verdict.frameBytes);
    return { kind: 'broken', reason: `transaction id ${verdict.id} was not asked for` };
  }
  if (verdict.kind !== 'broken' || owed.framing.hasTransactionId) return verdict;
  return byShape(owed, inbox, verdict);
}
