/** Finds the records a store refuses: it names at most one reason a write, and may have stored the rest. */
import type { CollectorRecord } from '../recorder.ts';

export interface BadRecord {
  readonly record: CollectorRecord;
  readonly reason: string;
}

export interface Bisection {
  /** Refused alone, each with the store's own words. */
  readonly bad: readonly BadRecord[];
  /** Not settled, because the posts ran out or the store went away. */
  readonly rest: readonly CollectorRecord[];
  /** Why it ended early, when the store went away. */
  readonly error?: unknown;
}

export interface BisectOptions {
  /** Posts the records; the reason when the store refuses them, `undefined` when it has them. */
  readonly attempt: (records: readonly CollectorRecord[]) => Promise<string | undefined>;
  /** Whether one more post may be made. */
  readonly mayPost: () => boolean;
}

/** Halves `records`, known to be refused for `reason`: at most 2·log₂(n) posts for each bad one. */
export async function bisect(
  records: readonly CollectorRecord[],
  reason: string,
  { attempt, mayPost }: BisectOptions,
): Promise<Bisection> {
  const bad: BadRecord[] = [];
  const open: (readonly CollectorRecord[])[] = [];
  const halve = (refused: readonly CollectorRecord[], why: string) => {
    const [only] = refused;
    if (refused.length === 1 && only) {
      bad.push({ record: only, reason: why });
      return;
    }
    const middle = Math.ceil(refused.length / 2);
    open.push(refused.slice(middle), refused.slice(0, middle));
  };
  halve(records, reason);
  while (mayPost()) {
    const span = open.pop();
    if (span === undefined) break;
    try {
      const why = await attempt(span);
      if (why !== undefined) halve(span, why);
    } catch (error) {
      return { bad, rest: [...span, ...open.flat()], error };
    }
  }
  return { bad, rest: open.flat() };
}
