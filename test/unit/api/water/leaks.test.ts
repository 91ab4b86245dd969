/** From hour rows to leaks: nights by local time, one leak for main and sub-meter, schedules of the registry. */
import { describe, expect, it } from 'vitest';
import { type Leak, leaksAmong } from '../../../../api/water/nearest.ts';
import { nightsOf } from '../../../../api/water/nights.ts';
import { watchedIn } from '../../../../api/water/watched.ts';
import type { MeterConsumption } from '../../../../domain/consumption.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import { createRegistry, isCounting } from '../../../../registry/registry.ts';
import type { Meter, WaterSchedule } from '../../../../registry/schema.ts';
import { demoRegistry } from '../../../support/registry.ts';

const demo = await demoRegistry();
const FROM_MS = Date.parse('2026-03-01T00:00:00+08:00');
const MAIN = 'cangsong-service-w';
const SUB = 'cangsong-service-w-canteen';
const DEEPER = 'cangsong-service-w-zw';

/** 1 m³ an hour from 08:00 to 18:00, at night what the case says. */
function hoursOf(meterId: string, leakAt: (day: number) => number, days = 30): MeterConsumption[] {
  return Array.from({ length: days * 24 }, (_, hour) => {
    const day = Math.floor(hour / 24);
    const worked = hour % 24 >= 8 && hour % 24 < 18 ? 1 : 0;
    const share = { coverage: 1, manual: 0, estimated: 0, known: 1, class: 'measured' } as const;
    return {
      ...{ meterId, counter: 'volume', resolution: 'hour', startMs: FROM_MS + hour * HOUR_MS },
      ...{ value: worked + leakAt(day), ...share, flags: [], ruleVersion: 1, revision: 0 },
    };
  });
}

function leaks(
  hours: readonly MeterConsumption[],
  waterSchedules: readonly WaterSchedule[] = [],
  changed: Partial<Record<string, Partial<Meter>>> = {},
): Leak[] {
  const of = demo.meters.map((meter): Meter => ({ ...meter, ...changed[meter.id] }) as Meter);
  const registry = createRegistry({ ...demo, meters: of, waterSchedules }, demo.profiles);
  const ids = [MAIN, SUB, ...Object.keys(changed)];
  const meters = registry.meters.filter(isCounting).filter(({ id }) => ids.includes(id));
  return leaksAmong(registry, watchedIn(registry, meters, hours));
}

const from20 = (flow: number) => (day: number) => (day >= 20 ? flow : 0);
const none = () => 0;

describe('leaks', () => {
  it('are told where they are nearest: by the sub-meter that explains the main', () => {
    const own = leaks([...hoursOf(MAIN, from20(0.5)), ...hoursOf(SUB, none)]);
    expect(own).toMatchObject([{ id: `${MAIN}/2026-03-21`, meterId: MAIN }]);
    expect(own[0]?.behindNoSubMeterM3PerHour).toBeCloseTo(0.5, 12);
    const subs = leaks([...hoursOf(MAIN, from20(0.5)), ...hoursOf(SUB, from20(0.5))]);
    expect(subs).toMatchObject([{ meterId: SUB, behindNoSubMeterM3PerHour: null }]);
    // A small leak of the canteen does not hide the large one of the building.
    const both = leaks([...hoursOf(MAIN, from20(0.9)), ...hoursOf(SUB, from20(0.3))]);
    expect(both.map(({ meterId }) => meterId).toSorted()).toEqual([MAIN, SUB]);
  });

  it('are not what a schedule of the season foresees', () => {
    const hours = [...hoursOf(MAIN, from20(0.5)), ...hoursOf(SUB, none)];
    const winter = { from: '10-15', to: '04-15' };
    const frost = { id: 'frost', building: 'cangsong-service', reason: 'frost-trickle' as const };
    expect(leaks(hours, [{ ...frost, season: winter, from: '2025-10-01' }])).toEqual([]);
    const summer = { from: '05-01', to: '09-30' };
    expect(leaks(hours, [{ ...frost, season: summer, from: '2025-10-01' }])).toHaveLength(1);
    expect(leaks(hours, [{ ...frost, season: winter, from: '2026-10-01' }])).toHaveLength(1);
    const garden = { id: 'garden', meter: SUB, reason: 'night-irrigation' as const };
    const allowed = { ...garden, season: winter, from: '2025-10-01', allowedM3PerHour: 0.5 };
    expect(leaks(hours, [allowed])).toEqual([]);
  });

  it('are not what a sub-meter of plant or gardens takes, nor told where that is not known', () => {
    const garden = { [SUB]: { waterUse: 'irrigation' } } as const;
    const hours = [...hoursOf(MAIN, from20(0.5)), ...hoursOf(SUB, from20(0.5))];
    expect(leaks(hours, [], garden)).toEqual([]);
    expect(leaks(hoursOf(MAIN, from20(0.5)), [], garden)).toEqual([]);
    // Control: what runs beside it is told, by the main.
    const beside = [...hoursOf(MAIN, from20(0.9)), ...hoursOf(SUB, from20(0.5))];
    const [leak] = leaks(beside, [], garden);
    expect(leak?.meterId).toBe(MAIN);
    expect(leak?.flowM3PerHour).toBeCloseTo(0.4, 12);
  });

  it('are not what gardens take further down either, and each garden is taken off once', () => {
    const hours = [MAIN, SUB, DEEPER].flatMap((id) => hoursOf(id, from20(0.5)));
    const garden = { parent: SUB, waterUse: 'irrigation' } as const;
    expect(leaks(hours, [], { [DEEPER]: garden })).toEqual([]);
    // Control: the same three meters, the lowest one for people.
    const [own] = leaks(hours, [], { [DEEPER]: { parent: SUB } });
    expect(own?.meterId).toBe(DEEPER);
    // A garden below a garden is in it: 0.9 less 0.5 runs away, not 0.9 less twice 0.5.
    const both = { [SUB]: { waterUse: 'irrigation' }, [DEEPER]: garden } as const;
    const beside = [...hoursOf(MAIN, from20(0.9)), ...hours.filter((h) => h.meterId !== MAIN)];
    expect(leaks(beside, [], both)[0]?.flowM3PerHour).toBeCloseTo(0.4, 12);
  });
});

describe('nights', () => {
  it('are the local hours from 02:00 to 05:00, whole or not at all', () => {
    const hours = hoursOf(MAIN, (day) => day, 3);
    const [first, second] = nightsOf(hours, 'Asia/Shanghai');
    expect(first).toMatchObject({ date: '2026-03-01', fromMs: FROM_MS + 2 * HOUR_MS });
    expect(first).toMatchObject({ leastM3PerHour: 0, stopped: true });
    expect(second).toMatchObject({ leastM3PerHour: 1, stopped: false });
    expect(second?.meanM3PerHour).toBeCloseTo(1 + 10 / 24, 12);
    const holed = hours.map((row) =>
      row.startMs === FROM_MS + DAY_MS + 3 * HOUR_MS ? { ...row, value: null, coverage: 0 } : row,
    );
    expect(nightsOf(holed, 'Asia/Shanghai')[1]).toMatchObject({
      leastM3PerHour: undefined,
      stopped: undefined,
    });
  });
});
