/** The job follows the clock and whatever makes rows out of date: late readings, the ledger, the registry, the rules. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConsumptionJob } from '../../../../api/consumption/job.ts';
import { progressOf } from '../../../../api/consumption/queue.ts';
import type { Job } from '../../../../api/job.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import type { Reading } from '../../../../domain/reading.ts';
import {
  openPipeline,
  type Pipeline,
  readingsOf,
  testRegistry,
} from '../../../support/pipeline.ts';

const NOW_MS = Date.parse('2026-10-20T07:20:00Z');
const RANGE = { fromMs: NOW_MS - 8 * DAY_MS, toMs: NOW_MS };
const HOLE = { fromMs: NOW_MS - 6 * DAY_MS, toMs: NOW_MS - 6 * DAY_MS + 8 * HOUR_MS };
const METERS = ['shared-e', 'shared-e-a', 'own-e'];
const isHole = ({ meterId, atMs }: Reading) =>
  meterId === 'own-e' && atMs > HOLE.fromMs && atMs < HOLE.toMs;
const all = METERS.flatMap((id) => readingsOf(id, RANGE, (index) => (index % 2 === 0 ? 2 : 1)));
const logger = {
  error: (fields: object) => {
    throw new Error(JSON.stringify(fields));
  },
};

let pipeline: Pipeline;
let job: Job;

function startJob(): Job {
  const { queue } = pipeline;
  return createConsumptionJob(() => pipeline.context, { queue, logger, closeAfterDays: 10 });
}

beforeEach(async () => {
  pipeline = await openPipeline(NOW_MS);
  await pipeline.write(all.filter((reading) => !isHole(reading)));
  job = startJob();
  await job.run();
});

afterEach(() => pipeline.close());

async function hoursOf(meterId: string, range: { fromMs: number; toMs: number }) {
  const query = { meterIds: [meterId], resolution: 'hour', range } as const;
  return pipeline.context.store.meterConsumption(query);
}

async function holeClasses(): Promise<string[]> {
  const rows = await hoursOf('own-e', { fromMs: HOLE.fromMs + HOUR_MS, toMs: HOLE.toMs - HOUR_MS });
  return [...new Set(rows.map((row) => row.class))];
}

describe('the job', () => {
  it('makes all rows there are none of, and goes on with the clock', async () => {
    const rows = await hoursOf('shared-e', RANGE);
    expect(rows).toHaveLength(8 * 24);
    expect(progressOf(pipeline.queue)).toMatchObject({ waiting: 0, rowsUntilMs: NOW_MS });
    pipeline.clock.nowMs += HOUR_MS;
    const last = readingsOf('shared-e', { fromMs: NOW_MS, toMs: NOW_MS + HOUR_MS });
    await pipeline.write(
      last.map((reading) => ({ ...reading, values: { activeEnergyImport: 3000 } })),
    );
    await job.run();
    const next = { fromMs: NOW_MS, toMs: pipeline.clock.nowMs };
    expect(await hoursOf('shared-e', next)).toHaveLength(1);
    // Silence is known to be silence.
    expect(await hoursOf('own-e', next)).toMatchObject([{ class: 'missing', value: null }]);
  });

  it('takes in late readings that the store tells of, after a restart too', async () => {
    expect(await holeClasses()).toEqual(['interpolated']);
    await pipeline.write(all.filter(isHole));
    await job.run();
    // Control: untold, they are not seen.
    expect(await holeClasses()).toEqual(['interpolated']);
    const arrival = { meterId: 'own-e', arrivedAtMs: NOW_MS, ...HOLE };
    await pipeline.context.store.writeArrivals([arrival]);
    job = startJob();
    await job.run();
    expect(await holeClasses()).toEqual(['measured']);
  });

  it('counts what was read by hand, until the entry is voided', async () => {
    const { ledger } = pipeline.context;
    const before = all.findLast(({ meterId, atMs }) => meterId === 'own-e' && atMs <= HOLE.fromMs);
    const body = {
      meter: 'own-e',
      at: new Date(HOLE.fromMs + 4 * HOUR_MS).toISOString(),
      index: (before?.values.activeEnergyImport ?? 0) + 1,
    };
    const entry = ledger.add('manual-reading', body, { who: 'test', why: 'outage' });
    await job.run();
    expect(await holeClasses()).toContain('manual');
    ledger.void(entry, { who: 'test', why: 'misread' });
    await job.run();
    expect(await holeClasses()).toEqual(['interpolated']);
  });

  it('follows a multiplier of the registry from its date on', async () => {
    const day = { fromMs: NOW_MS - 3 * DAY_MS, toMs: NOW_MS - 2 * DAY_MS };
    const early = { fromMs: NOW_MS - 7 * DAY_MS, toMs: NOW_MS - 6 * DAY_MS };
    const [before, kept] = [await hoursOf('own-e', day), await hoursOf('own-e', early)];
    const registry = testRegistry((text) =>
      text.replace(
        'id: own-e,',
        'id: own-e, multiplier: [{ from: 2026-01-01, factor: 1 }, { from: 2026-10-16, factor: 10 }],',
      ),
    );
    pipeline.context = { ...pipeline.context, registry };
    await job.run();
    const after = await hoursOf('own-e', day);
    expect(after.map(({ value }) => value)).toEqual(before.map(({ value }) => 10 * (value ?? 0)));
    expect(await hoursOf('own-e', early)).toEqual(kept);
  });

  it('moves the accounts with the shares of a building', async () => {
    const day = { fromMs: NOW_MS - 2 * DAY_MS, toMs: NOW_MS - DAY_MS };
    const query = {
      agencyIds: ['left', 'right', 'bureau'],
      resolution: 'day',
      range: day,
    } as const;
    const total = { ...query, item: '01000', carrier: 'electricity' } as const;
    const valuesOf = async () => {
      const rows = await pipeline.context.store.agencyConsumption(total);
      return new Map(rows.map(({ agencyId, value }) => [agencyId, value ?? 0]));
    };
    const before = await valuesOf();
    const registry = testRegistry((text) => text.replace('left: 0.5, right: 0.5', 'left: 1'));
    pipeline.context = { ...pipeline.context, registry };
    await job.run();
    const after = await valuesOf();
    expect(after.get('left') ?? 0).toBeGreaterThan(before.get('left') ?? 0);
    expect(after.get('right') ?? 0).toBeLessThan(before.get('right') ?? 0);
    expect(after.get('bureau')).toBeCloseTo(before.get('bureau') ?? 0, 6);
  });

  it('leaves rows alone whose readings were forgotten since', async () => {
    const old = { fromMs: RANGE.fromMs, toMs: RANGE.fromMs + 2 * DAY_MS };
    const before = await hoursOf('own-e', old);
    expect(before.length).toBeGreaterThan(40);
    const other = await openPipeline(NOW_MS);
    await other.context.store.writeMeterConsumption(before);
    await other.write(all.filter(({ atMs }) => atMs >= old.toMs));
    other.queue.add({ cause: 'rebuild', dirty: [{ kind: 'meter', subject: 'own-e', ...RANGE }] });
    const { queue, context } = other;
    await createConsumptionJob(() => context, { queue, logger, closeAfterDays: 10 }).run();
    const query = { meterIds: ['own-e'], resolution: 'hour', range: old } as const;
    expect(await context.store.meterConsumption(query)).toEqual(before);
    await other.close();
  });
});
