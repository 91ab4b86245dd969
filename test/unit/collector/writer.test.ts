/** The writer brings every good record to the store exactly once, whatever the store answers. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CollectorRecord } from '../../../collector/recorder.ts';
import { openSpool, type Spool, type SpoolOptions } from '../../../collector/spool.ts';
import { createWriter, type Writer, type WriterOptions } from '../../../collector/writer.ts';
import { AppError } from '../../../domain/errors.ts';
import { createMemorySink, type MemorySink } from '../../support/memory-sink.ts';
import { keyOf, point, reading, readings, status } from '../../support/records.ts';

interface Rig {
  readonly spool: Spool;
  readonly sink: MemorySink;
  readonly writer: Writer;
  readonly log: Record<'info' | 'warn' | 'error', ReturnType<typeof vi.fn>>;
  record(records: readonly CollectorRecord[]): Promise<void>;
}

const open: Rig[] = [];
afterEach(async () => {
  for (const rig of open.splice(0)) {
    await rig.writer.stop(0);
    await rig.spool.close();
  }
});

function rig(options: Partial<WriterOptions> = {}, spoolOptions: Partial<SpoolOptions> = {}): Rig {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const spool = openSpool({ path: ':memory:', groupMs: 1, groupSize: 100, ...spoolOptions });
  const sink = createMemorySink();
  const quick = { retryFirstMs: 5, retryMaxMs: 40, deniedProbeMs: 30, lingerMs: 2 };
  const writer = createWriter({ spool, sink, logger: log, ...quick, ...options });
  const made: Rig = {
    spool,
    sink,
    writer,
    log,
    async record(records) {
      for (const one of records) spool.record(one);
      await spool.flush();
    },
  };
  open.push(made);
  return made;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await delay(2)) {
    if (condition()) return;
  }
  throw new Error(`did not happen within 10 s: ${what}`);
}

/** Everything is settled: nothing left on disk once acknowledgements are committed. */
function drained({ spool }: Rig): Promise<void> {
  return until(() => spool.figures().batches === 0, 'spool empty');
}

function expectStored({ sink }: Rig, records: readonly CollectorRecord[]): void {
  expect([...sink.stored.keys()].sort()).toEqual(records.map(keyOf).sort());
}

const away = () => new AppError('store.unavailable', 'connect ECONNREFUSED');

