/** CSV temperatures: times as sites write them, gaps that stay gaps, every fault at once. */
import { describe, expect, it } from 'vitest';
import { hourlyMeans, parseWeatherCsv } from '../../../../api/baseline/weather-csv.ts';
import { isAppError } from '../../../../domain/errors.ts';

const OPTIONS = { file: 'station.csv', zone: 'Asia/Shanghai' };
const parse = (...lines: string[]) => parseWeatherCsv(lines.join('\n'), OPTIONS);
const at = (iso: string) => Date.parse(iso);

describe('weather CSV', () => {
  it('reads local times and offsets, Chinese headers, other columns and an empty last line', () => {
    const { points, empty } = parse(
      '\uFEFF风速,时间,气温',
      '2,2026-01-01 01:00,-12.5',
      '3,2025-12-31T16:00Z,-11',
      '1,2026/1/1 2:00:00,0',
      '',
    );
    expect(points).toEqual([
      { atMs: at('2026-01-01T00:00+08:00'), celsius: -11 },
      { atMs: at('2026-01-01T01:00+08:00'), celsius: -12.5 },
      { atMs: at('2026-01-01T02:00+08:00'), celsius: 0 },
    ]);
    expect(empty).toBe(0);
  });

  it('leaves out what is missing instead of taking it for zero', () => {
    const { points, empty } = parse(
      'time,temperatureC',
      '2026-01-01T00:00Z,',
      '2026-01-01T01:00Z,3',
    );
    expect(points).toHaveLength(1);
    expect(empty).toBe(1);
  });

  it('reads degrees Fahrenheit where the header says so', () => {
    const { points } = parse('dt,tempF', '2026-01-01T00:00Z,50', '2026-01-01T01:00Z,14');
    expect(points.map(({ celsius }) => celsius)).toEqual([10, -10]);
  });

  it('names every faulty line', () => {
    try {
      parse(
        'time,temperatureC',
        'yesterday,3',
        '2026-01-01T00:00Z,999',
        '2026-01-01T01:00Z,warm',
        '2026-01-01T02:00Z,1',
        '2026-01-01T02:00Z,2',
      );
      expect.unreachable();
    } catch (error) {
      if (!isAppError(error, 'request.invalid')) throw error;
      for (const line of [2, 3, 4, 6]) expect(error.message).toContain(`station.csv:${line}:`);
      expect(error.message).not.toContain('station.csv:5:');
    }
  });

  it('refuses a file without its columns', () => {
    expect(() => parse('date,t', '2026-01-01,3')).toThrow(/columns temperature_c/);
  });
});

describe('points of a CSV', () => {
  it('make means of their hours, and an hour without one has none', () => {
    const at = (text: string) => Date.parse(`2026-01-01T${text}Z`);
    const points = [
      { atMs: at('00:00'), celsius: 1 },
      { atMs: at('00:59'), celsius: 2 },
      { atMs: at('02:10'), celsius: 0 },
    ];
    expect([...hourlyMeans(points)]).toEqual([
      [at('00:00'), 1.5],
      [at('02:00'), 0],
    ]);
  });
});
