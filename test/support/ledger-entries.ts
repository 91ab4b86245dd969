/** Ledger entries for metric tests, without a ledger. */
import type { BodyOf, EntryOf, KindId } from '../../api/ledger/ledger.ts';
import type { MetricInput } from '../../api/metrics/input.ts';
import type { TimeRange } from '../../domain/period.ts';

/** An entry that holds over a range. */
export function entry<K extends KindId>(kind: K, range: TimeRange, body: BodyOf<K>): EntryOf<K> {
  const { fromMs, toMs } = range;
  return {
    id: `${kind}-1`,
    kind,
    body,
    fromMs,
    toMs,
    revision: 1,
    voided: false,
    atMs: 0,
    who: 't',
  };
}

/** An entry of some kind. */
export type AnyEntry = { [K in KindId]: EntryOf<K> }[KindId];

/** `records` or `latest` of an account that has these entries. */
export function recordsFrom(entries: readonly AnyEntry[]): MetricInput['records'] {
  return <K extends KindId>(kind: K) =>
    entries.filter((one) => one.kind === kind) as unknown as EntryOf<K>[];
}
