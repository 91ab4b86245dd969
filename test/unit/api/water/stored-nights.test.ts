/** Leaks by stored nights, by hours where none are stored, and by both: the same, and never a wrong "none". */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNightFiller } from '../../../../api/consumption/night-fill.ts';
import { leaksOf } from '../../../../api/water/leaks.ts';
import type { MeterConsumption } from '../../../../domain/consumption.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import { createRegistry, type Registry } from '../../../../registry/registry.ts';
import type { Meter } from '../../../../registry/schema.ts';
import { openPipeline, type Pipeline } from '../../../support/pipeline.ts';
import { demoRegistry } from '../../../support/registry.ts';

const demo = await demoRegistry();
const MAIN = 'cangsong-service-w';
const SUB = 'cangsong-service-w-canteen';
const FROM_MS = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 40;
const NOW_MS = FROM_MS + DAYS * DAY_MS;
const LEAK_DAY = 25;
const RANGE = { fromMs: FROM_MS + 20 * DAY_MS, toMs: NOW_MS };

/** Half a cubic metre an hour runs away at the sub-meter from a day on. */
function hoursOf(meterId: string, leakDay = LEAK_DAY): MeterConsumption[] {
  return Array.from({ length: DAYS * 24 }, (_, n) => {
    const worked = n % 24 >= 8 && n % 24 < 18 ? 1 : 0;
    const share = { coverage: 1, manual: 0, estimated: 0, known: 1, class: 'measured' } as const;
    return {
      ...{ meterId, counter: 'volume', resolution: 'hour', startMs: FROM_MS + n * HOUR_MS },
      ...{ value: worked + (n / 24 >= leakDay ? 0.5 : 0), ...share },
      ...{ flags: [], ruleVersion: 1, revision: 0 },
    };
  });
}

/** The canteen's meter as one of plant. */
function withPlant(): Registry {
  const meters = demo.meters.map((meter): Meter => {
    return meter.id === SUB ? ({ ...meter, waterUse: 'heating-make-up' } as Meter) : meter;
  });
  return createRegistry({ ...demo, meters }, demo.profiles);
}

let pipeline: Pipeline;
const fill = (registry = demo) =>
  createNightFiller().fill({ ...pipeline.context, registry }, () => false);
const leaks = (registry = demo) => leaksOf({ ...pipeline.context, registry }, [MAIN, SUB], RANGE);
const stored = () =>
  pipeline.context.store.nights({ meterIds: [MAIN, SUB], range: { fromMs: 0, toMs: NOW_MS } });

beforeEach(async () => {
  pipeline = await openPipeline(NOW_MS, demo);
  await pipeline.context.store.writeMeterConsumption([MAIN, SUB].flatMap((id) => hoursOf(id)));
});
afterEach(() => pipeline.close());

describe('leaks', () => {
  it('are found by hours where no night is stored, and by nights once they are', async () => {
    const byHours = await leaks();
    expect(byHours).toMatchObject([{ meterId: SUB, flowM3PerHour: 0.5, judgedNights: 15 }]);
    expect(await stored()).toEqual([]);
    await fill();
    expect(await stored()).toHaveLength(2 * DAYS);
    expect(await leaks()).toEqual(byHours);
  });

  it('are the same where some nights are stored and some are not', async () => {
    const byHours = await leaks();
    await fill();
    const all = await stored();
    const { store } = pipeline.context;
    for (const keep of [2, 3, 7]) {
      await store.archive.clearRepeated();
      await store.writeNights(all.filter((_, index) => index % keep === 0));
      expect(await leaks()).toEqual(byHours);
    }
  });

  it('control: are looked for in what is stored, right or wrong', async () => {
    await fill();
    const quiet = (await stored()).map((night) => ({ ...night, leastM3: 0 }));
    await pipeline.context.store.writeNights(quiet);
    expect(await leaks()).toEqual([]);
  });

  it('take plant off by the hours, stored nights or not', async () => {
    const registry = withPlant();
    expect(await leaks(registry)).toEqual([]);
    await fill(registry);
    expect(await leaks(registry)).toEqual([]);
    // Control: as a meter for people the same one leaks.
    expect(await leaks()).toHaveLength(1);
  });
});

describe('a look through all nights', () => {
  it('goes on where it was left, and once is enough', async () => {
    const filler = createNightFiller();
    await filler.fill(pipeline.context, () => true);
    expect(await stored()).toEqual([]);
    await filler.fill(pipeline.context, () => false);
    const first = await stored();
    expect(first).toHaveLength(2 * DAYS);
    await pipeline.context.store.archive.clearRepeated();
    await filler.fill(pipeline.context, () => false);
    expect(await stored()).toEqual([]);
    await fill();
    expect(await stored()).toEqual(first);
  });

  it('makes the nights of another zone beside those of the one before', async () => {
    const [, before] = [await fill(), await leaks()];
    const region = { ...demo.region, zone: 'Asia/Tokyo' };
    const moved = createRegistry({ ...demo, region }, demo.profiles);
    const unfilled = await leaks(moved);
    await fill(moved);
    expect(await leaks(moved)).toEqual(unfilled);
    // An hour later by the clock: the night of the leak begins an hour earlier.
    expect(unfilled[0]?.fromMs).toBe((before[0]?.fromMs ?? 0) - HOUR_MS);
    expect(await leaks()).toEqual(before);
  });
});
