/** A fitted baseline: which equation holds on which days, how well, and what it was fitted to; plain data. */
import { isWorkday } from '../../domain/calendar.ts';
import {
  type Candidate,
  type CandidateOptions,
  candidatesFor,
  type Equation,
} from './candidates.ts';
import { bicOf, type Choice, choose, STRONG_EVIDENCE } from './choose.ts';
import { type FitQuality, qualityOf } from './quality.ts';
import { isKnown, type KnownRow, type Row } from './rows.ts';
import { termOfRow } from './terms.ts';

export type DayType = 'all' | 'workday' | 'day-off';

/** The days an equation holds for. */
export interface Segment {
  readonly dayType: DayType;
  readonly equation: Equation;
  readonly rSquaredAdjusted: number;
  readonly rows: number;
}

export interface BaselineModel {
  readonly interval: 'daily' | 'billing';
  /** One for all days, or one each for working days and days off. */
  readonly segments: readonly Segment[];
  readonly quality: FitQuality;
  /** First and last row fitted. */
  readonly fromDate: string;
  readonly toDate: string;
  /** Lowest and highest daily driver that was fitted to; beyond it the model extrapolates. */
  readonly driverRange: { readonly min: number; readonly max: number };
}

export interface FitOptions extends CandidateOptions {
  readonly choice: Choice;
  /** Working days and days off may have equations of their own when that is clearly better. */
  readonly splitDayTypes: boolean;
}

export interface FitResult {
  readonly model: BaselineModel | undefined;
  /** Every candidate of all days together, in the order of the method. */
  readonly candidates: readonly Candidate[];
}

/** Working days have the shifted weekends (调休) in them. */
function dayTypeOf(date: string): Exclude<DayType, 'all'> {
  return isWorkday(date) ? 'workday' : 'day-off';
}

/** What an equation tells of a row. */
function toldBy(equation: Equation, row: Pick<Row, 'days' | 'drivers'>): number {
  const daily = equation.slopes.reduce(
    (sum, { term, perUnit }) => sum + perUnit * termOfRow(term, row.drivers),
    equation.intercept,
  );
  return daily * row.days;
}

/** What the model tells of a row; `undefined` without its driver. */
export function predict(model: BaselineModel, row: Row): number | undefined {
  if (row.drivers.length === 0) return undefined;
  const segment = model.segments.find(
    ({ dayType }) => dayType === 'all' || dayType === dayTypeOf(row.date),
  );
  return segment && toldBy(segment.equation, row);
}

function modelOf(
  rows: readonly KnownRow[],
  segments: readonly Segment[],
  interval: BaselineModel['interval'],
): BaselineModel | undefined {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  // Slopes are the parameters of the method; further intercepts of a split model count like them.
  const parameters = segments.reduce((sum, { equation }) => sum + equation.slopes.length + 1, -1);
  const bare = { interval, segments, fromDate: first.date, toDate: last.date };
  const drivers = rows.flatMap((row) => row.drivers);
  const driverRange = {
    min: drivers.reduce((a, b) => Math.min(a, b)),
    max: drivers.reduce((a, b) => Math.max(a, b)),
  };
  const equationOf = new Map(segments.map(({ dayType, equation }) => [dayType, equation]));
  const told = rows.map((row) => {
    const equation = equationOf.get('all') ?? equationOf.get(dayTypeOf(row.date));
    return equation ? toldBy(equation, row) : Number.NaN;
  });
  const measured = rows.map(({ amount }) => amount);
  return { ...bare, driverRange, quality: qualityOf(measured, told, parameters) };
}

function segmentOf(dayType: DayType, chosen: Candidate, rows: number): Segment {
  const { equation, rSquaredAdjusted } = chosen;
  return { dayType, equation, rSquaredAdjusted, rows };
}

/** Equations of their own for working days and days off, when together they lower the BIC by more than six. */
function splitSegments(
  rows: readonly KnownRow[],
  whole: Candidate,
  options: FitOptions,
): Segment[] | undefined {
  const parts = (['workday', 'day-off'] as const).map((dayType) => {
    const own = rows.filter(({ date }) => dayTypeOf(date) === dayType);
    return {
      dayType,
      own,
      chosen: choose(candidatesFor(own, options), options.choice, own.length),
    };
  });
  const segments = parts.flatMap(({ dayType, own, chosen }) =>
    chosen ? [segmentOf(dayType, chosen, own.length)] : [],
  );
  if (segments.length < parts.length) return undefined;
  const residualSquares = parts.reduce(
    (sum, { chosen }) => sum + (chosen?.residualSquares ?? 0),
    0,
  );
  const slopes = parts.flatMap(({ chosen }) => chosen?.equation.slopes ?? []);
  const together = bicOf({ residualSquares, equation: { intercept: 0, slopes } }, rows.length);
  // The second intercept is one parameter more.
  const gain = bicOf(whole, rows.length) - (together + Math.log(rows.length));
  return gain > STRONG_EVIDENCE ? segments : undefined;
}

/** Fits the rows that are known; there is no model without rows or when no candidate qualifies. */
export function fitRows(rows: readonly Row[], options: FitOptions): FitResult {
  const known = rows.filter(isKnown);
  const candidates = candidatesFor(known, options);
  const chosen = choose(candidates, options.choice, known.length);
  if (!chosen) return { model: undefined, candidates };
  const split = options.splitDayTypes ? splitSegments(known, chosen, options) : undefined;
  const segments = split ?? [segmentOf('all', chosen, known.length)];
  return { model: modelOf(known, segments, options.interval), candidates };
}
