/** The model is believable: bands a reviewer would expect, balances that hold, and no chance in it. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/period.ts';
import { counterOf, createRegistry, isCounting } from '../../../registry/registry.ts';
import { MODEL_EPOCH_MS, SLOT_MS } from '../../../simulators/model/days.ts';
import { headsIn } from '../../../simulators/model/people.ts';
import { STORIES } from '../../../simulators/model/stories.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { demoRegistry } from '../../support/registry.ts';

const registry = await demoRegistry();
const truth = createTruth({ registry });
const at = (local: string) => Date.parse(`${local}:00+08:00`);
const YEAR = [at('2025-01-01T00:00'), at('2026-01-01T00:00')] as const;
const counting = registry.meters.filter(isCounting);

type Total = { totalAt(atMs: number): number };
function within(series: Total, fromMs: number, toMs: number): number {
  return series.totalAt(toMs) - series.totalAt(fromMs);
}
const dayOf = (series: Total, date: string) =>
  within(series, at(`${date}T00:00`), at(`${date}T00:00`) + DAY_MS);

describe('weather', () => {
  const weather = truth.weather('yunwu-station');
  const meanC = (fromMs: number, toMs: number) => {
    const hours = Array.from({ length: (toMs - fromMs) / HOUR_MS }, (_, hour) =>
      weather.temperatureC(fromMs + hour * HOUR_MS),
    );
    return hours.reduce((sum, value) => sum + value, 0) / hours.length;
  };

  it('has the winter, the summer and the degree days of class 1C (GB 50176: HDD18 3800 to 5000)', () => {
    expect(meanC(at('2025-01-01T00:00'), at('2025-02-01T00:00'))).toBeCloseTo(-12, -1);
    expect(meanC(at('2025-07-01T00:00'), at('2025-08-01T00:00'))).toBeCloseTo(23, -1);
    let degreeDays = 0;
    for (let dayMs = YEAR[0]; dayMs < YEAR[1]; dayMs += DAY_MS) {
      degreeDays += Math.max(0, 18 - meanC(dayMs, dayMs + DAY_MS));
    }
    expect(degreeDays).toBeGreaterThan(3800);
    expect(degreeDays).toBeLessThan(5000);
  });

  it('is warmer in the afternoon than before dawn', () => {
    const date = at('2025-04-10T00:00');
    expect(meanC(date + 14 * HOUR_MS, date + 16 * HOUR_MS)).toBeGreaterThan(
      meanC(date + 3 * HOUR_MS, date + 5 * HOUR_MS) + 5,
    );
  });
});

describe.each(registry.buildings)('$id in a year', (building) => {
  const flows = truth.building(building.id);
  const story = STORIES.buildings.get(building.id);

  it('takes 40 to 80 kWh/m² of electricity', () => {
    const kwh = within(flows.metered, ...YEAR) * 1.03;
    expect(kwh / building.floorM2).toBeGreaterThan(40);
    expect(kwh / building.floorM2).toBeLessThan(80);
  });

  it('takes 0.25 to 0.45 GJ/m² of heat, none of it outside the season', () => {
    const gj = within(flows.heat, ...YEAR);
    expect(gj / (building.heatedM2 ?? 0)).toBeGreaterThan(0.25);
    expect(gj / (building.heatedM2 ?? 0)).toBeLessThan(0.45);
    expect(within(flows.heat, at('2025-04-16T00:00'), at('2025-10-15T00:00'))).toBe(0);
    expect(within(flows.heat, at('2025-04-15T00:00'), at('2025-04-16T00:00'))).toBeGreaterThan(0);
  });

  it('takes 8 to 25 m³ of water a head, and a little at night', () => {
    const m3 = within(flows.water, ...YEAR) / headsIn(registry, building, '2025-01-01');
    expect(m3).toBeGreaterThan(8);
    expect(m3).toBeLessThan(25);
    const night = within(flows.water, at('2025-06-10T02:00'), at('2025-06-10T04:00'));
    expect(night).toBeGreaterThan(0);
    expect(night).toBeLessThan(dayOf(flows.water, '2025-06-10') / 20);
  });

  it('makes 1100 to 1700 kWh/kWp from the sun, nothing at night', () => {
    if (building.solarKwp === undefined) {
      expect(within(flows.solar, ...YEAR)).toBe(0);
      return;
    }
    const kwh = within(flows.solar, ...YEAR);
    expect(kwh / building.solarKwp).toBeGreaterThan(1100);
    expect(kwh / building.solarKwp).toBeLessThan(1700);
    expect(within(flows.solar, at('2025-06-20T22:00'), at('2025-06-21T04:00'))).toBe(0);
    expect(flows.solar.rateAt(at('2025-06-21T12:30'))).toBeGreaterThan(building.solarKwp / 10);
    expect(within(flows.gridExport, ...YEAR)).toBeGreaterThan(0);
  });

  it('balances at the grid: import − export = the sub-items + 3 % − the sun', () => {
    for (let atMs = YEAR[0]; atMs < YEAR[0] + 20 * DAY_MS; atMs += 7 * SLOT_MS) {
      const net = flows.gridImport.totalAt(atMs) - flows.gridExport.totalAt(atMs);
      const parts = flows.metered.totalAt(atMs) * 1.03 - flows.solar.totalAt(atMs);
      expect(net).toBeCloseTo(parts, 5);
    }
  });

  it('works on a shifted Sunday and rests on a holiday (调休)', () => {
    const workday = dayOf(flows.lighting, '2025-01-15');
    // 2025-01-26 is a Sunday on which the State Council's notice has people work.
    expect(dayOf(flows.lighting, '2025-01-26') / workday).toBeGreaterThan(0.9);
    expect(dayOf(flows.lighting, '2025-01-19') / workday).toBeLessThan(0.8);
    expect(dayOf(flows.lighting, '2025-10-01') / workday).toBeLessThan(0.8);
  });

  it('tells its story, if it has one', () => {
    const nightM3 = (date: string) =>
      within(flows.water, at(`${date}T02:00`), at(`${date}T04:00`)) / 2;
    const leaking = nightM3('2026-09-15') - nightM3('2026-06-15');
    expect(leaking).toBeCloseTo(story?.leak?.m3PerHour ?? 0, 2);
    const nightShare = flows.lighting.rateAt(at('2025-06-11T02:00')) / building.floorM2;
    if (story?.nightLoadWPerM2) expect(nightShare).toBeGreaterThan(0.0025);
    else expect(nightShare).toBeLessThan(0.002);
  });
});

describe('meters', () => {
  it('never count more in an hour than their rating', () => {
    for (const meter of counting) {
      const { cumulative } = truth.meter(meter.id);
      const counter = counterOf(meter);
      let most = 0;
      let before = cumulative(counter, YEAR[0]);
      for (let atMs = YEAR[0] + HOUR_MS; atMs <= YEAR[1]; atMs += HOUR_MS) {
        const now = cumulative(counter, atMs);
        most = Math.max(most, now - before);
        before = now;
      }
      expect(most, meter.id).toBeGreaterThan(0);
      expect(most, meter.id).toBeLessThanOrEqual(meter.maxPerHour);
    }
  });

  it('never run backwards, and count exactly what their power says', () => {
    for (const meter of counting) {
      const { cumulative, valuesAt } = truth.meter(meter.id);
      const counter = counterOf(meter);
      let before = Number.NEGATIVE_INFINITY;
      for (let step = 0; step < 300; step += 1) {
        const value = valuesAt(YEAR[0] + step * 401_000)[counter] ?? Number.NaN;
        expect(value, meter.id).toBeGreaterThanOrEqual(before);
        before = value;
      }
      const slotMs = at('2025-03-05T10:15');
      const quarter = cumulative(counter, slotMs + SLOT_MS) - cumulative(counter, slotMs);
      const third = cumulative(counter, slotMs + SLOT_MS / 3) - cumulative(counter, slotMs);
      expect(third, meter.id).toBeCloseTo(quarter / 3, 6);
    }
  });

  it('stand at their initial index before the epoch', () => {
    const { valuesAt, cumulative } = truth.meter('baiyan-center-e');
    const first = valuesAt(MODEL_EPOCH_MS);
    expect(valuesAt(MODEL_EPOCH_MS - 365 * DAY_MS).activeEnergyImport).toBe(
      first.activeEnergyImport,
    );
    expect(first.activeEnergyImport).toBeGreaterThan(1000);
    expect(cumulative('activeEnergyImport', MODEL_EPOCH_MS - DAY_MS)).toBe(0);
  });

  it('see parts that add up: canteen and floors stay below the water main', () => {
    const total = (id: string) =>
      truth.meter(id).cumulative('volume', YEAR[1]) - truth.meter(id).cumulative('volume', YEAR[0]);
    const parts = total('cangsong-east-w-canteen') + total('cangsong-east-w-jyj');
    expect(parts).toBeLessThan(total('cangsong-east-w'));
    expect(parts).toBeGreaterThan(0.3 * total('cangsong-east-w'));
  });
});

describe('a registry of another shape', () => {
  const main = registry.meter('baiyan-center-e');
  const floors = {
    ...registry.meter('baiyan-center-e-a'),
    id: 'floors',
    item: '01000' as const,
    agency: 'baiyan-czj',
  };
  const other = createRegistry(
    { ...registry, meters: [...registry.meters, { ...main, id: 'second' }, floors] },
    registry.profiles,
  );
  const total = (id: string) =>
    createTruth({ registry: other }).meter(id).cumulative('activeEnergyImport', YEAR[1]);

  it('splits a building over two mains', () => {
    const whole = truth.meter(main.id).cumulative('activeEnergyImport', YEAR[1]);
    expect(total(main.id)).toBeCloseTo(whole / 2, 6);
    expect(total('second')).toBeCloseTo(whole / 2, 6);
  });

  it('gives the meter of an agency’s floors its part by heads', () => {
    const whole = truth.building('baiyan-center').metered.totalAt(YEAR[1]);
    expect(total('floors')).toBeCloseTo((whole * 75) / 180, 6);
  });
});

describe('determinism', () => {
  const later = at('2025-11-20T10:00');

  it('gives the same values whatever was asked before, in any process', () => {
    const other = createTruth({ registry });
    for (const { id } of registry.meters.toReversed()) {
      expect(other.meter(id).valuesAt(later), id).toEqual(truth.meter(id).valuesAt(later));
    }
  });

  it('gives others for another seed', () => {
    const other = createTruth({ registry, seed: 7 });
    expect(other.meter('baiyan-center-e').valuesAt(later)).not.toEqual(
      truth.meter('baiyan-center-e').valuesAt(later),
    );
  });

  it('names an unknown meter', () => {
    expect(() => truth.meter('nobody')).toThrow("no meter 'nobody'");
  });
});

describe('the well-metered hall', () => {
  const hall = truth.building('luming-hall');
  const total = (id: string) => {
    const meter = registry.meter(id);
    const { cumulative } = truth.meter(id);
    const counter = isCounting(meter) ? counterOf(meter) : 'volume';
    return cumulative(counter, YEAR[1]) - cumulative(counter, YEAR[0]);
  };

  it('has sub-meters of water that make up the main', () => {
    const subs = ['zf', 'canteen', 'garden'].map((name) => total(`luming-hall-w-${name}`));
    expect(subs.every((m3) => m3 > 0)).toBe(true);
    expect(subs.reduce((sum, m3) => sum + m3, 0)).toBeCloseTo(total('luming-hall-w'), 6);
  });

  it('has a data room that takes more than its computers, and chargers that rest at night', () => {
    const efficiency = total('luming-hall-e-dc') / total('luming-hall-e-dc-it');
    expect(efficiency).toBeGreaterThan(1.2);
    expect(efficiency).toBeLessThan(2.2);
    const kwh = total('luming-hall-e-ev');
    expect(kwh).toBeGreaterThan(3000);
    expect(kwh).toBeLessThan(12_000);
    const dawn = at('2025-06-10T04:00');
    expect(within(hall.charging, dawn, dawn + HOUR_MS)).toBe(0);
    // Control: other houses have none.
    expect(within(truth.building('luming-police').charging, ...YEAR)).toBe(0);
  });

  it('is too warm until its heating is balanced, and cool enough for summer', () => {
    const meanOf = (from: string) => {
      const { valuesAt } = truth.meter('luming-hall-room-south');
      const hours = Array.from({ length: 9 }, (_, hour) => at(`${from}T09:00`) + hour * HOUR_MS);
      const sum = hours.reduce((c, atMs) => c + (valuesAt(atMs).roomTemperature ?? Number.NaN), 0);
      return sum / hours.length;
    };
    expect(meanOf('2025-01-15')).toBeGreaterThan(20);
    expect(meanOf('2026-01-15')).toBeLessThan(20);
    expect(meanOf('2025-07-15')).toBeGreaterThan(20.5);
    expect(meanOf('2025-07-15')).toBeLessThan(27);
  });

  it('draws less once its fixtures are changed', () => {
    const week = (from: string) =>
      within(hall.peopleWater, at(`${from}T00:00`), at(`${from}T00:00`) + 7 * DAY_MS);
    // Two working weeks, before and after 17 January 2026.
    expect(week('2026-03-02') / week('2025-03-03')).toBeCloseTo(0.82, 1);
  });
});
