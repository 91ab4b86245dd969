/** Stored nights say what the hours say, whatever came late, was restated, broke off, or changed in the registry. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePeriod } from '../../../../api/consumption/closings.ts';
import { createConsumptionJob } from '../../../../api/consumption/job.ts';
import type { ApiContext } from '../../../../api/context.ts';
import type { Job } from '../../../../api/job.ts';
import { addNights } from '../../../../api/water/nights.ts';
import { hoursByMeter } from '../../../../api/water/plant.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import type { Reading } from '../../../../domain/reading.ts';
import { spanAt } from '../../../../domain/season.ts';
import { counterOf, isCounting } from '../../../../registry/registry.ts';
import type { MeterNight } from '../../../../store/schema.ts';
import {
  differences,
  openPipeline,
  type Pipeline,
  testRegistry,
} from '../../../support/pipeline.ts';

const NOW_MS = Date.parse('2026-10-20T19:20:00Z');
const RANGE = { fromMs: NOW_MS - 6 * DAY_MS, toMs: NOW_MS };
const MAIN = 'own-w';
const SUB = 'own-w-a';
const METERS = [MAIN, SUB];

/** The region with a water main and a meter below it, as the changes so far have made them. */
function registryAfter(changes: readonly string[]) {
  const factors = changes.filter((kind) => kind === 'multiplier').map((_, n) => 1 + (n % 3));
  const multiplier = factors.map((factor, n) => `{ from: 2026-10-${16 + n}, factor: ${factor} }`);
  const isPlant = changes.filter((kind) => kind === 'plant').length % 2 === 1;
  const common = 'building: own, connection: line, profile: tuf-2000m, carrier: water';
  const lines = [
    `id: ${MAIN}, name: { zh: 水, en: Water }, ${common}, unit: 4, level: 1, item: "02000", multiplier: [${multiplier.slice(0, 4).join()}]`,
    `id: ${SUB}, name: { zh: 补水, en: Make-up }, ${common}, unit: 5, level: 2, parent: ${MAIN}${isPlant ? ', waterUse: heating-make-up' : ''}`,
  ].map((line) => `  - { ${line}, pollSeconds: 900, maxPerHour: 100 }\n`);
  const [zone, other] = ['climateZone: 1C', 'climateZone: 1C, zone: Asia/Tokyo'];
  const isMoved = changes.filter((kind) => kind === 'zone').length % 2 === 1;
  return testRegistry((text) => text.replace(zone, isMoved ? other : zone) + lines.join(''));
}

function readingsOf(meterId: string): Reading[] {
  let volume = 1000;
  return Array.from({ length: (RANGE.toMs - RANGE.fromMs) / 900_000 }, (_, n) => {
    volume += (n * 7 + meterId.length) % 5 === 0 ? 0 : 0.25;
    return { meterId, atMs: RANGE.fromMs + n * 900_000, quality: 0, values: { volume } };
  });
}

