/** Virtual meters count like meters: rows, accounts, closings and changes of their formula. */
import { afterEach, describe, expect, it } from 'vitest';
import { formerVirtual } from '../../../../../api/consumption/former.ts';
import { createConsumptionJob } from '../../../../../api/consumption/job.ts';
import { recompute, recomputeDirty } from '../../../../../api/consumption/recompute.ts';
import { dirtyBetween, factsOf } from '../../../../../api/consumption/registry-facts.ts';
import { DAY_MS, HOUR_MS } from '../../../../../domain/period.ts';
import {
  openPipeline,
  type Pipeline,
  readingsOf,
  testRegistry,
} from '../../../../support/pipeline.ts';

const START_MS = Date.parse('2026-10-09T16:00:00Z');
const RANGE = { fromMs: START_MS, toMs: START_MS + DAY_MS };
const NOW_MS = RANGE.toMs + 2 * HOUR_MS;

/** The shared building without what is metered for `left`, in the motive power item, and twice that. */
const VIRTUAL = `virtualMeters:
  - { id: twice, name: { zh: 双倍, en: Twice }, building: shared, carrier: electricity, item: "01B00", level: 3, parent: rest, formula: 2 * rest }
  - { id: rest, name: { zh: 其余, en: Rest }, building: shared, carrier: electricity, item: "01C00", level: 2, parent: shared-e, agency: right, formula: shared-e - shared-e-a }
`;
const WITH = testRegistry((text) => text + VIRTUAL);

let pipeline: Pipeline;
afterEach(() => pipeline.close());

async function filled(registry = WITH, gap?: number): Promise<void> {
  pipeline = await openPipeline(NOW_MS, registry);
  const until = { fromMs: START_MS - HOUR_MS, toMs: NOW_MS };
  await pipeline.write(readingsOf('shared-e', until, () => 5));
  const part = readingsOf('shared-e-a', until, () => 2.5);
  const gapMs = gap ?? Number.POSITIVE_INFINITY;
  await pipeline.write(part.filter(({ atMs }) => atMs < gapMs || atMs > gapMs + 3 * HOUR_MS));
}

async function meterRows(meterId: string, resolution: 'hour' | 'day' | 'month' = 'hour') {
  const range = { fromMs: START_MS - 30 * DAY_MS, toMs: NOW_MS + DAY_MS };
  return pipeline.context.store.meterConsumption({ meterIds: [meterId], resolution, range });
}
const dayOf = async (meterId: string) =>
  (await meterRows(meterId, 'day')).find(({ startMs }) => startMs === START_MS);

