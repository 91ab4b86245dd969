/** Titles and proofs that end within a year or have ended, unless a later one of the same took over. */
import { DAY_MS } from '../../../domain/period.ts';
import type { Body } from '../field.ts';
import type { Entry, KindId } from '../ledger.ts';

/** Kinds that hold until a day of their own, and the fields that say what a later one replaces. */
export const ENDING = {
  certificate: ['agency', 'title'],
  evidence: ['agency', 'item'],
  'green-building': ['building'],
  'water-balance-test': ['agency', 'building'],
} as const satisfies Partial<Record<KindId, readonly string[]>>;

export type EndingKind = keyof typeof ENDING;

/** A plan for the year has to know of them. */
const AHEAD_MS = 366 * DAY_MS;

/** Soonest first. */
export function expiringOf(kind: EndingKind, entries: readonly Entry[], nowMs: number): Entry[] {
  const titleOf = ({ body }: { readonly body: Body }) =>
    JSON.stringify(ENDING[kind].map((field) => body[field]));
  return [...Map.groupBy(entries, titleOf).values()]
    .flatMap((same) => {
      const lastMs = Math.max(...same.map(({ toMs }) => toMs));
      return lastMs < nowMs + AHEAD_MS ? same.filter(({ toMs }) => toMs === lastMs) : [];
    })
    .toSorted((a, b) => a.toMs - b.toMs);
}
