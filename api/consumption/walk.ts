/** Walks the readings of one physical meter in order; what simply continues is accepted at once. */
import { decideFall, decideRise } from './decide.ts';
import { lookAhead } from './rules/ahead.ts';
import { isJitter } from './rules/falls.ts';
import { jitterTolerance, mostIn } from './rules/rate.ts';
import { accept, find, start, type Walk } from './steps.ts';
import { pointOf } from './track.ts';

/** Walks on until a reading after `stopMs` that is at least the `least`th. */
export function walkOn(walk: Walk, stopMs: number, least: number): void {
  const { series, rules, track } = walk;
  const { atMs, value } = series;
  const count = atMs.length;
  let index = 0;
  while (index < count) {
    const at = atMs[index] ?? 0;
    if (at >= stopMs && index >= least) return;
    const newest = track.length - 1;
    if (newest < 0) {
      start(walk, index);
      index += 1;
      continue;
    }
    const baseValue = track.value[newest] ?? 0;
    const baseMs = track.atMs[newest] ?? 0;
    const read = value[index] ?? 0;
    const rise = read - baseValue;
    const tolerance = jitterTolerance(baseValue, rules);
    if (rise >= 0 && rise <= mostIn(at - baseMs, rules) + tolerance) {
      accept(walk, index, read, rise);
      index += 1;
      continue;
    }
    const base = pointOf(track);
    const point = { atMs: at, value: read };
    if (rise < 0 && isJitter(base, point, rules)) {
      find(walk, 'jitter', [base, point]);
      accept(walk, index, baseValue, 0);
      index += 1;
      continue;
    }
    const ahead = lookAhead(series, index, base, rules);
    index = rise < 0 ? decideFall(walk, index, ahead) : decideRise(walk, index, ahead);
  }
}
