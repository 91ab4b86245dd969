/** Reads the counter cases of `test/golden/counter`: readings as `h:mm=index`, everything else by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CurveRules } from '../../../../api/consumption/rules.ts';
import type { CounterColumns, CurveInput } from '../../../../domain/reading.ts';
import { MINUTE_MS } from './case.ts';

const FOLDER = new URL('../../../golden/counter/', import.meta.url);
const text = z.string().optional();

const goldenCase = z.strictObject({
  name: z.string(),
  readings: text,
  intervals: text,
  bills: text,
  power: text,
  manual: text,
  rules: z
    .strictObject({
      gapMinutes: z.number().default(38),
      intervalMinutes: z.number().optional(),
      maxPerHour: z.number().default(100),
      resolution: z.number().default(0.1),
      modulus: z.number().optional(),
    })
    .prefault({}),
  /** `h:mm final initial`. */
  events: z.array(z.string()).default([]),
  /** `h:mm factor`. */
  unitChanges: z.array(z.string()).default([]),
  now: z.string().optional(),
  /** The order of arrival decides. */
  ordered: z.boolean().default(false),
  hours: z.array(z.number().nullable()),
  coverage: z.array(z.number()).optional(),
  known: z.array(z.number()).optional(),
  flags: z.array(z.string()),
  why: text,
});
export type GoldenCase = z.infer<typeof goldenCase>;

export function goldenCases(): readonly (GoldenCase & { readonly file: string })[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) =>
    z
      .array(goldenCase)
      .parse(parse(readFileSync(new URL(file, FOLDER), 'utf8')))
      .map((one) => ({ ...one, file })),
  );
}

/** `1:30` or `0:37:30`. */
function msOf(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS + seconds * 1000;
}

const numberOf = (word: string) => (word === 'null' ? Number.NaN : Number(word));
const words = (list: string | undefined) => (list ?? '').split(' ').filter(Boolean);

/** `0:00=100`, or `0:00-1:00/15=100+1`: every 15 minutes, from 100 on, 1 more each time. */
function pointsOf(word: string): (readonly [atMs: number, value: number])[] {
  const [when = '', what = ''] = word.split('=');
  const [, from, to, every] = /^(.+)-(.+)\/(\d+)$/.exec(when) ?? [];
  if (from === undefined || to === undefined) return [[msOf(when), numberOf(what)]];
  const [start = Number.NaN, step = Number.NaN] = what.split('+').map(Number);
  const everyMs = Number(every) * MINUTE_MS;
  const count = Math.round((msOf(to) - msOf(from)) / everyMs) + 1;
  return Array.from({ length: count }, (_, i) => [msOf(from) + i * everyMs, start + i * step]);
}

export function registersOf(one: GoldenCase): readonly (readonly [number, number])[] {
  return words(one.readings).flatMap(pointsOf);
}

export function columnsOf(
  points: readonly (readonly [number, number])[],
  shiftMs = 0,
): CounterColumns {
  return { atMs: points.map(([at]) => at + shiftMs), value: points.map(([, value]) => value) };
}

function stretchesOf(list: string | undefined, shiftMs: number) {
  return words(list).map((word) => {
    const [when = '', value] = word.split('=');
    const [from = '', to = ''] = when.split('-');
    return { fromMs: msOf(from) + shiftMs, toMs: msOf(to) + shiftMs, value: Number(value) };
  });
}

/** What a case hands in beside its register. */
export function otherInputOf(one: GoldenCase, shiftMs = 0): CurveInput {
  return {
    intervals: [
      ...stretchesOf(one.intervals, shiftMs).map((s) => ({ ...s, origin: 'interval' as const })),
      ...stretchesOf(one.bills, shiftMs).map((s) => ({ ...s, origin: 'bill' as const })),
    ],
    manual: words(one.manual)
      .flatMap(pointsOf)
      .map(([at, value]) => ({ atMs: at + shiftMs, value })),
    power: columnsOf(words(one.power).flatMap(pointsOf), shiftMs),
  };
}

export function rulesOf(one: GoldenCase, shiftMs = 0): CurveRules {
  const { gapMinutes, intervalMinutes, modulus, ...rules } = one.rules;
  const dated = (line: string) => {
    const [clock = '', ...values] = words(line);
    return { atMs: msOf(clock) + shiftMs, values: values.map(Number) };
  };
  return {
    ...rules,
    gapMs: gapMinutes * MINUTE_MS,
    ...(modulus !== undefined && { modulus }),
    ...(intervalMinutes !== undefined && { intervalMs: intervalMinutes * MINUTE_MS }),
    ...(one.now !== undefined && { nowMs: msOf(one.now) + shiftMs }),
    replacements: one.events.map(dated).map(({ atMs, values: [finalReading, initialReading] }) => ({
      atMs,
      finalReading: finalReading ?? Number.NaN,
      initialReading: initialReading ?? Number.NaN,
    })),
    unitChanges: one.unitChanges
      .map(dated)
      .map(({ atMs, values: [factor] }) => ({ atMs, factor: factor ?? Number.NaN })),
  };
}
