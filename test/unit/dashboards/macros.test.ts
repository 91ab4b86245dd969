/** The query runner replaces variables, macros and times as Grafana does, or the e2e run proves nothing. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/period.ts';
import { expandMacros, interpolate, intervalOf, rangeOf } from '../../support/grafana-macros.ts';

const ZONE = 'Asia/Shanghai';
const NOW_MS = Date.parse('2026-03-05T01:30:00+08:00');

describe('variables', () => {
  const variables = new Map([
    ['agency', 'baiyan/czj (南)'],
    ['number', '3号楼(东)'],
  ]);

  it('are escaped inside a pattern only', () => {
    expect(interpolate('"a" =~ /^$agency$/', variables)).toBe('"a" =~ /^baiyan\\/czj \\(南\\)$/');
    expect(interpolate(`"a" = '$agency'`, variables)).toBe(`"a" = 'baiyan/czj (南)'`);
    expect(interpolate('/^x$/ /^$agency$/', variables)).toBe('/^x$/ /^baiyan\\/czj \\(南\\)$/');
  });

  it('that begin like a number are not escaped, which is why ids are slugs', () => {
    expect(interpolate('/^$number$/', variables)).toBe('/^3号楼(东)$/');
  });

  it('are found in every spelling, and macros are left alone', () => {
    const spellings = ['$agency', '{agency}', '{agency:text}'].map((name, i) =>
      i ? `$${name}` : name,
    );
    for (const spelling of [...spellings, '[[agency]]']) {
      expect(interpolate(`'${spelling}' $timeFilter`, variables)).toBe(
        `'baiyan/czj (南)' $timeFilter`,
      );
    }
    expect(interpolate('$agencyless', variables)).toBe('$agencyless');
  });
});

describe('times', () => {
  it('begin at local midnights, months and years', () => {
    const starts = { 'now/d': '2026-03-05', 'now/M': '2026-03-01', 'now/y': '2026-01-01' };
    for (const [from, date] of Object.entries(starts)) {
      const fromMs = Date.parse(`${date}T00:00:00+08:00`);
      expect(rangeOf(from, NOW_MS, ZONE)).toEqual({ fromMs, toMs: NOW_MS });
    }
  });

  it('or a length ago', () => {
    expect(rangeOf('30d', NOW_MS, ZONE).fromMs).toBe(NOW_MS - 30 * DAY_MS);
    expect(rangeOf('now-24h', NOW_MS, ZONE).fromMs).toBe(NOW_MS - 24 * HOUR_MS);
    expect(() => rangeOf('now-1M/M', NOW_MS, ZONE)).toThrow(RangeError);
  });
});

describe('macros', () => {
  const range = { fromMs: 1000, toMs: 2000 };

  it('become bounds in milliseconds and intervals', () => {
    expect(expandMacros('WHERE $timeFilter GROUP BY time($__interval)', range, '5m')).toBe(
      'WHERE time >= 1000ms and time <= 2000ms GROUP BY time(5m)',
    );
    expect(expandMacros('$__interval_ms $interval', range, '1m')).toBe('60000 1m');
  });

  it('never ask finer than the data source has', () => {
    expect(intervalOf({ fromMs: 0, toMs: HOUR_MS }, 60_000)).toBe('1m');
    expect(intervalOf({ fromMs: 0, toMs: HOUR_MS }, HOUR_MS)).toBe('1h');
    expect(intervalOf({ fromMs: 0, toMs: 30 * DAY_MS }, 60_000)).toBe('30m');
  });
});
