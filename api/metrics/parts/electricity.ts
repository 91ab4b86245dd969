/** Electricity as a building uses it: from the grid, and of its own generation what did not go there. */
import type { AgencyConsumption } from '../../../domain/consumption.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { carrierTotal, exportTotal } from './energy.ts';
import { insufficient, NO_DATA, tooLittle } from './terms.ts';

/** A sum of figures with signs; one that is not known leaves none. */
function signedSum(figures: readonly (readonly [sign: 1 | -1, of: MetricOutcome])[]) {
  const terms = figures.flatMap(([, of]) => of.terms);
  const missing = figures.find(([, of]) => of.value === null);
  if (missing) return { ...missing[1], terms };
  return {
    value: figures.reduce((sum, [sign, of]) => sum + sign * (of.value ?? 0), 0),
    completeness: Math.min(...figures.map(([, of]) => of.completeness)),
    terms,
    reasons: [],
  };
}

/** Own generation less what was fed into the grid; no value without a meter of it. */
export function selfUsed(input: MetricInput): MetricOutcome {
  const exported = exportTotal(input);
  return signedSum([
    [1, carrierTotal(input, 'solar')],
    ...(exported ? ([[-1, exported]] as const) : []),
  ]);
}

/** Purchased electricity and, where there is a photovoltaic system, what was used of its own. */
export function electricityUsed(input: MetricInput): MetricOutcome {
  const grid = carrierTotal(input, 'electricity');
  if (input.total('solar') === undefined) return grid;
  return signedSum([
    [1, grid],
    [1, selfUsed(input)],
  ]);
}

export const NOTHING_USED = { zh: '本期没有用电', en: 'no electricity was used' };

export interface HourLoad {
  readonly startMs: number;
  /** kWh of the hour, which is its mean kW. */
  readonly kwh: number;
}

/** By the rows they are of: several metrics ask for the same ones. */
const known = new WeakMap<readonly AgencyConsumption[], readonly HourLoad[]>();

/** Hours that were measured; one whose shape is a guess says nothing about when it was used. */
function measured(rows: readonly AgencyConsumption[]): readonly HourLoad[] {
  const found = known.get(rows);
  if (found) return found;
  const hours: HourLoad[] = [];
  for (const { startMs, value, coverage } of rows) {
    if (value !== null && coverage >= MIN_KNOWN) hours.push({ startMs, kwh: value });
  }
  known.set(rows, hours);
  return hours;
}

function byStart(rows: readonly AgencyConsumption[]): Map<number, number> {
  return new Map(measured(rows).map(({ startMs, kwh }) => [startMs, kwh]));
}

export interface HourLoads extends Pick<MetricOutcome, 'completeness'> {
  /** Empty when less than 90 % of the hours are measured; `why` says so then. */
  readonly hours: readonly HourLoad[];
  readonly why: MetricOutcome | undefined;
}

function loadsOf(input: MetricInput, hours: readonly HourLoad[], any: boolean): HourLoads {
  if (!any) return { hours: [], completeness: 0, why: insufficient(NO_DATA) };
  const completeness = hours.length / input.elapsedHours;
  if (completeness >= MIN_KNOWN) return { hours, completeness, why: undefined };
  return { hours: [], completeness, why: insufficient(tooLittle(completeness), [], completeness) };
}

/** Hours of purchased electricity: what the grid sees. */
export function gridHours(input: MetricInput): HourLoads {
  const rows = input.hours('electricity');
  return loadsOf(input, measured(rows), rows.length > 0);
}

/** Hours of what the building used; with a photovoltaic system all three meters must know the hour. */
export function usedHours(input: MetricInput): HourLoads {
  if (input.total('solar') === undefined) return gridHours(input);
  const rows = input.hours('electricity');
  const solar = byStart(input.hours('solar'));
  const exported = byStart(input.hours('electricity', 'export'));
  const exports = input.total('electricity', 'export') !== undefined;
  const hours = measured(rows).flatMap(({ startMs, kwh: bought }) => {
    const own = solar.get(startMs);
    const out = exports ? exported.get(startMs) : 0;
    return own === undefined || out === undefined ? [] : [{ startMs, kwh: bought + own - out }];
  });
  return loadsOf(input, hours, rows.length > 0);
}
