/** A case of the rule set in one line: readings by the minute in, hours and findings out. */
import { amountsBetween, type PeriodAmount } from '../../../../api/consumption/amounts.ts';
import { buildCurve, type Curve } from '../../../../api/consumption/curve.ts';
import type { CurveRules, RuleName } from '../../../../api/consumption/rules.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { CounterColumns, CurveInput } from '../../../../domain/reading.ts';

export const MINUTE_MS = 60_000;

/** [minute, register]. */
export type Minutes = readonly (readonly [number, number])[];

export interface Case {
  readonly name: string;
  readonly readings: Minutes;
  readonly rules?: Partial<CurveRules>;
  /** Further input, in milliseconds. */
  readonly input?: CurveInput;
  /** From minute 0 on; `null` where nothing is known. */
  readonly hours: readonly (number | null)[];
  /** Measured share of each hour. */
  readonly coverage?: readonly number[];
  readonly codes: readonly string[];
}

/** As the published vectors are meant: polls every 15 minutes, 100 an hour at most. */
export const CASE_RULES: CurveRules = {
  gapMs: 38 * MINUTE_MS,
  maxPerHour: 100,
  resolution: 0.1,
  replacements: [],
};

export function columns(readings: Minutes): CounterColumns {
  return {
    atMs: readings.map(([minute]) => minute * MINUTE_MS),
    value: readings.map(([, value]) => value),
  };
}

/** `count` polls from a minute on, `step` more each time. */
export function climb(options: {
  from: number;
  count: number;
  start: number;
  step: number;
  everyMinutes?: number;
}): Minutes {
  const { from, count, start, step, everyMinutes = 15 } = options;
  return Array.from({ length: count }, (_, i) => [from + i * everyMinutes, start + i * step]);
}

export interface Outcome {
  readonly curve: Curve;
  readonly amounts: readonly PeriodAmount[];
  readonly hours: readonly (number | null)[];
  readonly coverage: readonly number[];
  readonly codes: readonly string[];
}

/** Gap and conflict never change a figure that another rule makes; cases name them where they matter. */
const NOTES = ['gap', 'conflict'];

export function outcomeOf(one: Case, without?: RuleName): Outcome {
  const rules = {
    ...CASE_RULES,
    ...one.rules,
    ...(without === undefined ? {} : { without: new Set([without]) }),
  };
  const curve = buildCurve({ registers: columns(one.readings), ...one.input }, rules);
  const bounds = Array.from({ length: one.hours.length + 1 }, (_, hour) => hour * HOUR_MS);
  const amounts = amountsBetween(curve, bounds, rules.without);
  const named = one.codes.some((code) => NOTES.includes(code)) ? [] : NOTES;
  return {
    curve,
    amounts,
    hours: amounts.map(({ value }) => (value === null ? null : Number(value.toFixed(6)))),
    coverage: amounts.map(({ coverage }) => Number(coverage.toFixed(3))),
    codes: curve.findings.map(({ code }) => code).filter((code) => !named.includes(code)),
  };
}

/** What of an outcome a case speaks about. */
export function spokenOf(one: Case, { hours, coverage, codes }: Outcome) {
  return { hours, codes, ...(one.coverage && { coverage }) };
}

export function expectedOf({ hours, coverage, codes }: Case) {
  return { hours, codes, ...(coverage && { coverage }) };
}
