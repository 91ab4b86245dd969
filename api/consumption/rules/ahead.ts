/** Rule 3, looking ahead: what the readings after a suspect one say about it, within a bounded time. */
import { HOUR_MS } from '../../../domain/period.ts';
import type { CurveRules } from '../rules.ts';
import { pointAt, type Series } from './order.ts';
import { continues, type Point } from './rate.ts';

/** How far ahead a reading may still explain a suspect run as a transient. */
const TRANSIENT_MS = 6 * HOUR_MS;
/** A register that shows nothing but 0 says nothing: a night and a day of it may be a fault. */
const ZERO_RUN_MS = 24 * HOUR_MS;

export interface Ahead {
  /** First reading that continues from the base. */
  readonly returns?: number;
  /** The same, and it does not continue from the readings before it: the run in between was false. */
  readonly returnsByJump?: number;
  /** The readings after the suspect one climb on from it. */
  readonly climbs: boolean;
  /** There is a right-hand bracket: something climbs again, or the time for a return has passed. */
  readonly isSettled: boolean;
}

/** What follows the suspect reading at `index`, seen from the base before it. */
export function lookAhead(series: Series, index: number, base: Point, rules: CurveRules): Ahead {
  const suspect = pointAt(series, index);
  let returns: number | undefined;
  let isRun = true;
  let isZero = suspect.value === 0;
  let climbs = false;
  let isSettled = false;
  let before = suspect;
  for (let i = index + 1; i < series.atMs.length; i += 1) {
    const at = pointAt(series, i);
    const isLate = at.atMs - suspect.atMs > (isZero ? ZERO_RUN_MS : TRANSIENT_MS);
    if (isLate) return { ...(returns === undefined ? {} : { returns }), climbs, isSettled: true };
    const follows = continues(before, at, rules);
    if (continues(base, at, rules)) {
      returns ??= i;
      // From zeros anything is a jump, however young the register.
      if (!follows || isZero) return { returns, returnsByJump: i, climbs, isSettled: true };
    }
    isRun &&= follows;
    isZero &&= at.value === 0;
    climbs ||= isRun && at.value > suspect.value;
    isSettled ||= follows && at.value > before.value;
    before = at;
  }
  return { ...(returns === undefined ? {} : { returns }), climbs, isSettled };
}
