/** Rule 3e, units: a register that was read in Wh, kWh or MWh from one reading to the next. */
import type { CurveFinding, CurveRules } from '../rules.ts';
import { isOff } from '../rules.ts';
import type { Series } from './order.ts';
import { continues, type Point } from './rate.ts';

const FACTORS = [10, 100, 1000] as const;
const RATIO_TOLERANCE = 0.001;

/** Whether two readings are 10, 100 or 1000 times each other, within 0.1 %. */
export function isUnitRatio(from: Point, to: Point, rules: CurveRules): boolean {
  if (isOff(rules, 'unit-change')) return false;
  const low = Math.min(from.value, to.value);
  const high = Math.max(from.value, to.value);
  return FACTORS.some((factor) => Math.abs(high - low * factor) <= RATIO_TOLERANCE * high);
}

/** The same where digits suffice to tell: a reset register of few digits hits such ratios by chance. */
export function isExactUnitRatio(from: Point, to: Point, rules: CurveRules): boolean {
  const isExact = Math.min(from.value, to.value) * RATIO_TOLERANCE >= rules.resolution;
  return isExact && isUnitRatio(from, to, rules);
}

/** Confirmed changes: brings later readings back to the first unit. */
export function inFirstUnit(series: Series, rules: CurveRules): Series {
  const changes = rules.unitChanges ?? [];
  if (changes.length === 0) return series;
  const value = series.value.map((read, index) =>
    changes.reduce(
      (scaled, { atMs, factor }) => ((series.atMs[index] ?? 0) >= atMs ? scaled * factor : scaled),
      read,
    ),
  );
  return { ...series, value };
}

/** After a change to a coarser unit the last digit is worth more. */
export function inUnitsUntil(rules: CurveRules, untilMs: number): CurveRules {
  const { unitChanges = [], resolution } = rules;
  const changes = unitChanges.filter(({ atMs }) => atMs < untilMs);
  if (changes.length === 0) return rules;
  let factor = 1;
  let coarsest = 1;
  for (const change of changes.toSorted((a, b) => a.atMs - b.atMs)) {
    factor *= change.factor;
    coarsest = Math.max(coarsest, factor);
  }
  return { ...rules, resolution: resolution * coarsest };
}

/** Findings at which the register jumped, to what may be its former unit. */
const JUMPS: readonly CurveFinding['code'][] = [
  'unit_change_suspected',
  'break',
  'implausible_jump',
  'reset',
];

/** The first jump back to where the register was when its unit was first suspected. */
export function returnOf(
  suspicion: CurveFinding,
  later: readonly CurveFinding[],
  rules: CurveRules,
): Point | undefined {
  const [base] = suspicion.evidence;
  if (base === undefined) return undefined;
  for (const { code, evidence } of later) {
    const from = evidence[0];
    const to = evidence.at(-1);
    if (from === undefined || to === undefined || !JUMPS.includes(code)) continue;
    const isNearer = Math.abs(to.value - base.value) < Math.abs(to.value - from.value);
    if (isNearer && continues(base, to, rules)) return to;
  }
  return undefined;
}
