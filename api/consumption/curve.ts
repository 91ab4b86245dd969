/**
 * The corrected cumulative curve V*(t) of one quantity of one meter: it never falls, bridges gaps,
 * leaves out what cannot be known. Every amount of every period is V*(b) − V*(a).
 */
import type {
  CounterReading,
  CurveInput,
  IntervalAmount,
  ManualReading,
} from '../../domain/reading.ts';
import { byTime, registerCurve } from './register.ts';
import { addLayers } from './rules/layers.ts';
import { toSeries, withManual } from './rules/order.ts';
import { stuckFindings } from './rules/stuck.ts';
import { inFirstUnit } from './rules/units.ts';
import type { CurveFinding, CurveRules } from './rules.ts';
import type { Segments } from './segments.ts';

export interface Curve {
  /** Where there is none, nothing is known. */
  readonly segments: Segments;
  /** By the start of the stretch they are about. */
  readonly findings: readonly CurveFinding[];
}

const NOTHING = { atMs: [], value: [] };

/** Readings by hand matter where no interval meter counted. */
function manualOutside(
  manual: readonly ManualReading[],
  intervals: readonly IntervalAmount[],
): readonly ManualReading[] {
  const own = intervals.filter(({ origin }) => origin === 'interval');
  if (own.length === 0) return manual;
  return manual.filter(({ atMs }) => !own.some(({ fromMs, toMs }) => fromMs < atMs && atMs < toMs));
}

function inputOf(input: CurveInput | readonly CounterReading[]): CurveInput {
  if (!('length' in input)) return input;
  return {
    registers: { atMs: input.map(({ atMs }) => atMs), value: input.map(({ value }) => value) },
  };
}

/** Builds the curve. Pure: the result does not depend on the order in which readings arrived. */
export function buildCurve(
  input: CurveInput | readonly CounterReading[],
  rules: CurveRules,
): Curve {
  const { registers = NOTHING, intervals = [], manual = [], power } = inputOf(input);
  const read = toSeries(registers, rules);
  const ordered = withManual(read, manualOutside(manual, intervals), rules);
  const register = registerCurve(inFirstUnit(ordered.series, rules), rules);
  const layered = addLayers(register, { intervals, ...(power && { power }) }, rules);
  const findings = [
    ...ordered.findings,
    ...layered.findings,
    ...stuckFindings(layered.segments, rules),
  ].sort(byTime);
  return { segments: layered.segments, findings };
}
