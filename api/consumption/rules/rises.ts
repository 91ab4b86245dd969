/** Rule 4: a rise beyond the rating that a register read from a stale cache explains. */
import { HOUR_MS } from '../../../domain/period.ts';
import { type CurveRules, isOff } from '../rules.ts';
import { pointOf, START, type Track } from '../track.ts';
import { continues, type Point } from './rate.ts';

/** A stale cache is looked back on for at most this long. */
export const STALE_MS = 24 * HOUR_MS;

/**
 * How many points to take back to the start of the constant run before the base, if the rise is
 * possible over that run. A run of zeros is no cache of anything: it was never a reading.
 */
export function staleRun(track: Track, at: Point, rules: CurveRules): number | undefined {
  const base = pointOf(track);
  if (isOff(rules, 'stale') || base.value === 0) return undefined;
  let back = 0;
  for (;;) {
    const newest = track.length - 1 - back;
    if (newest < 1 || track.kind[newest] === START) break;
    const earlier = pointOf(track, back + 1);
    if (earlier.value !== base.value || at.atMs - earlier.atMs > STALE_MS) break;
    back += 1;
  }
  return back > 0 && continues(pointOf(track, back), at, rules) ? back : undefined;
}
