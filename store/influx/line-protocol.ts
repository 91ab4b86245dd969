/** Points as InfluxDB line protocol; types come from the schema, since the first write fixes them for ever. */
import { AppError } from '../../domain/errors.ts';
import { finite, whole } from '../checks.ts';
import { MEASUREMENTS, type MeasurementName } from '../schema.ts';

export interface Point {
  readonly measurement: MeasurementName;
  readonly tags: Readonly<Record<string, string>>;
  /** Of readings: the field of that name, before the others. */
  readonly quality?: number;
  /** `null` and absent values are left out. */
  readonly fields: Readonly<Record<string, number | string | null | undefined>>;
  readonly atMs: number;
}

/** More names than any schema has; a bound, since the collector's own figures name themselves. */
const MAX_KNOWN_KEYS = 1_000;

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

/** Series by the tags' own object: whoever writes many points of one series hands in the same. */
const knownSeries = new WeakMap<Point['tags'], Partial<Record<MeasurementName, string>>>();

function seriesOf(measurement: MeasurementName, tags: Point['tags']): string {
  let known = knownSeries.get(tags);
  if (!known) {
    known = {};
    knownSeries.set(tags, known);
  }
  // Joined, not added: thousands of texts that are chains of others would each be kept as a chain.
  known[measurement] ??= [
    measurement,
    ...MEASUREMENTS[measurement].tags.map((key) => tagPart(tags, key, measurement)),
  ].join('');
  return known[measurement];
}

/** Field names are few, and escaping costs more than looking up. */
const knownKeys = new Map<string, string>();

function keyOf(name: string): string {
  let key = knownKeys.get(name);
  if (key === undefined) {
    key = `,${escapeName(name)}=`;
    if (knownKeys.size < MAX_KNOWN_KEYS) knownKeys.set(name, key);
  }
  return key;
}

const MILLISECONDS = Array.from({ length: 1_000 }, (_, ms) => String(ms).padStart(3, '0'));

/**
 * An instant as digits. The engine remembers the text of every number it is asked for; as thousands
 * of instants share a second, seconds and milliseconds apart are remembered in vain far less often.
 */
function instantText(atMs: number): string {
  if (atMs < 1_000) return String(atMs);
  return `${Math.floor(atMs / 1_000)}${MILLISECONDS[atMs % 1_000]}`;
}

/**
 * Texts of numbers written lately: gauges repeat, and the engine takes 100 ns for a text even if it
 * made the same a moment ago. Only a few, or they would grow old enough for the old heap.
 */
const TEXTS = 256;
const texts: string[] = Array.from({ length: TEXTS }, () => '');
const textsOf = new Float64Array(TEXTS).fill(Number.NaN);

function numberText(value: number): string {
  // In thousandths: neighbouring values lie in slots of their own.
  const slot = (value * 1_000) & (TEXTS - 1);
  if (textsOf[slot] !== value) {
    textsOf[slot] = value;
    texts[slot] = String(value);
  }
  return texts[slot] ?? '';
}

/** The pieces of a line; one after the other they would leave a chain of texts behind, ten times the line. */
const pieces: string[] = [];

/**
 * One line, tags in sorted order; `undefined` when no field has a value.
 * @throws AppError `store.rejected` naming the field, before anything is sent.
 */
export function toLine({ measurement, tags, quality, fields, atMs }: Point): string | undefined {
  const integers: readonly string[] = MEASUREMENTS[measurement].integer;
  const series = seriesOf(measurement, tags);
  pieces[0] = series;
  let count = 1;
  const add = (name: string, text: string) => {
    const key = keyOf(name);
    pieces[count] = count === 1 ? ` ${key.slice(1)}` : key;
    pieces[count + 1] = text;
    count += 2;
  };
  if (quality !== undefined) add('quality', `${whole(quality, 'quality', series)}i`);
  for (const name in fields) {
    const value = fields[name];
    if (value === null || value === undefined) continue;
    if (typeof value === 'string') add(name, `"${escapeString(value)}"`);
    else if (integers.includes(name)) add(name, `${whole(value, name, series)}i`);
    else add(name, numberText(finite(value, name, series)));
  }
  if (count === 1) return undefined;
  pieces[count] = ' ';
  pieces[count + 1] = instantText(whole(atMs, 'atMs', series));
  pieces.length = count + 2;
  return pieces.join('');
}
