/** The spool keeps what it acknowledged, through reopening and crashes, and never invents anything. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { CollectorRecord } from '../../../collector/recorder.ts';
import { openSpool, type Spool, type SpoolOptions } from '../../../collector/spool.ts';
import { isAppError } from '../../../domain/errors.ts';
import { keyOf, point, reading, readings, status, T0_MS } from '../../support/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'jieyue-spool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `spool-${files}.db`);
}

function open(path: string, options: Partial<SpoolOptions> = {}): Spool {
  return openSpool({ path, groupMs: 1, ...options });
}

/** What a SIGKILL at this instant leaves: the file and its write-ahead log, without a checkpoint. */
function copyAsAfterKill(path: string, suffixes = ['', '-wal']): string {
  const copy = newPath();
  for (const suffix of suffixes) {
    if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
  }
  return copy;
}

function keysIn(spool: Spool): string[] {
  const batches = spool.batches({ maxRecords: 1_000_000 });
  return batches.flatMap(({ records }) => records).map(keyOf);
}

function recordAll(spool: Spool, records: readonly CollectorRecord[]): void {
  for (const record of records) spool.record(record);
}

describe('spool', () => {
  it('gives back exactly what was recorded, of all kinds, oldest first', async () => {
    const path = newPath();
    const spool = open(path);
    const records = [reading(3), status(1), point(2), reading(0)];
    recordAll(spool, records);
    await spool.flush();
    expect(spool.batches()).toMatchObject([{ seq: 1, records }]);
    recordAll(spool, [reading(-5)]);
    await spool.flush();
    expect(keysIn(spool)[0]).toBe(keyOf(reading(-5)));
    await spool.close();

    const again = open(path);
    expect(keysIn(again).sort()).toEqual([...records, reading(-5)].map(keyOf).sort());
    await again.close();
  });

  it('commits a full group at once, and a part of one after the group time', async () => {
    const spool = open(newPath(), { groupSize: 10, groupMs: 5 });
    const durable: number[] = [];
    spool.onDurable(({ records }) => durable.push(records.length));
    recordAll(spool, readings(25));
    expect(durable).toEqual([10, 10]);
    await spool.flush();
    expect(durable).toEqual([10, 10, 5]);
    expect(spool.figures()).toMatchObject({ batches: 3, records: 25, pending: 0, commits: 3 });
    await spool.close();
  });

  it('forgets acknowledged batches and keeps what is left of others', async () => {
    const path = newPath();
    const spool = open(path, { groupSize: 4 });
    recordAll(spool, readings(12));
    spool.ack([1]);
    expect(spool.batches().map(({ seq }) => seq)).toEqual([2, 3]);
    expect(spool.batches({ skip: new Set([2]) }).map(({ seq }) => seq)).toEqual([3]);
    spool.replace(2, [reading(5)]);
    spool.replace(3, []);
    await spool.close();
    const again = open(path);
    expect(again.batches()).toMatchObject([{ seq: 2, records: [reading(5)] }]);
    expect(again.figures()).toMatchObject({ batches: 1, records: 1 });
    await again.close();
  });

  it('reads bounded pages however long the backlog is', async () => {
    const spool = open(newPath(), { groupSize: 10 });
    recordAll(spool, readings(1000));
    expect(spool.batches({ maxRecords: 35 }).length).toBe(3);
    expect(spool.batches({ maxRecords: 1 }).length).toBe(1);
    await spool.close();
  });

  it('refuses a second collector, and takes the next once the first is gone', async () => {
    const path = newPath();
    const first = open(path);
    try {
      open(path);
      expect.unreachable('a second collector was let in');
    } catch (error) {
      expect(isAppError(error, 'spool.locked') && error.message).toContain(path);
    }
    await first.close();
    await open(path).close();
  });

  it('says which file it cannot open, and leaves no lock behind', async () => {
    const path = newPath();
    mkdirSync(path);
    expect(() => open(path)).toThrow(`the spool ${path} cannot be opened`);
    rmSync(path, { recursive: true });
    await open(path).close();
  });

  it('refuses numbers that are none, naming meter and quantity', async () => {
    const spool = open(newPath());
    const values = { activePower: Number.NaN };
    const bad = { meterId: 'pump-1', atMs: T0_MS, quality: 0, values };
    expect(() => spool.record({ kind: 'reading', reading: bad })).toThrow(/pump-1: activePower/);
    const late = { ...bad, atMs: 0.5, values: {} };
    expect(() => spool.record({ kind: 'reading', reading: late })).toThrow(/pump-1/);
    expect(spool.figures().pending).toBe(0);
    await spool.close();
  });

  it('recovers all that was durable and not acknowledged after any history and a kill', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('record' as const), n: fc.nat(30) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), n: fc.constant(0) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('ack' as const), n: fc.nat(5) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), n: fc.constant(0) }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('reopen' as const), n: fc.constant(0) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        let next = 0;
        let path = newPath();
        /** Durable and not acknowledged. */
        const must = new Set<string>();
        /** Acknowledged, but the acknowledgement itself may not be durable yet. */
        const may = new Set<string>();
        let generation = 0;
        const follow = () => {
          generation += 1;
          const own = generation;
          const spool = open(path, { groupSize: 8 });
          spool.onDurable(({ records }) => {
            if (own !== generation) return;
            may.clear();
            for (const record of records) must.add(keyOf(record));
          });
          return spool;
        };
        let spool = follow();
        const check = () => {
          const found = keysIn(spool);
          expect(new Set(found).size).toBe(found.length);
          for (const key of must) expect(found).toContain(key);
          for (const key of found) expect(must.has(key) || may.has(key)).toBe(true);
          for (const key of may) if (found.includes(key)) must.add(key);
          may.clear();
        };
        for (const { do: what, n } of [...steps, { do: 'kill' as const, n: 0 }]) {
          if (what === 'record') {
            recordAll(spool, readings(n, next));
            next += n;
          } else if (what === 'flush') await spool.flush();
          else if (what === 'ack') {
            for (const { seq, records } of spool.batches().slice(0, n)) {
              spool.ack([seq]);
              for (const key of records.map(keyOf)) if (must.delete(key)) may.add(key);
            }
          } else {
            const left = spool;
            if (what === 'kill') path = copyAsAfterKill(path);
            else await left.close();
            spool = follow();
            check();
            // Whatever the one left behind still commits goes to its own file, not to the copy.
            if (what === 'kill') await left.close();
          }
        }
        await spool.close();
      }),
      { numRuns: 40, seed: 20_261_123 },
    );
  });

  it('control: a kill that also took the write-ahead log would lose readings, and is seen', async () => {
    const spool = open(newPath());
    recordAll(spool, readings(100));
    await spool.flush();
    const path = join(folder, `spool-${files}.db`);
    const whole = open(copyAsAfterKill(path));
    expect(keysIn(whole)).toHaveLength(100);
    const torn = open(copyAsAfterKill(path, ['']));
    expect(keysIn(torn)).toHaveLength(0);
    for (const one of [spool, whole, torn]) await one.close();
  });
});
