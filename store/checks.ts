/** What both backends refuse before anything is written, so that they refuse the same things. */
import { AppError } from '../domain/errors.ts';
import type { Restatement } from '../domain/restatement.ts';
import type { AnyMeter } from '../registry/registry.ts';
import type { CounterColumns } from './port.ts';
import type { Arrival } from './schema.ts';

/** All the store asks of the registry; hand in a live view where the registry may be reloaded. */
export interface MeterLookup {
  /** Virtual meters too: rows are kept for them. */
  findAnyMeter(id: string): StoredMeter | undefined;
}

/** What is kept beside a meter's points. */
export type StoredMeter = Pick<AnyMeter, 'id' | 'building' | 'carrier'>;

/** @throws AppError `store.rejected`: without the registry's meter its building would be a guess. */
export function knownMeter(meters: MeterLookup, meterId: string): StoredMeter {
  const meter = meters.findAnyMeter(meterId);
  if (meter) return meter;
  throw new AppError('store.rejected', `meter '${meterId}' is not in the registry`, { meterId });
}

/** @throws AppError `store.rejected` naming the field and whose it is. */
export function finite(value: number, name: string, subject: string): number {
  if (Number.isFinite(value)) return value;
  throw new AppError('store.rejected', `${name} of '${subject}' is ${value}, not a finite number`, {
    subject,
    name,
    found: String(value),
  });
}

/** @throws AppError `store.rejected` when it is no whole number: flags, codes and instants are. */
export function whole(value: number, name: string, subject: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new AppError('store.rejected', `${name} of '${subject}' is ${value}, not a whole number`, {
    subject,
    name,
    found: String(value),
  });
}

/** @throws AppError `store.query`: a bucket of no or negative length would never end. */
export function bucketLength(everyMs: number): number {
  if (Number.isSafeInteger(everyMs) && everyMs > 0) return everyMs;
  throw new AppError('store.query', `a bucket of ${everyMs} ms is not a whole, positive length`, {
    everyMs,
  });
}

/** @throws AppError `store.rejected`: revision 0 is the published row, which is never overwritten. */
export function revisionOf({ revision, subject }: Restatement): number {
  if (Number.isSafeInteger(revision) && revision > 0) return revision;
  const message = `a restatement of '${subject}' has revision ${revision}; expected 1 or more`;
  throw new AppError('store.rejected', message, {
    subject,
    expected: '1 or more',
    found: revision,
  });
}

/** @throws AppError `store.rejected`: a later revision is a restatement and is kept beside the row. */
export function firstPublished(revision: number, subject: string): void {
  if (revision === 0) return;
  const message = `a row of '${subject}' has revision ${revision}; write it as a restatement`;
  throw new AppError('store.rejected', message, { subject, expected: 0, found: revision });
}

/** @throws AppError `store.rejected` when a tag would be something else than a slug. */
export function slug(text: string, name: string): string {
  if (/^[a-z][a-z0-9_-]*$/.test(text)) return text;
  const expected = 'lower-case letters, digits, - and _, a letter first';
  throw new AppError('store.rejected', `${name} '${text}' is no slug (${expected})`, {
    name,
    expected,
    found: text,
  });
}

/** Arrivals of one meter and millisecond as one, spanning them all. */
export function mergedArrivals(arrivals: readonly Arrival[]): Arrival[] {
  const merged = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    const key = `${arrival.meterId} ${arrival.arrivedAtMs}`;
    const known = merged.get(key) ?? arrival;
    const fromMs = Math.min(known.fromMs, arrival.fromMs);
    merged.set(key, { ...arrival, fromMs, toMs: Math.max(known.toMs, arrival.toMs) });
  }
  return [...merged.values()];
}

/** Rows of instant and value, in order, as columns. */
export function toColumns(rows: readonly (readonly unknown[])[]): CounterColumns {
  const atMs = new Float64Array(rows.length);
  const value = new Float64Array(rows.length);
  let at = 0;
  for (const row of rows) {
    atMs[at] = Number(row[0]);
    value[at] = Number(row[1]);
    at += 1;
  }
  return { atMs, value };
}

/** Ids without repeats, in the order answers are sorted by. */
export function sortedIds(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

/** A limit SQLite and InfluxQL can both read; `Infinity` means all. */
export function rowLimit(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), Number.MAX_SAFE_INTEGER));
}
