/** Time is cut by the rules of the zone, half-open, never with a constant offset. */
import { describe, expect, it } from 'vitest';
import { inHeatingSeason, isWorkday } from '../../../domain/calendar.ts';
import {
  daysIn,
  isWholeHourZone,
  localDate,
  localHour,
  parsePeriod,
  previousPeriod,
} from '../../../domain/period.ts';

const ZONE = 'Asia/Shanghai';

describe('period', () => {
  it('cuts months and years at local midnight', () => {
    expect(parsePeriod('2026-10', ZONE)).toMatchObject({
      kind: 'month',
      fromMs: Date.parse('2026-09-30T16:00:00Z'),
      toMs: Date.parse('2026-10-31T16:00:00Z'),
    });
    expect(parsePeriod('2024', ZONE)?.kind).toBe('year');
    expect(parsePeriod('2026-13', ZONE)).toBeUndefined();
    expect(parsePeriod('2026-02-30', ZONE)).toBeUndefined();
    expect(parsePeriod('last week', ZONE)).toBeUndefined();
  });

  it('knows days of 23 and 25 hours where clocks change', () => {
    const march = parsePeriod('2026-03-29', 'Europe/Berlin');
    const october = parsePeriod('2026-10-25', 'Europe/Berlin');
    expect(((march?.toMs ?? 0) - (march?.fromMs ?? 0)) / 3_600_000).toBe(23);
    expect(((october?.toMs ?? 0) - (october?.fromMs ?? 0)) / 3_600_000).toBe(25);
  });

  it('finds the local date and hour on both sides of midnight', () => {
    expect(localDate(Date.parse('2026-10-05T15:59:59.999Z'), ZONE)).toBe('2026-10-05');
    expect(localDate(Date.parse('2026-10-05T16:00:00Z'), ZONE)).toBe('2026-10-06');
    expect(localHour(Date.parse('2026-10-05T18:30:00Z'), ZONE)).toBe(2);
  });

  it('steps back a period', () => {
    const january = parsePeriod('2026-01', ZONE);
    expect(january && previousPeriod(january, ZONE).id).toBe('2025-12');
  });

  it('lists the days that touch a range', () => {
    const year = parsePeriod('2024', ZONE);
    expect(year && daysIn(year, ZONE)).toHaveLength(366);
  });

  it('refuses zones that hour rows cannot be cut in', () => {
    expect(isWholeHourZone(ZONE)).toBe(true);
    expect(isWholeHourZone('Asia/Kolkata')).toBe(false);
    expect(isWholeHourZone('Nowhere/Else')).toBe(false);
  });
});

describe('calendar', () => {
  it('knows holidays and shifted weekends', () => {
    expect(isWorkday('2026-10-01')).toBe(false);
    expect(isWorkday('2026-10-10')).toBe(true);
    expect(isWorkday('2026-10-11')).toBe(false);
    expect(isWorkday('2026-10-12')).toBe(true);
  });

  it('wraps the heating season over New Year, both ends included', () => {
    const season = { from: '10-15', to: '04-15' };
    expect(
      ['2026-10-14', '2026-10-15', '2027-01-01', '2027-04-15', '2027-04-16'].map((date) =>
        inHeatingSeason(date, season),
      ),
    ).toEqual([false, true, true, true, false]);
  });
});
