/** What both backends refuse before anything is written, so that they refuse the same things. */
import { AppError } from '../domain/errors.ts';
import type { Registry } from '../registry/registry.ts';
import type { Meter } from '../registry/schema.ts';

/** All the store asks of the registry; hand in a live view where the registry may be reloaded. */
export type MeterLookup = Pick<Registry, 'findMeter'>;

/** @throws AppError `store.rejected`: without the registry's meter its building would be a guess. */
export function knownMeter(meters: MeterLookup, meterId: string): Meter {
  const meter = meters.findMeter(meterId);
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

/** Ids without repeats, in the order answers are sorted by. */
export function sortedIds(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

/** A limit SQLite and InfluxQL can both read; `Infinity` means all. */
export function rowLimit(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), Number.MAX_SAFE_INTEGER));
}
