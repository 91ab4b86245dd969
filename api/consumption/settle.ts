/** Puts computed rows beside the stored ones: equal ones stay, open ones are replaced, closed ones restated. */
import type { Amount } from '../../domain/consumption.ts';
import type { Restatement } from '../../domain/restatement.ts';
import { type LocalCalendar, spanMs } from '../../domain/season.ts';
import type { Store } from '../../store/port.ts';
import type { Closings } from './closings.ts';
import { type RowFamily, seriesOf } from './families.ts';

export interface Settling {
  readonly store: Pick<Store, 'writeRestatements'>;
  readonly closings: Closings;
  readonly calendar: LocalCalendar;
  readonly nowMs: number;
  /** Why rows are computed: `late`, `registry`, `ledger` …; a restatement carries it. */
  readonly cause: string;
  write<T extends Amount>(family: RowFamily<T>, rows: readonly T[]): Promise<void>;
}

function sameFigures(a: Amount, b: Amount): boolean {
  return (
    a.value === b.value &&
    a.coverage === b.coverage &&
    a.manual === b.manual &&
    a.estimated === b.estimated &&
    a.known === b.known &&
    a.class === b.class &&
    a.flags.length === b.flags.length &&
    a.flags.every((code, index) => b.flags[index] === code)
  );
}

/** What is left of a row whose account or register is gone. */
function withdrawn<T extends Amount>(row: T): T {
  const nothing = { value: null, coverage: 0, manual: 0, estimated: 0, known: 0 };
  return { ...row, ...nothing, class: 'missing', flags: [] };
}

function restatementOf<T extends Amount>(
  { nowMs, cause }: Settling,
  family: RowFamily<T>,
  { before, row }: { readonly before: T; readonly row: T },
): Restatement {
  const { resolution, startMs, value, coverage, manual, estimated, known, flags, ruleVersion } =
    row;
  return {
    subjectKind: family.kind,
    subject: family.subjectOf(row),
    name: family.nameOf(row),
    resolution,
    startMs,
    revision: before.revision + 1,
    before: before.value,
    atMs: nowMs,
    cause,
    row: { value, coverage, manual, estimated, known, class: row.class, flags, ruleVersion },
  };
}

export interface Outcome {
  readonly restatements: readonly Restatement[];
  /** Subjects of which a row changed. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Writes what differs. `stored` are the rows the store holds for the very range and series that
 * were computed; one of them without a computed row has nothing to rest on any more.
 */
export async function settle<T extends Amount>(
  settling: Settling,
  family: RowFamily<T>,
  rows: { readonly computed: readonly T[]; readonly stored: readonly T[] },
): Promise<Outcome> {
  const { store, closings, calendar } = settling;
  const left = new Map(rows.stored.map((row) => [`${seriesOf(family, row)} ${row.startMs}`, row]));
  const writes: T[] = [];
  const restatements: Restatement[] = [];
  const changed = new Set<string>();

  function isClosed(row: T): boolean {
    const { resolution, startMs } = row;
    const range = { fromMs: startMs, toMs: startMs + spanMs(startMs, resolution, calendar) };
    return closings.isClosed(family.kind, family.subjectOf(row), range);
  }

  function place(row: T, before: T | undefined): void {
    const isSame = before !== undefined && sameFigures(row, before);
    if (isSame && row.ruleVersion === before.ruleVersion) return;
    const isFinal = before !== undefined && (before.revision > 0 || isClosed(row));
    // The rule set a published figure was made with stays with it as long as the figure does.
    if (isFinal && isSame) return;
    if (isFinal) restatements.push(restatementOf(settling, family, { before, row }));
    else writes.push(row);
    changed.add(family.subjectOf(row));
  }

  for (const row of rows.computed) {
    const key = left.size > 0 ? `${seriesOf(family, row)} ${row.startMs}` : '';
    place(row, left.get(key));
    left.delete(key);
  }
  for (const row of left.values()) place(withdrawn(row), row);

  if (writes.length > 0) await settling.write(family, writes);
  if (restatements.length > 0) await store.writeRestatements(restatements);
  return { restatements, changed };
}
