/** Rows of the ledger file as entries and audit records, and the days they are found by. */
import { DAY_MS, localDate, type TimeRange } from '../../domain/period.ts';
import type { Row } from '../../store/sqlite/database.ts';
import type { Body } from './field.ts';
import { type KindId, kindOf } from './kinds/index.ts';
import type { AuditRecord, BodyOf, Change, Entry } from './ledger.ts';
import { rangeOf, type Span } from './span.ts';

/** Local days, first and last included. Text sorts as dates do. */
interface Days {
  readonly first: string;
  readonly last: string;
}

export const EVER: Days = { first: '', last: '9999-12-31' };

/** A day more on either side, since an instant is filed under its UTC day; either end may be open. */
export function daysAround({ fromMs, toMs }: TimeRange, zone: string): Days {
  return {
    first: Number.isFinite(fromMs) ? localDate(fromMs - DAY_MS, zone) : EVER.first,
    last: Number.isFinite(toMs) ? localDate(toMs + DAY_MS, zone) : EVER.last,
  };
}

/** Where an entry is filed: an instant on its UTC day, so that the file does not depend on a zone. */
export function daysOf(span: Span): Days {
  if ('at' in span) return { first: span.at.slice(0, 10), last: span.at.slice(0, 10) };
  return { first: span.first, last: span.last ?? EVER.last };
}

export function entryFrom(row: Row, zone: string): Entry {
  const kind = row.kind as KindId;
  const body = JSON.parse(String(row.body)) as BodyOf<KindId>;
  return {
    id: String(row.id),
    kind,
    body,
    revision: Number(row.revision),
    voided: row.voided === 1,
    atMs: Number(row.at_ms),
    who: String(row.who),
    ...rangeOf(kindOf(kind).spanOf(body), zone),
  };
}

export function recordFrom(row: Row, zone: string): AuditRecord {
  const kind = row.kind as KindId;
  const [before, after] = [row.before, row.after].map((text) =>
    text === null ? null : (JSON.parse(String(text)) as Body),
  );
  const bodies = [before, after].filter((body) => body !== null && body !== undefined);
  return {
    seq: Number(row.seq),
    atMs: Number(row.at_ms),
    who: String(row.who),
    why: String(row.why),
    action: row.action as Change['action'],
    kind,
    entryId: String(row.entry),
    revision: Number(row.revision),
    before: before ?? null,
    after: after ?? null,
    ranges: bodies.map((body) => rangeOf(kindOf(kind).spanOf(body), zone)),
  };
}
