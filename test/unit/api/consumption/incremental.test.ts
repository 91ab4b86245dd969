/** Rows do not depend on the order in which readings arrived, nor on how often they were computed on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../../../../api/consumption/job.ts';
import { recompute, recomputeDirty } from '../../../../api/consumption/recompute.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import type { Reading } from '../../../../domain/reading.ts';
import {
  allRows,
  differences,
  openPipeline,
  type Pipeline,
  readingsOf,
} from '../../../support/pipeline.ts';

const NOW_MS = Date.parse('2026-10-20T07:20:00Z');
const RANGE = { fromMs: NOW_MS - 6 * DAY_MS, toMs: NOW_MS };
const METERS = ['shared-e', 'shared-e-a', 'own-e'] as const;

/** Trouble of every kind a register has, by where it begins and how long it lasts. */
const trouble = fc.record({
  meter: fc.constantFrom(...METERS),
  kind: fc.constantFrom('gap', 'reset', 'spike', 'zero', 'dead'),
  atHour: fc.integer({ min: 2, max: 140 }),
  hours: fc.integer({ min: 1, max: 40 }),
});
type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

function spoil(readings: readonly Reading[], { kind, atHour, hours }: Trouble): Reading[] {
  const fromMs = RANGE.fromMs + atHour * HOUR_MS;
  const toMs = kind === 'dead' ? RANGE.toMs + 1 : fromMs + hours * HOUR_MS;
  const isIn = ({ atMs }: Reading) => atMs >= fromMs && atMs < toMs;
  if (kind === 'gap' || kind === 'dead') return readings.filter((reading) => !isIn(reading));
  const first = readings.find(isIn)?.values.activeEnergyImport ?? 0;
  let spiked = false;
  return readings.map((reading) => {
    const value = reading.values.activeEnergyImport ?? 0;
    const with_ = (next: number): Reading => {
      return { ...reading, values: { activeEnergyImport: Number(next.toFixed(2)) } };
    };
    if (kind === 'reset' && reading.atMs >= fromMs) return with_(Math.max(0, value - first));
    if (kind === 'zero' && isIn(reading) && reading.atMs < fromMs + 4 * HOUR_MS) return with_(0);
    if (kind !== 'spike' || !isIn(reading) || spiked) return reading;
    spiked = true;
    return with_(value + 50_000);
  });
}

function history(troubles: readonly Trouble[]): Reading[] {
  return METERS.flatMap((meterId, index) => {
    const whole = readingsOf(meterId, RANGE, (at) => (at % (7 + index) === 0 ? 0 : 1 + index));
    return troubles
      .filter(({ meter }) => meter === meterId)
      .reduce<Reading[]>((readings, one) => spoil(readings, one), whole);
  });
}

/** Batches in an order of their own: each a stretch of one meter's readings, or half of them. */
function batchesOf(readings: readonly Reading[], keys: readonly number[]): Reading[][] {
  const batches = new Map<string, Reading[]>();
  readings.forEach((reading, index) => {
    const day = Math.floor(reading.atMs / (1.7 * DAY_MS));
    const half = keys[day % keys.length] ?? 0;
    const key = `${reading.meterId} ${day} ${half % 3 === 0 ? index % 2 : 0}`;
    batches.set(key, [...(batches.get(key) ?? []), reading]);
  });
  return [...batches.values()]
    .map((batch, index) => ({ batch, key: keys[index % keys.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ batch }) => batch);
}

function enqueue({ queue }: Pipeline, batch: readonly Reading[]): void {
  const [first] = batch;
  if (!first) return;
  const times = batch.map(({ atMs }) => atMs);
  const dirty = { kind: 'meter' as const, subject: first.meterId };
  const range = { fromMs: Math.min(...times), toMs: Math.max(...times) + 1 };
  queue.add({ cause: 'late', dirty: [{ ...dirty, ...range }] });
}

/** Rows after readings came in batches, computed now and then, and at the end for the hours since. */
async function incremental(batches: readonly Reading[][], every: number): Promise<string[]> {
  const pipeline = await openPipeline(NOW_MS);
  const { context, queue } = pipeline;
  for (const [index, batch] of batches.entries()) {
    await pipeline.write(batch);
    enqueue(pipeline, batch);
    if (index % every === every - 1) await drain(() => context, queue);
  }
  await drain(() => context, queue);
  // The hours a meter was silent in were the running ones once.
  const last = Map.groupBy(batches.flat(), ({ meterId }) => meterId);
  const silent = [...last].map(([meterId, own]) => {
    return { meterId, fromMs: Math.max(...own.map(({ atMs }) => atMs)), toMs: NOW_MS };
  });
  await recomputeDirty(context, silent, { cause: 'late' });
  const rows = await allRows(pipeline);
  await pipeline.close();
  return rows;
}

async function rebuilt(readings: readonly Reading[]): Promise<string[]> {
  const pipeline = await openPipeline(NOW_MS);
  await pipeline.write(readings);
  await recompute(pipeline.context, RANGE);
  const rows = await allRows(pipeline);
  await pipeline.close();
  return rows;
}

describe('rows', () => {
  it('are the same after random batches as after a rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        async (troubles, keys, every) => {
          const readings = history(troubles);
          const found = await incremental(batchesOf(readings, keys), every);
          expect(differences(found, await rebuilt(readings))).toEqual([]);
        },
      ),
      { numRuns: 4, seed: 31 },
    );
  }, 60_000);

  it('control: a batch nobody told of leaves rows that a rebuild would not make', async () => {
    const readings = history([]);
    const batches = batchesOf(readings, [5, 1, 4, 2, 3]);
    const [untold = []] = batches;
    const pipeline = await openPipeline(NOW_MS);
    for (const batch of batches.slice(1)) {
      await pipeline.write(batch);
      enqueue(pipeline, batch);
    }
    await drain(() => pipeline.context, pipeline.queue);
    const before = await allRows(pipeline);
    await pipeline.write(untold);
    await drain(() => pipeline.context, pipeline.queue);
    expect(differences(await allRows(pipeline), before)).toEqual([]);
    expect(differences(before, await rebuilt(readings))).not.toEqual([]);
    await pipeline.close();
  });
});
