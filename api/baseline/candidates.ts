/** Candidate models after CalTRACK 2.0 (3.2–3.4): one amount a day, none, one or two slopes, least squares. */
import type { KnownRow } from './rows.ts';
import { type Scale, type Term, termOfRow } from './terms.ts';

export type CandidateKind = 'intercept_only' | 'hdd_only' | 'cdd_only' | 'cdd_hdd' | 'level_only';

/** Amount a day = intercept + Σ slope × term. */
export interface Equation {
  readonly intercept: number;
  readonly slopes: readonly { readonly term: Term; readonly perUnit: number }[];
}

export interface Candidate {
  readonly kind: CandidateKind;
  /** `not-attempted`: too few degree days. `disqualified`: a coefficient is negative (3.4.3.2). */
  readonly status: 'qualified' | 'disqualified' | 'not-attempted';
  readonly equation: Equation;
  readonly rSquaredAdjusted: number;
  /** Weighted sum of squared residuals. */
  readonly residualSquares: number;
}

export interface CandidateOptions {
  /** Bases to try; without a scale the driver itself is the only term. */
  readonly scale: Scale | undefined;
  /** Whole days need 10 days beyond a base (3.2.2.2); billing periods do not. */
  readonly interval: 'daily' | 'billing';
  readonly heating: boolean;
  readonly cooling: boolean;
}

const MINIMUM_DAYS = 10;
/** Below this share of its size the variation of a term, or of two terms apart, is rounding. */
const ROUNDING = 1e-12;

interface Target {
  readonly weights: Float64Array;
  /** Amount a day, less its mean. */
  readonly centred: Float64Array;
  readonly mean: number;
  readonly squares: number;
  /** Whole days: none of them lies below the heating base and above the cooling base. */
  readonly wholeDays: boolean;
}

interface Column {
  readonly term: Term;
  readonly enough: boolean;
  readonly centred: Float64Array;
  readonly mean: number;
  readonly squares: number;
  readonly withTarget: number;
}

function dot(weights: Float64Array, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) {
    sum += (weights[i] ?? 0) * (a[i] ?? 0) * (b[i] ?? 0);
  }
  return sum;
}

function centre(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += (weights[i] ?? 0) * (values[i] ?? 0);
    weight += weights[i] ?? 0;
  }
  const mean = sum / weight;
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) - mean;
  return mean;
}

/** A row counts as many times as it has days with a driver (3.4.2: billing periods are weighted). */
function targetOf(rows: readonly KnownRow[]): Target {
  const weights = Float64Array.from(rows, ({ drivers }) => drivers.length);
  const centred = Float64Array.from(rows, ({ amount, days }) => amount / days);
  const mean = centre(centred, weights);
  const wholeDays = rows.every(({ drivers }) => drivers.length === 1);
  return { weights, centred, mean, squares: dot(weights, centred, centred), wholeDays };
}

function columnOf(
  term: Term,
  rows: readonly KnownRow[],
  context: { readonly target: Target; readonly options: CandidateOptions },
): Column {
  const { weights, centred: target } = context.target;
  const { scale, interval } = context.options;
  const centred = Float64Array.from(rows, ({ drivers }) => termOfRow(term, drivers));
  const total = centred.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  const nonZero = centred.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  const enough =
    total >= (scale?.minimumTotal ?? 0) && (interval === 'billing' || nonZero >= MINIMUM_DAYS);
  const mean = centre(centred, weights);
  const squares = dot(weights, centred, centred);
  return { term, enough, centred, mean, squares, withTarget: dot(weights, centred, target) };
}

/** Σ of the products of two columns; of whole days one of both is always zero before centring. */
function together(a: Column, b: Column, { weights, wholeDays }: Target): number {
  return wholeDays ? -weights.length * a.mean * b.mean : dot(weights, a.centred, b.centred);
}

function varies({ squares, mean, centred }: Column): boolean {
  return squares > ROUNDING * mean * mean * centred.length;
}

/** Solves the normal equations of centred columns: closed form, since there are at most two. */
function slopesOf(columns: readonly Column[], target: Target): number[] | undefined {
  const [a, b] = columns;
  if (!a) return [];
  if (!columns.every(varies)) return undefined;
  if (!b) return [a.withTarget / a.squares];
  const both = together(a, b, target);
  const determinant = a.squares * b.squares - both * both;
  if (!(determinant > ROUNDING * a.squares * b.squares)) return undefined;
  return [
    (a.withTarget * b.squares - b.withTarget * both) / determinant,
    (b.withTarget * a.squares - a.withTarget * both) / determinant,
  ];
}

function candidateOf(kind: CandidateKind, columns: readonly Column[], target: Target): Candidate {
  const slopes = columns.every(({ enough }) => enough) ? slopesOf(columns, target) : undefined;
  const freedom = target.weights.length - 1 - columns.length;
  // As many coefficients as rows fit anything.
  if (!slopes || (columns.length > 0 && freedom < 1)) {
    const equation = { intercept: target.mean, slopes: [] };
    const rest = { rSquaredAdjusted: Number.NaN, residualSquares: target.squares };
    return { kind, status: 'not-attempted', equation, ...rest };
  }
  let intercept = target.mean;
  let explained = 0;
  columns.forEach((column, i) => {
    intercept -= (slopes[i] ?? 0) * column.mean;
    explained += (slopes[i] ?? 0) * column.withTarget;
  });
  const residualSquares = Math.max(0, target.squares - explained);
  const rSquaredAdjusted =
    columns.length === 0
      ? 0
      : 1 - ((target.weights.length - 1) / freedom) * (residualSquares / target.squares);
  const negative = intercept < 0 || slopes.some((slope) => slope < 0);
  return {
    kind,
    status: negative ? 'disqualified' : 'qualified',
    equation: {
      intercept,
      slopes: columns.map(({ term }, i) => ({ term, perUnit: slopes[i] ?? 0 })),
    },
    rSquaredAdjusted,
    residualSquares,
  };
}

/** All candidates in the order of the method: none, heating, cooling, both with heating base ≤ cooling base. */
export function candidatesFor(
  rows: readonly KnownRow[],
  options: CandidateOptions,
): readonly Candidate[] {
  if (rows.length === 0) return [];
  const target = targetOf(rows);
  const column = (term: Term) => columnOf(term, rows, { target, options });
  const single = (kind: CandidateKind) => (own: Column) => candidateOf(kind, [own], target);
  const flat = candidateOf('intercept_only', [], target);
  const { scale } = options;
  if (!scale) return [flat, single('level_only')(column({ kind: 'level' }))];
  const heating = options.heating ? scale.bases.map((base) => column({ kind: 'hdd', base })) : [];
  const cooling = options.cooling ? scale.bases.map((base) => column({ kind: 'cdd', base })) : [];
  const both = cooling.flatMap((cdd, c) =>
    heating.slice(0, c + 1).map((hdd) => candidateOf('cdd_hdd', [cdd, hdd], target)),
  );
  return [flat, ...heating.map(single('hdd_only')), ...cooling.map(single('cdd_only')), ...both];
}