describe('virtual meters', () => {
  it('have hours, days and months from corrected amounts, after the multiplier, chained', async () => {
    await filled();
    await recompute(pipeline.context, RANGE);
    // 20 kWh an hour on the main; 10 on the part, of which the multiplier leaves 5.
    const hours = (await meterRows('rest')).filter(({ startMs }) => startMs >= START_MS);
    expect(hours.length).toBeGreaterThanOrEqual(24);
    for (const { value, class: kind, coverage } of hours.slice(0, 24)) {
      expect(value).toBeCloseTo(15, 9);
      expect([kind, coverage]).toEqual(['measured', 1]);
    }
    expect(await dayOf('rest')).toMatchObject({ counter: 'activeEnergyImport', class: 'measured' });
    expect((await dayOf('rest'))?.value).toBeCloseTo(360, 6);
    expect((await dayOf('twice'))?.value).toBeCloseTo(720, 6);
    expect(await meterRows('rest', 'month')).toHaveLength(1);
  });

  it('are part of accounts: the tenant’s own, taken off the shared rest', async () => {
    await filled();
    await recompute(pipeline.context, RANGE);
    const agencyIds = ['left', 'right'];
    const query = { agencyIds, resolution: 'day', range: RANGE } as const;
    const rows = await pipeline.context.store.agencyConsumption({ ...query, item: '01000' });
    // Both parts of the main have an owner now; nothing is left to share.
    expect(rows.map(({ agencyId, value }) => [agencyId, Math.round(value ?? -1)])).toEqual([
      ['left', 120],
      ['right', 360],
    ]);
    const motive = await pipeline.context.store.agencyConsumption({ ...query, item: '01C00' });
    expect(motive.map(({ agencyId }) => agencyId)).toEqual(['right']);
  });

  it('carry the worst quality of their meters, and their flags', async () => {
    await filled(WITH, START_MS + 5 * HOUR_MS);
    await recompute(pipeline.context, RANGE);
    const hour = (await meterRows('rest')).find(
      ({ startMs }) => startMs === START_MS + 6 * HOUR_MS,
    );
    expect(hour).toMatchObject({ class: 'interpolated', coverage: 0, known: 1, flags: ['gap'] });
    const main = (await meterRows('shared-e')).find(({ startMs }) => startMs === hour?.startMs);
    expect(main).toMatchObject({ class: 'measured', flags: [] });
  });

  it('are unknown where one of their meters is', async () => {
    pipeline = await openPipeline(NOW_MS, WITH);
    await pipeline.write(readingsOf('shared-e', { fromMs: START_MS, toMs: NOW_MS }));
    await recompute(pipeline.context, RANGE);
    const hours = await meterRows('rest');
    expect(hours.length).toBeGreaterThan(20);
    expect(hours.every(({ value, class: kind }) => value === null && kind === 'missing')).toBe(
      true,
    );
  });

  it('flag what comes out below zero, and only that', async () => {
    await filled(
      testRegistry((text) =>
        `${text}${VIRTUAL}`.replace('shared-e - shared-e-a', 'shared-e - 5 * shared-e-a'),
      ),
    );
    await recompute(pipeline.context, RANGE);
    expect(await dayOf('rest')).toMatchObject({ flags: ['balance_negative'] });
    expect((await dayOf('rest'))?.value).toBeCloseTo(-120, 6);
    expect(await dayOf('shared-e')).toMatchObject({ flags: [] });
  });

  it('follow their meters hour by hour', async () => {
    await filled();
    await recompute(pipeline.context, RANGE);
    const before = await meterRows('rest');
    pipeline.clock.nowMs += HOUR_MS;
    const later = { fromMs: START_MS - HOUR_MS, toMs: NOW_MS + HOUR_MS };
    await pipeline.write(readingsOf('shared-e', later, () => 5));
    const { queue } = pipeline;
    const options = { queue, logger: { error: () => {} }, closeAfterDays: 10 };
    await createConsumptionJob(() => pipeline.context, options).run();
    expect((await meterRows('rest')).length).toBe(before.length + 1);
  });

  it('new or changed in a registry, have rows as far back as their meters', async () => {
    await filled();
    const plain = testRegistry();
    const { context } = pipeline;
    await recompute({ ...context, registry: plain }, RANGE);
    expect(await meterRows('rest')).toEqual([]);
    const dirty = dirtyBetween(factsOf(plain), factsOf(WITH), NOW_MS);
    const meters = dirty.filter(({ kind }) => kind === 'meter');
    expect(meters.map(({ subject }) => subject).sort()).toEqual(['rest', 'twice']);
    const ranges = meters.map(({ subject, ...range }) => ({ ...range, meterId: subject }));
    await recomputeDirty(context, ranges, { cause: 'registry' });
    expect((await dayOf('twice'))?.value).toBeCloseTo(720, 6);
    const changed = testRegistry((text) => `${text}${VIRTUAL}`.replace('2 * rest', '3 * rest'));
    expect(dirtyBetween(factsOf(WITH), factsOf(changed), NOW_MS)).toMatchObject([
      { kind: 'meter', subject: 'twice', fromMs: 0 },
    ]);
  });

  it('gone from a registry, leave neither rows nor accounts; come back, have them again', async () => {
    await filled();
    const { queue } = pipeline;
    const options = { queue, logger: { error: () => {} }, closeAfterDays: 10 };
    const job = createConsumptionJob(() => pipeline.context, options);
    await job.run();
    const kept = await meterRows('shared-e');
    const before = await meterRows('rest');
    expect(before.length).toBeGreaterThan(20);
    const query = { agencyIds: ['right'], resolution: 'day', range: RANGE, item: '01C00' } as const;
    const motive = async () =>
      (await pipeline.context.store.agencyConsumption(query)).map(({ value }) => value);
    expect(await motive()).toEqual([expect.any(Number)]);

    pipeline.context = { ...pipeline.context, registry: testRegistry() };
    await job.run();
    for (const resolution of ['hour', 'day', 'month'] as const) {
      const rows = await meterRows('rest', resolution);
      expect(rows.every(({ value, known }) => value === null && known === 0)).toBe(true);
    }
    expect(await motive()).toEqual([null]);
    // Control: a polled meter's rows are its readings', whatever is made of them.
    expect(await meterRows('shared-e')).toEqual(kept);

    pipeline.context = { ...pipeline.context, registry: WITH };
    await job.run();
    expect(await meterRows('rest')).toEqual(before);
    expect(queue.state().length).toBe(0);
  });

  it('gone while nobody looked, are still placed by the facts that were kept', async () => {
    const facts = factsOf(WITH);
    expect(formerVirtual(facts).get('rest')).toEqual({
      id: 'rest',
      building: 'shared',
      carrier: 'electricity',
    });
    expect(formerVirtual(factsOf(testRegistry())).size).toBe(0);
    // Control: where a store cannot place them, what is computed otherwise goes on.
    await filled(testRegistry());
    const { queue } = pipeline;
    queue.add({ cause: 'registry', dirty: [], facts });
    const options = { queue, logger: { error: () => {} }, closeAfterDays: 10 };
    await createConsumptionJob(() => pipeline.context, options).run();
    expect(queue.state().length).toBe(0);
  });
});
