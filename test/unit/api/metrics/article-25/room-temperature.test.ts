/** Article 25, rooms: hours beyond the limits, in working time only. */
import { describe, expect, it } from 'vitest';
import { roomTemperature } from '../../../../../api/metrics/article-25/room-temperature.ts';
import type { MetricInput, RoomSensor } from '../../../../../api/metrics/input.ts';
import { HOUR_MS } from '../../../../../domain/period.ts';
import { createRegistry } from '../../../../../registry/registry.ts';
import { metricInput, WEEK_START_MS } from '../../../../support/metric-input.ts';
import { partOf, words } from '../factors.ts';

const BASE = metricInput();
const LIMITS = { heatedMaxC: 20, cooledMinC: 26, source: 'test', verified: false };
const registry = createRegistry(
  { region: { ...BASE.registry.region, roomTemperature: LIMITS }, agencies: [BASE.agency] },
  new Map(),
);

/** A sensor over the week: its temperature by local hour, and the one outdoors. */
function sensor(id: string, celsiusAt: (hour: number) => number | null, outdoorC?: number) {
  const hours = Array.from({ length: 7 * 24 }, (_, i) => ({
    startMs: WEEK_START_MS + i * HOUR_MS,
    celsius: celsiusAt(i % 24),
    outdoorC,
  }));
  const known = hours.flatMap(({ celsius, ...hour }) =>
    celsius === null ? [] : [{ ...hour, celsius }],
  );
  return { id, name: { zh: id, en: id }, hours: known } satisfies RoomSensor;
}

function compute(rooms: readonly RoomSensor[], more: Partial<MetricInput> = {}) {
  return roomTemperature.compute({ ...BASE, registry, rooms, ...more });
}

describe('room temperature', () => {
  it('counts working hours above the limit in the heating season', () => {
    // Two of ten working hours on five days, of two sensors one; the nights do not count.
    const warm = sensor('r1', (hour) => (hour === 10 || hour === 11 || hour < 6 ? 23 : 20), 0);
    const outcome = compute([warm, sensor('r2', () => 19, 0)]);
    expect(outcome.value).toBeCloseTo(10, 12);
    expect(partOf(outcome, '采暖期超过上限')).toBe(10);
    expect(partOf(outcome, '实测小时（各传感器合计）')).toBe(100);
    const limit = outcome.terms.find(({ name }) => name.zh === '采暖室温上限');
    expect(limit).toMatchObject({ value: 20, verified: false });
  });

  it('counts rooms colder than the limit only while it is warmer than that outdoors', () => {
    const summer = { inHeatingSeason: () => false };
    expect(compute([sensor('r', () => 24, 33)], summer).value).toBe(100);
    expect(compute([sensor('r', () => 24, 22)], summer).value).toBe(0);
    const blind = compute([sensor('r', () => 24)], summer);
    expect(blind.value).toBe(0);
    expect(words(blind)).toContain('没有室外气温');
    // Warm rooms in summer are nobody's excess.
    expect(compute([sensor('r', () => 30, 33)], summer).value).toBe(0);
  });

  it('has no figure without sensors, limits, working hours, or enough of them', () => {
    expect(words(compute([]))).toContain('没有室温传感器');
    expect(words(compute([sensor('r', () => 21, 0)], { registry: BASE.registry }))).toContain(
      'region.roomTemperature',
    );
    const gaps = compute([sensor('r', (hour) => (hour === 8 || hour === 9 ? null : 21), 0)]);
    expect(gaps).toMatchObject({ value: null, completeness: 0.8 });
    expect(compute([sensor('r', () => 21, 0)], { isWorkingTime: () => false }).value).toBeNull();
  });
});
