/** When nights make a leak, what it loses, and when it is over. */
import { describe, expect, it } from 'vitest';
import { type EpisodeOptions, findEpisodes } from '../../../../api/water/episodes.ts';
import type { Night } from '../../../../api/water/nights.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';

const FIRST_MS = Date.parse('2026-03-01T02:00:00+08:00');

/** Nights with these least flows; the day's mean is 1 m³/h more unless said. */
function nightsOf(least: readonly (number | undefined)[], above = 1): Night[] {
  return least.map((leastM3PerHour, day) => {
    const fromMs = FIRST_MS + day * DAY_MS;
    return {
      date: new Date(fromMs + 8 * HOUR_MS).toISOString().slice(0, 10),
      fromMs,
      toMs: fromMs + 3 * HOUR_MS,
      leastM3PerHour,
      meanM3PerHour: leastM3PerHour === undefined ? undefined : leastM3PerHour + above,
      stopped: leastM3PerHour === undefined ? undefined : leastM3PerHour === 0,
    };
  });
}

const fill = (count: number, value: number | undefined) => Array<typeof value>(count).fill(value);
const FINE: EpisodeOptions = { resolutionM3: 0.001 };
const find = (least: readonly (number | undefined)[], options = FINE) =>
  findEpisodes(nightsOf(least), options);

describe('a leak', () => {
  it('is suspected on the third night, and counts from the first', () => {
    const [leak, ...others] = find([...fill(14, 0.05), ...fill(5, 0.55)]);
    expect(others).toEqual([]);
    // 0.55 is above a quarter of the mean, 1.05; 0.05 is usual: 0.5 m³/h runs away for 5 days.
    expect(leak).toMatchObject({
      fromMs: FIRST_MS + 14 * DAY_MS,
      detectedMs: FIRST_MS + 16 * DAY_MS + 3 * HOUR_MS,
      open: true,
      judgedNights: 5,
      nights: 5,
      usualM3PerHour: 0.05,
      neverStops: true,
    });
    expect(leak?.flowM3PerHour).toBeCloseTo(0.5, 12);
    expect(leak?.lostM3).toBeCloseTo(0.5 * 24 * 5, 9);
    expect(leak?.nightToMean).toBeCloseTo(0.55 / 1.55, 9);
    expect(leak?.step?.riseM3PerHour).toBeCloseTo(0.5, 12);
  });

  it('is not suspected after two nights, nor from a flow below a quarter of the mean', () => {
    expect(find([...fill(14, 0.05), ...fill(2, 0.55), ...fill(5, 0.05)])).toEqual([]);
    expect(find(fill(30, 0.3))).toEqual([]);
    // Control: a little more than a quarter of the mean is.
    expect(find(fill(30, 0.35))).toHaveLength(1);
  });

  it('is over with the first of three quiet nights; one quiet night ends nothing', () => {
    const runs = [...fill(14, 0), ...fill(4, 0.5), 0, ...fill(3, 0.5), ...fill(3, 0)];
    const [leak, ...others] = find(runs);
    expect(others).toEqual([]);
    expect(leak).toMatchObject({ open: false, toMs: FIRST_MS + 22 * DAY_MS, judgedNights: 7 });
    expect(find([...runs, ...fill(14, 0), ...fill(3, 0.5)])).toHaveLength(2);
  });

  it('says how many nights it knows; nights without data neither end it nor add to it', () => {
    const [leak] = find([...fill(14, 0), 0.5, undefined, 0.5, undefined, 0.5]);
    expect(leak).toMatchObject({ judgedNights: 3, nights: 5, open: true });
    expect(leak?.lostM3).toBeCloseTo(0.5 * 24 * 3, 9);
  });

  it('needs a week of days to be judged by', () => {
    expect(find(fill(9, 0.5))).toEqual([]);
    const [leak] = find(fill(10, 0.5));
    // What is usual is not known when it runs since the first reading.
    expect(leak).toMatchObject({ usualM3PerHour: null, flowM3PerHour: 0.5, step: null });
  });

  it('is not seen below one step of the register an hour, and zero hours mean nothing there', () => {
    const nights = nightsOf([...fill(14, 0), ...fill(5, 0.009)], 0);
    expect(findEpisodes(nights, { resolutionM3: 0.01 })).toEqual([]);
    // Control: a finer register sees the same flow.
    expect(findEpisodes(nights, FINE)).toHaveLength(1);
    const coarse = find([...fill(14, 0.05), ...fill(5, 0.55)], { resolutionM3: 0.01 });
    expect(coarse[0]?.neverStops).toBeNull();
  });

  it('is not what a schedule allows, and is what runs beyond it', () => {
    const trickle = [...fill(14, 0), ...fill(10, 0.5)];
    const unjudged = { ...FINE, allowedM3PerHour: () => undefined };
    expect(find(trickle, unjudged)).toEqual([]);
    expect(find(trickle, { ...FINE, allowedM3PerHour: () => 0.5 })).toEqual([]);
    const [leak] = find(trickle, { ...FINE, allowedM3PerHour: () => 0.1 });
    expect(leak?.flowM3PerHour).toBeCloseTo(0.4, 12);
  });
});