/** Stretches of both meters' readings, some of them halved, in an order of their own. */
function batchesOf(keys: readonly number[]): Reading[][] {
  const parts = Map.groupBy(METERS.flatMap(readingsOf), ({ meterId, atMs }) => {
    const stretch = Math.floor((atMs - RANGE.fromMs) / (1.3 * DAY_MS));
    const isHalved = (keys[stretch % keys.length] ?? 0) % 3 === 0;
    return `${meterId} ${stretch} ${isHalved ? (atMs / 900_000) % 2 : 0}`;
  });
  return [...parts.values()]
    .map((batch, index) => ({ batch, key: keys[index % keys.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ batch }) => batch);
}

/** Nights that are stored and should not be, and that should be and are not. */
async function disagreements({ registry, store }: ApiContext): Promise<string[]> {
  const range = { fromMs: 0, toMs: NOW_MS + DAY_MS };
  const { zone } = registry.region;
  const meters = registry.meters.filter(isCounting).filter(({ id }) => METERS.includes(id));
  const hours = await store.meterConsumption({ meterIds: METERS, resolution: 'hour', range });
  const hoursOf = hoursByMeter(hours);
  const expected = meters.flatMap((meter) =>
    addNights(hoursOf(meter), zone).map(
      (sums): MeterNight => ({ meterId: meter.id, counter: counterOf(meter), ...sums }),
    ),
  );
  const midnights = new Set(expected.map(({ startMs }) => startMs));
  const stored = (await store.nights({ meterIds: METERS, range })).filter(({ startMs }) =>
    // Those of another zone's days are never read.
    midnights.has(startMs),
  );
  const text = (night: MeterNight) => JSON.stringify(night, Object.keys(night).sort());
  return differences(expected.map(text), stored.map(text));
}

const EVENTS = ['late', 'late', 'late', 'multiplier', 'plant', 'zone', 'close', 'rebuild'] as const;
const event = fc.record({
  kind: fc.constantFrom(...EVENTS),
  /** After so many writes of nights the process ends between hours and their nights, and starts again. */
  breaksAfter: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
});

interface World {
  readonly pipeline: Pipeline;
  start(): void;
  run(): Promise<void>;
}

/** @param skips leaves nights as they are once they were written */
function worldOf(
  pipeline: Pipeline,
  skips = false,
): World & { breakOff(writes: number): Promise<void> } {
  let job: Job;
  const { queue } = pipeline;
  const written = new Set<string>();
  const context = (): ApiContext => {
    const { store } = pipeline.context;
    if (!skips) return pipeline.context;
    const writeNights = (nights: readonly MeterNight[]) => {
      const fresh = nights.filter(({ meterId, startMs }) => !written.has(`${meterId} ${startMs}`));
      for (const { meterId, startMs } of fresh) written.add(`${meterId} ${startMs}`);
      return store.writeNights(fresh);
    };
    return { ...pipeline.context, store: { ...store, writeNights } };
  };
  const logger = { error: () => undefined };
  const jobOf = (own: () => ApiContext) =>
    createConsumptionJob(own, { queue, logger, closeAfterDays: 10 });
  return {
    pipeline,
    start: () => {
      job = jobOf(context);
    },
    run: () => job.run(),
    async breakOff(writes) {
      const { store } = pipeline.context;
      let left = writes;
      const writeNights = async (nights: readonly MeterNight[]) => {
        if (left === 0) throw new Error('cut off');
        left -= 1;
        await store.writeNights(nights);
      };
      const cut = jobOf(() => ({ ...pipeline.context, store: { ...store, writeNights } }));
      await cut.run().catch((error: Error) => expect(error.message).toBe('cut off'));
    },
  };
}

async function live(
  events: readonly { kind: (typeof EVENTS)[number]; breaksAfter: number | undefined }[],
  keys: readonly number[],
  skips = false,
): Promise<string[]> {
  const pipeline = await openPipeline(NOW_MS, registryAfter([]));
  const world = worldOf(pipeline, skips);
  const batches = batchesOf(keys);
  const found: string[] = [];
  world.start();
  for (const [index, { kind, breaksAfter }] of events.entries()) {
    const { store } = pipeline.context;
    const batch = kind === 'late' ? batches.shift() : undefined;
    const [first, last] = [batch?.[0], batch?.at(-1)];
    if (batch && first && last) {
      await pipeline.write(batch);
      const stretch = { fromMs: first.atMs, toMs: last.atMs + 1 };
      await store.writeArrivals([
        { meterId: first.meterId, arrivedAtMs: NOW_MS + index, ...stretch },
      ]);
    }
    if (kind === 'close') {
      const month = spanAt(NOW_MS, 'month', pipeline.context.registry.region);
      if (month) await closePeriod(pipeline.context, month, { cause: 'test' });
    }
    if (kind === 'rebuild') {
      const dirty = METERS.map((subject) => ({ kind: 'meter' as const, subject, ...RANGE }));
      pipeline.queue.add({ cause: 'rebuild', dirty });
    }
    const changes = events.slice(0, index + 1).map((one) => one.kind);
    pipeline.context = { ...pipeline.context, registry: registryAfter(changes) };
    pipeline.clock.nowMs += HOUR_MS / 4;
    if (breaksAfter !== undefined) {
      await world.breakOff(breaksAfter);
      world.start();
    }
    await world.run();
    found.push(...(await disagreements(pipeline.context)));
  }
  await pipeline.close();
  return found;
}

describe('stored nights', () => {
  it('agree with the hours after every round', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 4, maxLength: 9 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 12 }),
        async (events, keys) => {
          expect(await live(events, keys)).toEqual([]);
        },
      ),
      { numRuns: 3, seed: 47 },
    );
  }, 60_000);

  it('agree when the process ended between a change of all hours and their nights', async () => {
    const whole = { breaksAfter: undefined };
    const late = Array.from({ length: 12 }, () => ({ kind: 'late', ...whole }) as const);
    const multiplier = { kind: 'multiplier', ...whole } as const;
    for (const breaksAfter of [0, 1]) {
      const broken = { ...multiplier, breaksAfter };
      expect(await live([...late, multiplier, broken], [1])).toEqual([]);
    }
  });

  it('control: that are not written again do not', async () => {
    const late = { kind: 'late', breaksAfter: undefined } as const;
    expect(await live([late, late, late, late], [3, 1, 2])).toEqual([]);
    expect(await live([late, late, late, late], [3, 1, 2], true)).not.toEqual([]);
  });
});
