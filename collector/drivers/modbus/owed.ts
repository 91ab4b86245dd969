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

export interface Owed {
  add(pending: Pending, nowMs: number): void;
  /** Whether anything may still come; cheap, asked before every read. */
  any(): boolean;
  /** A reply in turn proves that this unit owes nothing older. */
  clear(unit: number): void;
  /** Whether the unit owes a reply at all. */
  owes(unit: number): boolean;
  /** Whether a late reply could be taken for the reply to this request. */
  resembles(request: ReadRequest, nowMs: number): boolean;
  /** A read of the same place, of a length that no owed reply has. */
  fenceFor(request: ReadRequest, nowMs: number): ReadRequest;
  /** The framing's verdict, after owed replies were told from broken frames. */
  reconsider(inbox: Inbox, verdict: Verdict): Verdict;
}

export function createOwed(framing: Framing): Owed {
  let entries: { pending: Pending; untilMs: number }[] = [];

  function resembles(request: ReadRequest, nowMs: number): boolean {
    entries = entries.filter((entry) => entry.untilMs > nowMs);
    return entries.some((entry) => sameShape(entry.pending.request, request));
  }

  function settle(entry: (typeof entries)[number], frameBytes: number): Verdict {
    entries = entries.filter((other) => other !== entry);
    return { kind: 'late', frameBytes };
  }

  /** Without ids: whether the bytes are, or start like, a reply that is owed. */
  function byShape(inbox: Inbox, verdict: Verdict): Verdict {
    for (const entry of entries) {
      const late = framing.judge(inbox, entry.pending);
      if (late.kind === 'incomplete') return late;
      if ('frameBytes' in late) return settle(entry, late.frameBytes);
    }
    return verdict;
  }

  return {
    add(pending, nowMs) {
      entries = entries.filter((entry) => entry.untilMs > nowMs);
      entries.push({ pending, untilMs: nowMs + OWED_MS });
    },
    any: () => entries.length > 0,
    clear(unit) {
      entries = entries.filter((entry) => entry.pending.request.unit !== unit);
    },
    owes: (unit) => entries.some((entry) => entry.pending.request.unit === unit),
    resembles,
    fenceFor(request, nowMs) {
      const fences = [-2, 2, -4, 4, -6, 6]
        .map((step) => ({ ...request, count: request.count + step }))
        .filter(({ count }) => count > 0 && count <= 125);
      return fences.find((fence) => !resembles(fence, nowMs)) ?? request;
    },
    reconsider(inbox, verdict) {
      if (verdict.kind === 'other') {
        const entry = entries.find(({ pending }) => pending.id === verdict.id);
        if (entry) return settle(entry, verdict.frameBytes);
        return { kind: 'broken', reason: `transaction id ${verdict.id} was not asked for` };
      }
      if (verdict.kind === 'broken' && !framing.hasTransactionId) return byShape(inbox, verdict);
      return verdict;
    },
  };
}
