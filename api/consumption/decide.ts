/** Rules 3 and 4: the hypotheses in their order, for a reading that does not simply continue. */
import type { Ahead } from './rules/ahead.ts';
import { isRatherSpike, isReset, spikesBefore, wrapOf } from './rules/falls.ts';
import { pointAt } from './rules/order.ts';
import { staleRun } from './rules/rises.ts';
import { isExactUnitRatio, isUnitRatio } from './rules/units.ts';
import { isOff } from './rules.ts';
import { accept, cut, discardRun, find, leaveOpen, takeBack, type Walk } from './steps.ts';
import { INTERPOLATED, pointOf } from './track.ts';

/** Rule 3 for a fall beyond jitter; returns the index of the next reading to look at. */
export function decideFall(walk: Walk, index: number, ahead: Ahead): number {
  const { series, rules, track } = walk;
  const base = pointOf(track);
  const at = pointAt(series, index);
  const wrap = ahead.returnsByJump === undefined ? wrapOf(base, at, rules) : 'no';
  if (wrap === 'wrapped') {
    find(walk, 'rollover', [base, at]);
    accept(walk, index, at.value, (rules.modulus ?? 0) - base.value + at.value);
    return index + 1;
  }
  if (wrap === 'ambiguous') return cut(walk, 'break', index, { ...ahead, climbs: false });

  const spikes = spikesBefore(track, at, rules);
  if (
    ahead.returnsByJump === undefined &&
    !isExactUnitRatio(base, at, rules) &&
    isReset(series, index, track, rules) &&
    !(spikes > 0 && isRatherSpike(track, at, spikes))
  ) {
    // A value that stands still may be a fault that has not ended; zero above all.
    const isBracketed = ahead.isSettled || !walk.isOpen;
    if (!isBracketed) return leaveOpen(walk, 'reset', index);
    find(walk, 'reset', [base, at]);
    accept(walk, index, at.value, at.value);
    return index + 1;
  }

  const { returns } = ahead;
  // Fewest samples: one low reading rather than two high ones before it.
  if (spikes > 0 && !(spikes === 2 && returns === index + 1)) {
    const taken = takeBack(walk, spikes);
    const earlier = pointOf(track);
    find(walk, 'spike_rejected', [earlier, ...taken, at]);
    const value = Math.max(earlier.value, at.value);
    accept(walk, index, value, value - earlier.value);
    return index + 1;
  }
  if (returns !== undefined && !isOff(rules, 'transient'))
    return discardRun(walk, 'transient_rejected', index, returns);
  const code = isUnitRatio(base, at, rules) ? 'unit_change_suspected' : 'break';
  if (walk.isOpen && !ahead.isSettled) return leaveOpen(walk, code, index);
  return cut(walk, code, index, ahead);
}

/** Rules 3 and 4 for a rise beyond the rating; returns the index of the next reading to look at. */
export function decideRise(walk: Walk, index: number, ahead: Ahead): number {
  const { series, rules, track } = walk;
  const base = pointOf(track);
  const at = pointAt(series, index);
  const mayReturn = !isOff(rules, 'transient');
  if (ahead.returnsByJump !== undefined && mayReturn)
    return discardRun(walk, 'spike_rejected', index, ahead.returnsByJump);
  const isUnit = isUnitRatio(base, at, rules);
  const stale = isUnit ? undefined : staleRun(track, at, rules);
  if (stale !== undefined) {
    takeBack(walk, stale);
    const first = pointOf(track);
    find(walk, 'stale_catch_up', [first, base, at]);
    accept(walk, index, at.value, at.value - first.value);
    track.kind[track.length - 1] = INTERPOLATED;
    return index + 1;
  }
  if (ahead.returns !== undefined && mayReturn)
    return discardRun(walk, 'spike_rejected', index, ahead.returns);
  const code = isUnit ? 'unit_change_suspected' : 'implausible_jump';
  if (walk.isOpen && !ahead.isSettled) return leaveOpen(walk, code, index);
  return cut(walk, code, index, ahead);
}