describe('writer', () => {
  it('stores readings, statuses and figures, and empties the spool', async () => {
    const made = rig();
    const records = [...readings(250), status(1), status(2), point(3)];
    made.writer.start();
    await made.record(records);
    await drained(made);
    expectStored(made, records);
    expect(made.writer.figures()).toMatchObject({ written: 253, live: 0, unavailable: 0 });
  });

  it('writes what an earlier run left, merged into large writes', async () => {
    const made = rig({ maxLive: 0, maxRecords: 1000 }, { groupSize: 10 });
    await made.record(readings(3000));
    made.writer.start();
    await drained(made);
    expectStored(made, readings(3000));
    expect(Math.max(...made.sink.writes)).toBe(1000);
  });

  it('after an outage writes live data first, and the backlog oldest first in between', async () => {
    const made = rig({ maxLive: 300, maxRecords: 200 });
    made.sink.trouble = away();
    made.writer.start();
    await made.record(readings(5000));
    await until(() => made.writer.figures().unavailable === 1, 'outage noticed');
    expect(made.writer.figures().live).toBeLessThanOrEqual(300);
    made.sink.trouble = undefined;
    await drained(made);
    expectStored(made, readings(5000));
    const order = made.sink.arrivals.map((key) => Number(key.slice(key.lastIndexOf(' '))));
    const live = order.slice(0, 100);
    expect(Math.min(...live)).toBeGreaterThan(Math.max(...order) - 300);
    const backlog = order.filter((atMs) => atMs < Math.max(...order) - 500);
    expect(backlog).toEqual(backlog.toSorted((a, b) => a - b));
    expect(made.log.warn).toHaveBeenCalledTimes(1);
    expect(made.log.info).toHaveBeenCalledTimes(1);
  });

  it('comes back with one small write, not with all it has', async () => {
    const made = rig({}, { groupSize: 50 });
    made.sink.trouble = away();
    made.writer.start();
    await made.record(readings(2000));
    await until(() => made.writer.figures().posts > 3, 'retries');
    expect(made.sink.writes.slice(1).every((size) => size <= 50)).toBe(true);
    const before = made.sink.writes.length;
    made.sink.trouble = undefined;
    await drained(made);
    expect(made.sink.writes[before]).toBeLessThanOrEqual(50);
  });

  it('waits as long as the store asks', async () => {
    const made = rig();
    made.sink.trouble = new AppError('store.unavailable', '429', { retryAfterMs: 60_000 });
    made.writer.start();
    await made.record(readings(1));
    await until(() => made.writer.figures().unavailable === 1, 'refusal');
    await delay(100);
    expect(made.writer.figures().posts).toBe(1);
  });

  it('keeps everything while it is denied, says so once, and goes on when it is let in', async () => {
    const made = rig();
    made.sink.trouble = new AppError('store.denied', '401 authorization failed');
    made.writer.start();
    await made.record(readings(500));
    await until(() => made.writer.figures().posts >= 4, 'probes');
    expect(made.writer.figures()).toMatchObject({ denied: 1, quarantined: 0, written: 0 });
    expect(made.spool.figures().records).toBe(500);
    expect(made.log.error).toHaveBeenCalledTimes(1);
    made.sink.trouble = undefined;
    await drained(made);
    expectStored(made, readings(500));
  });

  it('halves what is too large, and remembers the size', async () => {
    const made = rig({ maxLive: 0 });
    made.sink.maxRecords = 300;
    await made.record(readings(4000));
    made.writer.start();
    await drained(made);
    expectStored(made, readings(4000));
    expect(made.writer.figures()).toMatchObject({ maxRecords: 250, quarantined: 0 });
    expect(made.sink.writes.filter((size) => size > 300)).toEqual([4000, 2000, 1000, 500]);
  });

  it('quarantines a single record that is too large, and stores the others', async () => {
    const made = rig();
    made.sink.maxRecords = 0;
    made.writer.start();
    await made.record([reading(1)]);
    await drained(made);
    expect(made.spool.quarantined()).toMatchObject([
      { reason: expect.stringMatching(/too large/) },
    ]);
  });

  it.each([1, 10, 500])('isolates %i bad among 5000', async (bad) => {
    const made = rig({ bisectPostsPerMinute: 100_000 });
    const isBad = (index: number) => index % (5000 / bad) === 3 % (5000 / bad);
    const all = readings(5000);
    const badKeys = new Set(all.filter((_, index) => isBad(index)).map(keyOf));
    made.sink.refuses = (record) => badKeys.has(keyOf(record));
    made.writer.start();
    await made.record(all);
    await drained(made);
    expectStored(
      made,
      all.filter((record) => !badKeys.has(keyOf(record))),
    );
    const quarantined = made.spool.quarantined(1000);
    const keys = quarantined.map(({ record }) => keyOf(JSON.parse(record)));
    expect(keys.sort()).toEqual([...badKeys].sort());
    expect(quarantined.every(({ tries }) => tries === 1)).toBe(true);
    expect(made.writer.figures()).toMatchObject({ quarantined: bad, written: 5000 - bad });
    // 2·log₂(5000) posts a bad record, and a few for the writes themselves.
    expect(made.writer.figures().posts).toBeLessThan(bad * 26 + 120);
  });

  it('searches within its budget of posts, and live data does not wait for it', async () => {
    const made = rig({ bisectPostsPerMinute: 20 });
    const badKeys = new Set(readings(100).map(keyOf));
    made.sink.refuses = (record) => badKeys.has(keyOf(record));
    made.writer.start();
    await made.record(readings(200));
    await until(() => made.writer.figures().rejectedWrites > 1, 'search');
    await made.record(readings(50, 1000));
    await until(() => made.sink.stored.has(keyOf(reading(1049))), 'live data');
    await delay(100);
    expect(made.writer.figures().posts).toBeLessThan(40);
    const { records } = made.spool.figures();
    expect(records).toBeGreaterThan(0);
    expect(records).toBeLessThanOrEqual(200);
    // Nothing is lost meanwhile: what is not stored is in the spool or in quarantine.
    const left = made.spool.batches().flatMap((batch) => batch.records.map(keyOf));
    const held = made.spool.quarantined(1000).map(({ record }) => keyOf(JSON.parse(record)));
    const known = new Set([...made.sink.stored.keys(), ...left, ...held]);
    for (const record of readings(200)) expect(known).toContain(keyOf(record));
  });

  it('gives up on a store that says nothing, and tries again', async () => {
    const made = rig({ writeTimeoutMs: 20 });
    made.sink.hold = new Promise(() => {});
    made.writer.start();
    await made.record(readings(10));
    await until(() => made.writer.figures().posts > 1, 'second try');
    made.sink.hold = Promise.resolve();
    await drained(made);
    expectStored(made, readings(10));
  });

  it('makes one write of many small commits', async () => {
    const made = rig({ lingerMs: 300 });
    made.writer.start();
    for (let n = 0; n < 40; n += 1) await made.record([reading(n)]);
    await drained(made);
    expectStored(made, readings(40));
    expect(made.sink.writes.length).toBeLessThan(20);
  });

  it('drains on stop', async () => {
    const made = rig();
    made.writer.start();
    for (const record of readings(1000)) made.spool.record(record);
    await made.writer.stop();
    expectStored(made, readings(1000));
  });

  it('stops in bounded time when the store hangs, and keeps the data', async () => {
    const made = rig();
    made.sink.hold = new Promise(() => {});
    made.writer.start();
    await made.record(readings(10));
    const startMs = Date.now();
    await made.writer.stop(50);
    expect(Date.now() - startMs).toBeLessThan(5_000);
    expect(made.spool.figures().records).toBe(10);
  });

  it('does not wait out a back-off on stop, and keeps the data', async () => {
    const made = rig({ retryFirstMs: 600_000, random: () => 1 });
    made.sink.trouble = away();
    made.writer.start();
    await made.record(readings(10));
    await until(() => made.writer.figures().unavailable === 1, 'outage noticed');
    await made.writer.stop(60_000);
    expect(made.spool.figures().records).toBe(10);
  });
});
