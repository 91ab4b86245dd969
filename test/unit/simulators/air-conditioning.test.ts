/** The parts of the air conditioning a simulated house has meters for stay within the whole, each in its season. */
import { expect, it } from 'vitest';
import { airConditioningLoad } from '../../../simulators/model/air-conditioning.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { demoRegistry } from '../../support/registry.ts';

const LAST_DIGIT_KWH = 0.1;

it('has pumps in winter, chillers in summer, and neither more than the station', () => {
  const winter = airConditioningLoad({ heating: true }, 1, -10);
  expect(winter).toMatchObject({ hotWaterPumps: 0.9, chillers: 0, station: 0.9 });
  const summer = airConditioningLoad({ heating: false }, 1, 34);
  expect(summer).toMatchObject({ hotWaterPumps: 0, station: 13 });
  for (const { chillers, hotWaterPumps, station, total } of [winter, summer]) {
    expect(chillers + hotWaterPumps).toBeLessThanOrEqual(station);
    expect(station).toBeLessThan(total);
  }
});

it('is what the meters of the demo count: parts below their parent, through a year', async () => {
  const truth = createTruth({ registry: await demoRegistry() });
  const counted = (id: string, [from, to]: readonly [string, string]) => {
    const at = (date: string) =>
      truth.meter(id).valuesAt(Date.parse(`${date}T00:00:00+08:00`)).activeEnergyImport ?? 0;
    return at(to) - at(from);
  };
  for (const range of [
    ['2025-01-01', '2025-02-01'],
    ['2025-07-01', '2025-08-01'],
  ] as const) {
    const [whole = 0, station = 0, chillers = 0, pumps = 0] = ['', '1', '1c', '1e'].map((part) =>
      counted(`baiyan-court-e-b${part}`, range),
    );
    expect(station).toBeGreaterThan(0);
    expect(station).toBeLessThan(whole);
    expect(chillers + pumps).toBeLessThanOrEqual(station + LAST_DIGIT_KWH);
    expect(range[0] === '2025-07-01' ? pumps : chillers).toBe(0);
  }
});
