/** How old a status may be before it says nothing any more, and how months are summed. */
import { describe, expect, test } from 'vitest';
import { stateAt } from '../../../api/live.ts';
import { monthRows } from '../../../api/series.ts';
import { DAY_MS } from '../../../domain/period.ts';
import type { MeterStatus } from '../../../domain/reading.ts';

const NOW = Date.parse('2026-10-20T07:20:00Z');

function state(pollSeconds: number, ageSeconds: number, told: MeterStatus['state'] = 'ok') {
  const status: MeterStatus = { meterId: 'm', atMs: NOW - ageSeconds * 1000, state: told };
  return stateAt({ pollSeconds }, status, NOW).state;
}

describe('the state of a meter', () => {
  test.each([
    [10, 10, 'ok'],
    [10, 60, 'ok'],
    [10, 61, 'late'],
    [10, 180, 'late'],
    [10, 181, 'offline'],
    [60, 180, 'ok'],
    [60, 181, 'late'],
    [60, 541, 'offline'],
  ])('polled every %i s, told ok %i s ago: %s', (pollSeconds, ageSeconds, expected) => {
    expect(state(pollSeconds, ageSeconds)).toBe(expected);
  });

  test('what the collector says holds while it is fresh', () => {
    expect(state(10, 5, 'error')).toBe('error');
    expect(state(10, 5, 'offline')).toBe('offline');
  });

  test('no status at all is unknown', () => {
    expect(stateAt({ pollSeconds: 10 }, undefined, NOW)).toEqual({ state: 'unknown' });
  });
});

describe('months', () => {
  const zone = 'Asia/Shanghai';
  const first = Date.parse('2026-08-31T16:00:00Z');
  const day = (index: number, value: number | null) => ({
    startMs: first + index * DAY_MS,
    value,
    coverage: value === null ? 0 : 1,
    known: value === null ? 0 : 1,
    class: value === null ? ('missing' as const) : ('measured' as const),
  });
  const days = (values: readonly (number | null)[]) => values.map((value, i) => day(i, value));
  const options = { zone, nowMs: NOW };

  test('a whole month of measured days is measured', () => {
    const [month] = monthRows(days(Array(30).fill(2)), options);
    expect(month).toMatchObject({ startMs: first, value: 60, coverage: 1, known: 1 });
    expect(month?.class).toBe('measured');
  });

  test('missing and absent days alike lower what is known and add nothing', () => {
    const missing = monthRows(days([...Array(15).fill(2), ...Array(15).fill(null)]), options);
    const absent = monthRows(days(Array(15).fill(2)), options);
    for (const [month] of [missing, absent]) {
      expect(month).toMatchObject({ value: 30, known: 0.5, class: 'partial' });
    }
  });

  test('nothing known stays null, never 0', () => {
    const [month] = monthRows(days(Array(30).fill(null)), options);
    expect(month).toMatchObject({ value: null, known: 0, class: 'missing' });
  });

  test('the running month is measured against what has passed of it', () => {
    const nowMs = first + 10 * DAY_MS;
    const [month] = monthRows(days(Array(10).fill(2)), { zone, nowMs });
    expect(month).toMatchObject({ value: 20, known: 1, class: 'measured' });
  });
});
