/** What meters cannot know: entries by kind, corrected by new revisions only, every change on an audit. */
import type { TimeRange } from '../../domain/period.ts';
import type { Body } from './field.ts';
import type { BodyOf, KindId } from './kinds/index.ts';
import type { Snapshots } from './snapshots.ts';

export type { BodyOf, KindId } from './kinds/index.ts';

/** The entry's latest revision. From `fromMs` to `toMs` it holds; `toMs` is Infinity while no end is known. */
export interface EntryOf<K extends KindId> extends TimeRange {
  readonly id: string;
  readonly kind: K;
  readonly body: BodyOf<K>;
  /** Counts from 1. */
  readonly revision: number;
  readonly voided: boolean;
  /** When and by whom this revision was made. */
  readonly atMs: number;
  readonly who: string;
}

export type Entry = EntryOf<KindId>;

/** With several lists of ids an entry needs one of any: an agency's entries, those of its meters and buildings. */
export interface EntryFilter {
  readonly agencyIds?: readonly string[];
  readonly meterIds?: readonly string[];
  /** Entries that name a building and no agency; one that names both is the agency's. */
  readonly buildingIds?: readonly string[];
  /** Entries that hold at some time in it. */
  readonly range?: TimeRange;
  /** Voided entries too. */
  readonly voided?: boolean;
}

export interface By {
  readonly who: string;
  readonly why: string;
}

/** `revision` is the one the change was made from: a change since then is not overwritten unseen. */
export type Change =
  | { readonly action: 'add'; readonly kind: KindId; readonly body: Body; readonly id?: string }
  | {
      readonly action: 'revise';
      readonly kind: KindId;
      readonly id: string;
      readonly revision: number;
      readonly body: Body;
    }
  | {
      readonly action: 'void';
      readonly kind: KindId;
      readonly id: string;
      readonly revision: number;
    };

export interface AuditRecord extends By {
  readonly seq: number;
  readonly atMs: number;
  readonly action: Change['action'];
  readonly kind: KindId;
  readonly entryId: string;
  readonly revision: number;
  readonly before: Body | null;
  readonly after: Body | null;
  /** Times that the entry held before, and holds now: what is computed from them is out of date. */
  readonly ranges: readonly TimeRange[];
}

export interface Ledger {
  /** Latest revisions, without voided entries unless asked for, by the day they begin. */
  entries<K extends KindId>(kind: K, filter?: EntryFilter): readonly EntryOf<K>[];
  /** A voided entry too. */
  find<K extends KindId>(kind: K, id: string): EntryOf<K> | undefined;
  /** All or none. @throws AppError `request.invalid`, `request.not-found`, `request.conflict` */
  apply(changes: readonly Change[], by: By): readonly Entry[];
  add<K extends KindId>(kind: K, body: BodyOf<K>, by: By): EntryOf<K>;
  revise<K extends KindId>(entry: EntryOf<K>, body: BodyOf<K>, by: By): EntryOf<K>;
  void<K extends KindId>(entry: EntryOf<K>, by: By): EntryOf<K>;
  /** What happened after a sequence number, oldest first. */
  changesSince(seq: number, limit?: number): readonly AuditRecord[];
  /** What happened to one entry, oldest first. */
  history(kind: KindId, id: string): readonly AuditRecord[];
  /** Assessments that were frozen. */
  readonly snapshots: Snapshots;
  close(): void;
}
