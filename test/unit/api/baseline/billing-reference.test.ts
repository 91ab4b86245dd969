/** Weighted monthly models against what the reference implementation (eemeter 3.2.0) answers for the same formula. */
import { expect, it } from 'vitest';
import { avoidedUseOf } from '../../../../api/baseline/avoided-use.ts';
import { fitRows } from '../../../../api/baseline/model.ts';
import type { Row } from '../../../../api/baseline/rows.ts';
import { FAHRENHEIT } from '../../../../api/baseline/terms.ts';
import { DAY_MS } from '../../../../domain/period.ts';

const START_MS = Date.UTC(2015, 0, 1);
const OPTIONS = {
  scale: FAHRENHEIT,
  interval: 'billing',
  heating: true,
  cooling: true,
  choice: 'caltrack',
  splitDayTypes: false,
} as const;

function temperatureF(day: number): number {
  return 50 + 30 * Math.sin((2 * Math.PI * (day - 100)) / 365) + 5 * Math.sin(day * 1.7);
}

/** Calendar months from January 2015, a year before and a year after a tenth was saved. */
function month(index: number, share: number): Row {
  const fromMs = Date.UTC(2015, index, 1);
  const days = (Date.UTC(2015, index + 1, 1) - fromMs) / DAY_MS;
  const first = (fromMs - START_MS) / DAY_MS;
  const drivers = Array.from({ length: days }, (_, i) => temperatureF(first + i));
  const use = drivers.reduce(
    (sum, t) => sum + 20 + 1.5 * Math.max(0, 60 - t) + 2 * Math.max(0, t - 65),
    40 * Math.sin(index * 2.3),
  );
  return { date: new Date(fromMs).toISOString().slice(0, 10), amount: use * share, days, drivers };
}

const months = (first: number, share: number) =>
  Array.from({ length: 12 }, (_, i) => month(first + i, share));

it('finds model, saving and bands of the reference implementation', () => {
  const { model } = fitRows(months(0, 1), OPTIONS);
  if (!model) throw new Error('no model');
  const [segment] = model.segments;
  expect(segment?.equation.intercept).toBeCloseTo(21.955_495_146, 8);
  expect(segment?.equation.slopes).toEqual([
    { term: { kind: 'cdd', base: 68 }, perUnit: expect.closeTo(2.434_228_553, 8) },
    { term: { kind: 'hdd', base: 59 }, perUnit: expect.closeTo(1.485_022_485, 8) },
  ]);
  expect(segment?.rSquaredAdjusted).toBeCloseTo(0.997_417_717, 8);
  expect(model.quality.rmseAdjusted).toBeCloseTo(27.619_512_639, 7);
  expect(model.quality.autocorrelation).toBeCloseTo(-0.627_112_676, 8);
  const { avoided, band } = avoidedUseOf(model, months(12, 0.9));
  expect(avoided).toBeCloseTo(1794.420_202_011, 6);
  expect(band?.fsu).toBeCloseTo(110.432_861_467, 6);
  expect(band?.olsModel).toBeCloseTo(179.228_986_644, 6);
  expect(band?.olsNoise).toBeCloseTo(83.014_762_447, 6);
});

it('control: months that all weigh the same give another model', () => {
  const even = months(0, 1).map((row) => ({ ...row, drivers: row.drivers.slice(0, 28) }));
  const { model } = fitRows(even, OPTIONS);
  expect(model?.segments[0]?.equation.intercept).not.toBeCloseTo(21.955_495_146, 3);
});
