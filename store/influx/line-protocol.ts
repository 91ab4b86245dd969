/** Points as InfluxDB line protocol; types come from the schema, since the first write fixes them for ever. */
import { AppError } from '../../domain/errors.ts';
import { finite, whole } from '../checks.ts';
import { MEASUREMENTS, type MeasurementName } from '../schema.ts';

export interface Point {
  readonly measurement: MeasurementName;
  readonly tags: Readonly<Record<string, string>>;
  /** `null` and absent values are left out. */
  readonly fields: Readonly<Record<string, number | string | null | undefined>>;
  readonly atMs: number;
}

/** Commas, equals signs and spaces end a tag or a name unless escaped. */
function escapeName(name: string): string {
  return name.replace(/[,= ]/g, '\\$&');
}

function escapeString(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

function tagPart(tags: Point['tags'], key: string, measurement: string): string {
  const value = tags[key] ?? '';
  // A backslash at the end would escape the delimiter; nothing can escape a line break.
  if (value !== '' && !/[\n\r\\]/.test(value)) return `,${key}=${escapeName(value)}`;
  const message = `${measurement}: '${value}' cannot be stored as tag '${key}'`;
  throw new AppError('store.rejected', message, { measurement, tag: key, found: value });
}

/**
 * One line, tags in sorted order; `undefined` when no field has a value.
 * @throws AppError `store.rejected` naming the field, before anything is sent.
 */
export function toLine({ measurement, tags, fields, atMs }: Point): string | undefined {
  const spec = MEASUREMENTS[measurement];
  const integers: readonly string[] = spec.integer;
  const subject = Object.values(tags).join(' ');
  const parts: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    const key = escapeName(name);
    if (typeof value === 'string') parts.push(`${key}="${escapeString(value)}"`);
    else if (integers.includes(name)) parts.push(`${key}=${whole(value, name, subject)}i`);
    else parts.push(`${key}=${finite(value, name, subject)}`);
  }
  if (parts.length === 0) return undefined;
  const series = spec.tags.map((key) => tagPart(tags, key, measurement)).join('');
  return `${measurement}${series} ${parts.join(',')} ${whole(atMs, 'atMs', subject)}`;
}
