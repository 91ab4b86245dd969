/** From stored day rows to the days a model takes. */
import { expect, it } from 'vitest';
import { dayAmounts, dayRows } from '../../../../api/baseline/rows.ts';

it('fills a day known by half with the mean of the rest, and knows nothing of one known by less', () => {
  const at = (date: string) => Date.parse(`${date}T00:00+08:00`);
  const rows = [
    { startMs: at('2026-01-01'), value: 48, known: 1 },
    { startMs: at('2026-01-02'), value: 24, known: 0.5 },
    { startMs: at('2026-01-03'), value: 20, known: 0.45 },
    { startMs: at('2026-01-04'), value: null, known: 0 },
    { startMs: at('2026-01-05'), value: 0, known: 1 },
  ];
  expect(dayAmounts(rows, 'Asia/Shanghai')).toEqual([
    { date: '2026-01-01', value: 48 },
    { date: '2026-01-02', value: 48 },
    { date: '2026-01-03', value: null },
    { date: '2026-01-04', value: null },
    { date: '2026-01-05', value: 0 },
  ]);
});

it('puts days that are not there between those that are, in order', () => {
  const days = [
    { date: '2026-03-01', value: 3 },
    { date: '2026-02-27', value: 1 },
  ];
  expect(dayRows(days, [{ date: '2026-02-28', value: 5 }])).toEqual([
    { date: '2026-02-27', amount: 1, days: 1, drivers: [] },
    { date: '2026-02-28', amount: null, days: 1, drivers: [5] },
    { date: '2026-03-01', amount: 3, days: 1, drivers: [] },
  ]);
});
