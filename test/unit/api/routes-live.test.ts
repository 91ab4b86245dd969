/** How old a status may be before it says nothing any more, and what of a running period counts. */
import { describe, expect, test } from 'vitest';
import { stateAt } from '../../../api/live.ts';
import { amountOf } from '../../../api/series.ts';
import type { Amount } from '../../../domain/consumption.ts';
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

describe('a period that still runs', () => {
  const calendar = { zone: 'Asia/Shanghai', heatingSeason: { from: '10-15', to: '04-15' } };
  const startMs = Date.parse('2026-08-31T16:00:00Z');
  const third: Amount = {
    resolution: 'month',
    startMs,
    value: 20,
    coverage: 1 / 3,
    manual: 0,
    estimated: 0,
    known: 1 / 3,
    class: 'partial',
    flags: [],
    ruleVersion: 1,
    revision: 0,
  };

  test('is measured against what has passed of it', () => {
    const nowMs = startMs + 10 * DAY_MS;
    expect(amountOf(third, { calendar, nowMs })).toMatchObject({
      value: 20,
      coverage: 1,
      known: 1,
      class: 'measured',
    });
  });

  test('is partial when a part of what has passed is unknown', () => {
    const nowMs = startMs + 20 * DAY_MS;
    const half = amountOf(third, { calendar, nowMs });
    expect(half.known).toBeCloseTo(0.5, 9);
    expect(half.class).toBe('partial');
  });

  test('once over is measured against the whole', () => {
    expect(amountOf(third, { calendar, nowMs: NOW })).toMatchObject({ known: 1 / 3 });
  });

  test('of which nothing is known stays null, never 0', () => {
    const nothing = { ...third, value: null, coverage: 0, known: 0 };
    expect(amountOf(nothing, { calendar, nowMs: NOW })).toMatchObject({
      value: null,
      class: 'missing',
    });
  });
});
