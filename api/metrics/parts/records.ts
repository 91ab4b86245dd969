/** Sums over entries of the ledger; one that reaches beyond the period counts by its days inside, and says so. */
import type { TimeRange } from '../../../domain/period.ts';
import type { Text } from '../../../domain/text.ts';
import type { EntryOf, KindId } from '../../ledger/ledger.ts';
import type { MetricTerm } from '../term.ts';

/** Named among the reasons of a figure that took a part of an entry. */
export const SPREAD_BY_DAYS: Text = {
  zh: '跨期的台账条目按天数分摊',
  en: 'ledger entries that reach beyond the period count by their days inside it',
};

/** Share of an entry's time that lies in a range, 0…1; an entry without an end is whole. */
function shareInside(entry: TimeRange, range: TimeRange): number {
  if (!Number.isFinite(entry.toMs)) return 1;
  const insideMs = Math.min(entry.toMs, range.toMs) - Math.max(entry.fromMs, range.fromMs);
  return Math.max(0, insideMs) / Math.max(1, entry.toMs - entry.fromMs);
}

export interface RecordSum {
  /** `undefined`: no entry has the figure. Missing is not zero. */
  readonly value: number | undefined;
  /** Some entry was taken in part. */
  readonly spread: boolean;
  /** Ids of the entries that went in. */
  readonly ids: readonly string[];
}

/** Sum of a figure over entries, each by its part inside the range. */
export function sumRecords<K extends KindId>(
  entries: readonly EntryOf<K>[],
  range: TimeRange,
  pick: (body: EntryOf<K>['body']) => number | undefined,
): RecordSum {
  let value: number | undefined;
  let spread = false;
  const ids: string[] = [];
  for (const entry of entries) {
    const figure = pick(entry.body);
    if (figure === undefined) continue;
    const share = shareInside(entry, range);
    value = (value ?? 0) + figure * share;
    spread ||= share < 1;
    ids.push(entry.id);
  }
  return { value, spread, ids };
}

/** A ledger figure as a term: a reviewer finds the entries by their ids. */
export function recordTerm(
  [name, unit]: readonly [Text, string],
  kind: KindId,
  sum: RecordSum,
): MetricTerm {
  const value = sum.value ?? null;
  return { name, value, unit, source: `ledger ${kind}：${sum.ids.join('、') || '—'}` };
}

/** The newest of the entries of one subject, where a later one replaces an earlier. */
export function newestBy<K extends KindId>(
  entries: readonly EntryOf<K>[],
  subjectOf: (body: EntryOf<K>['body']) => string,
): EntryOf<K>[] {
  const bySubject = Map.groupBy(entries, ({ body }) => subjectOf(body));
  return [...bySubject.values()].flatMap((same) =>
    same.toSorted((a, b) => a.fromMs - b.fromMs).slice(-1),
  );
}
