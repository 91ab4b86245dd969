/** When there is no room: thin before dropping, drop statuses before readings, count everything, go on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CollectorRecord } from '../../../collector/recorder.ts';
import { shed, thinToHours } from '../../../collector/spool/thin.ts';
import { openSpool, type SpoolOptions } from '../../../collector/spool.ts';
import { HOUR_MS } from '../../../domain/period.ts';
import { keyOf, point, reading, readings, status, T0_MS } from '../../support/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'jieyue-room-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function open(options: Partial<SpoolOptions> = {}) {
  files += 1;
  return openSpool({ path: join(folder, `spool-${files}.db`), groupMs: 1, ...options });
}

const MEGABYTE = 1024 ** 2;

/** One meter-hour after the other, so that thinning has something to leave out. */
function seconds(count: number): CollectorRecord[] {
  return Array.from({ length: count }, (_, index) => reading(index * 1000, `m${index % 5}`));
}

describe('thinning', () => {
  it('keeps the last register of each meter and hour, per set of registers', () => {
    const water: CollectorRecord = {
      kind: 'reading',
      reading: { meterId: 'm1', atMs: T0_MS + 1, quality: 0, values: { volume: 1 } },
    };
    const records = [reading(0, 'm1'), water, reading(2, 'm1'), reading(2, 'm2'), status(0, 'm1')];
    const later = reading(HOUR_MS, 'm1');
    expect(thinToHours([...records, later])).toEqual([
      status(0, 'm1'),
      water,
      reading(2, 'm1'),
      reading(2, 'm2'),
      later,
    ]);
  });

  it('sheds statuses first, then figures, then readings within the hour, then the oldest', () => {
    const all = [status(0), point(0), reading(0, 'a'), reading(1, 'a'), reading(2, 'b'), status(9)];
    expect(shed(all, 5).kept).toEqual(all.slice(1));
    expect(shed(all, 3)).toEqual({
      kept: [reading(0, 'a'), reading(1, 'a'), reading(2, 'b')],
      droppedReadings: 0,
      droppedStatuses: 2,
      droppedPoints: 1,
    });
    expect(shed(all, 2).kept).toEqual([reading(1, 'a'), reading(2, 'b')]);
    expect(shed(all, 1)).toMatchObject({ kept: [reading(2, 'b')], droppedReadings: 2 });
  });

  it('keeps a full spool inside its quota with every hourly register in it', async () => {
    const spool = open({ maxBytes: MEGABYTE, groupSize: 100 });
    const records = seconds(40_000);
    for (const record of records) spool.record(record);
    await spool.flush();
    const { bytes, thinned, droppedReadings, commitFailures, records: left } = spool.figures();
    expect(bytes).toBeLessThanOrEqual(MEGABYTE);
    expect(thinned).toBeGreaterThan(20_000);
    expect(left).toBe(40_000 - thinned);
    expect({ droppedReadings, commitFailures }).toEqual({ droppedReadings: 0, commitFailures: 0 });
    const found = spool.batches({ maxRecords: 1e6 }).flatMap((batch) => batch.records);
    const kept = new Set(found.map(keyOf));
    for (const record of thinToHours(records)) expect(kept).toContain(keyOf(record));
    await spool.close();
  });

  it('control: with room enough nothing is thinned', async () => {
    const spool = open({ maxBytes: 100 * MEGABYTE, groupSize: 100 });
    for (const record of seconds(40_000)) spool.record(record);
    await spool.flush();
    expect(spool.figures()).toMatchObject({ thinned: 0, records: 40_000 });
    await spool.close();
  });
});

describe('a disk that refuses', () => {
  /** Each its own meter: nothing to thin. */
  const meters = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => reading(from + index, `meter-${from + index}`));

  it('leaves the records in memory, says so, and takes them once there is room', async () => {
    const spool = open({ maxBytes: 130_000, groupSize: 50, retryMs: 20 });
    const records = meters(3000);
    for (const record of records) spool.record(record);
    await expect(spool.flush()).rejects.toMatchObject({ code: 'spool.unavailable' });
    const full = spool.figures();
    expect(full.commitFailures).toBeGreaterThan(0);
    expect(full.pending + full.records).toBe(3000);
    expect(full.pending).toBeGreaterThan(500);

    const durable: string[] = [];
    spool.onDurable((batch) => durable.push(...batch.records.map(keyOf)));
    const stored: string[] = [];
    for (let round = 0; round < 200 && spool.figures().pending > 0; round += 1) {
      for (const batch of spool.batches({ maxRecords: 500 })) {
        stored.push(...batch.records.map(keyOf));
        spool.ack([batch.seq]);
      }
      await spool.flush().catch(() => {});
    }
    for (const batch of spool.batches({ maxRecords: 1e6 })) {
      stored.push(...batch.records.map(keyOf));
    }
    expect(stored.sort()).toEqual(records.map(keyOf).sort());
    expect(durable.length).toBe(full.pending);
    await spool.close();
  });

  it('bounds the memory: statuses go first, and each loss is counted', async () => {
    const spool = open({ maxBytes: 130_000, groupSize: 50, retryMs: 60_000, maxPending: 1000 });
    for (const record of meters(2000)) spool.record(record);
    await spool.flush().catch(() => {});
    const before = spool.figures();
    expect(before.pending).toBeGreaterThan(0);
    for (let index = 0; index < 2000; index += 1) spool.record(status(index));
    const after = spool.figures();
    expect(after.pending).toBeLessThanOrEqual(1000);
    expect(after.droppedStatuses).toBe(
      before.pending + 2000 - after.pending - after.droppedReadings,
    );
    expect(after.droppedStatuses).toBeGreaterThan(500);
    await expect(spool.close()).rejects.toMatchObject({ code: 'spool.unavailable' });
  });
});

describe('the quarantine', () => {
  it('is bounded, counts tries, lists, and gives records back', async () => {
    const spool = open({ maxQuarantined: 5 });
    spool.quarantine(readings(4), 'field type conflict');
    spool.quarantine([reading(2)], 'still a conflict');
    expect(spool.quarantined()).toHaveLength(4);
    expect(spool.quarantined()[2]).toMatchObject({ tries: 2, reason: 'still a conflict' });
    spool.quarantine(readings(3, 10), 'other');
    expect(spool.figures()).toMatchObject({ quarantined: 5, quarantineDropped: 2 });

    const [first] = spool.quarantined();
    expect(spool.requeue([first?.id ?? 0])).toBe(1);
    expect(spool.batches()).toMatchObject([{ records: [reading(2)] }]);
    expect(spool.requeue()).toBe(4);
    expect(spool.figures()).toMatchObject({ quarantined: 0, records: 5 });
    await spool.close();
  });
});
