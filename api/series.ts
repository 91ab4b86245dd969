/** Consumption rows as the api answers them. */
import { z } from 'zod';
import { type Amount, CONSUMPTION_CLASSES } from '../domain/consumption.ts';
import { FINDINGS } from '../domain/finding.ts';
import { DAY_MS, RESOLUTIONS, type Resolution, type TimeRange } from '../domain/period.ts';
import { type LocalCalendar, spanMs, spansIn } from '../domain/season.ts';
import { classOf, type PeriodAmount } from './consumption/amounts.ts';
import { invalidRequest } from './problem.ts';

export const resolutionSchema = z.enum(RESOLUTIONS);

/** With `true`, rows as first published; otherwise each as it was last restated. */
export const publishedSchema = z.enum(['true', 'false']).default('false');

export const amountSchema = z.object({
  start: z.iso.datetime(),
  /** `null`: nothing is known. */
  value: z.number().nullable(),
  /** Share of the period covered by measured readings, 0…1. */
  coverage: z.number(),
  /** Share entered by hand. */
  manual: z.number(),
  /** Share estimated. */
  estimated: z.number(),
  /** Share of the period whose amount is known; what is none of the above was interpolated. */
  known: z.number(),
  class: z.enum(CONSUMPTION_CLASSES),
  findings: z.array(
    z.object({ code: z.string(), text: z.object({ zh: z.string(), en: z.string() }) }),
  ),
  /** The rule set the figure was made with. */
  ruleVersion: z.number().int(),
  /** How often the figure was restated since its period was closed. */
  revision: z.number().int(),
});

const LONGEST_DAYS: Readonly<Record<Resolution, number>> = {
  hour: 400,
  day: 4000,
  month: 4000,
  year: 4000,
  season: 4000,
};

/** Local days before and after an instant have years of four digits too. */
const [FIRST_MS, END_MS] = [Date.UTC(1900, 0, 1), Date.UTC(9999, 0, 1)];

export const instantSchema = z.iso
  .datetime({ offset: true, error: 'an ISO 8601 instant such as 2026-10-01T00:00:00+08:00' })
  .transform((text) => Date.parse(text))
  .refine((atMs) => atMs >= FIRST_MS && atMs < END_MS, 'an instant from 1900 to 9998');

/** A half-open range of at most `longestDays`. @throws AppError `request.invalid` */
export function checkRange(
  query: { readonly from: number; readonly to: number },
  longestDays: number,
): TimeRange {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  if (query.to <= query.from) {
    throw invalidRequest([
      { path: 'query.to', expected: `an instant after ${iso(query.from)}`, found: iso(query.to) },
    ]);
  }
  if (query.to - query.from > longestDays * DAY_MS) {
    const days = Math.ceil((query.to - query.from) / DAY_MS);
    throw invalidRequest([
      {
        path: 'query.to',
        expected: `at most ${longestDays} days after 'from'`,
        found: `${days} days`,
      },
    ]);
  }
  return { fromMs: query.from, toMs: query.to };
}

/** The range to read for a resolution: its rows are whole, since half a month is none. */
export function seriesRange(
  query: { readonly from: number; readonly to: number; readonly resolution: Resolution },
  calendar: LocalCalendar,
): TimeRange {
  const { resolution } = query;
  const range = checkRange(query, LONGEST_DAYS[resolution]);
  if (resolution === 'hour' || resolution === 'day') return range;
  const spans = spansIn(range, resolution, calendar);
  return { fromMs: spans[0]?.fromMs ?? range.fromMs, toMs: spans.at(-1)?.toMs ?? range.toMs };
}

/** Of a period that still runs, what lies ahead is not missing, only not yet there. */
function sharesOf(row: Amount, { calendar, nowMs }: AmountOptions): PeriodAmount {
  const { resolution, startMs, value, coverage, manual, estimated, known } = row;
  const lengthMs = spanMs(startMs, resolution, calendar);
  const elapsedMs = Math.max(1, nowMs - startMs);
  if (elapsedMs >= lengthMs) return row;
  const ofElapsed = (share: number) => Math.min(1, (share * lengthMs) / elapsedMs);
  return {
    value,
    coverage: ofElapsed(coverage),
    manual: ofElapsed(manual),
    estimated: ofElapsed(estimated),
    known: ofElapsed(known),
  };
}

export interface AmountOptions {
  readonly calendar: LocalCalendar;
  readonly nowMs: number;
}

export function amountOf(row: Amount, options: AmountOptions): z.input<typeof amountSchema> {
  const shares = sharesOf(row, options);
  const { value, coverage, manual, estimated, known } = shares;
  return {
    start: new Date(row.startMs).toISOString(),
    value,
    coverage,
    manual,
    estimated,
    known,
    class: classOf(shares),
    findings: row.flags.map((code) => {
      const { zh, en } = FINDINGS[code];
      return { code, text: { zh, en } };
    }),
    ruleVersion: row.ruleVersion,
    revision: row.revision,
  };
}
