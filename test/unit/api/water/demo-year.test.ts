/** The demo region's simulated year: its planted leak is found within days, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { leaksAmong } from '../../../../api/water/nearest.ts';
import { watchedIn } from '../../../../api/water/watched.ts';
import type { MeterConsumption } from '../../../../domain/consumption.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import { isCounting } from '../../../../registry/registry.ts';
import { createTruth } from '../../../../simulators/model/truth.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();
const truth = createTruth({ registry });
const meters = registry.meters.filter(isCounting).filter(({ carrier }) => carrier === 'water');
/** Holidays, frost, irrigation and the end of the year are in it. */
const FROM_MS = Date.parse('2025-09-20T00:00:00+08:00');
const TO_MS = Date.parse('2026-09-20T00:00:00+08:00');
/** Planted in `simulators/model/stories.ts`, and not mended before the end of this year. */
const PLANTED = {
  meterId: 'cangsong-east-w',
  fromMs: Date.parse('2026-08-18T02:00:00+08:00'),
  m3PerHour: 0.35,
};

/** Hours as the register shows them: differences of what its display says. */
function hoursOf(meterId: string): MeterConsumption[] {
  const meter = truth.meter(meterId);
  const rows: MeterConsumption[] = [];
  let before = meter.valuesAt(FROM_MS).volume ?? 0;
  for (let startMs = FROM_MS; startMs < TO_MS; startMs += HOUR_MS) {
    const after = meter.valuesAt(startMs + HOUR_MS).volume ?? 0;
    const share = { coverage: 1, manual: 0, estimated: 0, known: 1, class: 'measured' } as const;
    rows.push({
      ...{ meterId, counter: 'volume', resolution: 'hour', startMs, value: after - before },
      ...{ ...share, flags: [], ruleVersion: 1, revision: 0 },
    });
    before = after;
  }
  return rows;
}

const hours = meters.flatMap(({ id }) => hoursOf(id));
const leaks = leaksAmong(registry, watchedIn(registry, meters, hours));

describe('a year of the demo region', () => {
  it('shows the planted leak within four days, with what it loses, and no other', () => {
    expect(leaks.map(({ meterId }) => meterId)).toEqual([PLANTED.meterId]);
    const [leak] = leaks;
    if (!leak) throw new Error('no leak');
    const days = (leak.detectedMs - PLANTED.fromMs) / DAY_MS;
    expect(days).toBeGreaterThan(2);
    expect(days).toBeLessThan(4);
    expect(leak.open).toBe(true);
    expect(leak.fromMs).toBeLessThan(PLANTED.fromMs + DAY_MS);
    expect(leak.flowM3PerHour).toBeCloseTo(PLANTED.m3PerHour, 2);
    expect(leak.behindNoSubMeterM3PerHour).toBeCloseTo(PLANTED.m3PerHour, 2);
    // 33 days from 18 August to 19 September, at 0.35 m³ an hour.
    expect(leak.lostM3).toBeCloseTo(33 * 24 * PLANTED.m3PerHour, -1);
  });
});
