/** A damaged spool never keeps the collector from starting, and never yields a wrong value. */
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSpool, type Spool } from '../../../collector/spool.ts';
import { keyOf, reading, readings } from '../../support/records.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-damage-'));
  path = join(folder, 'spool.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function logger() {
  return { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
}

function keysIn(spool: Spool): string[] {
  const batches = spool.batches({ maxRecords: 1_000_000 });
  return batches.flatMap(({ records }) => records).map(keyOf);
}

/** A closed spool of `count` readings. */
async function filled(count: number, groupSize = 10): Promise<void> {
  const spool = openSpool({ path, groupSize });
  for (const record of readings(count)) spool.record(record);
  await spool.close();
}

function asides(): string[] {
  return readdirSync(folder).filter((name) => /damaged-\d{4}-\d\d-\d\dT\d+Z$/.test(name));
}

describe('a damaged spool', () => {
  it('that is no database is moved aside under a name that tells when, and said so', async () => {
    writeFileSync(path, 'not a database '.repeat(1000));
    const log = logger();
    const spool = openSpool({ path, logger: log, now: () => Date.UTC(2026, 1, 3, 4, 5, 6) });
    expect(asides()).toEqual(['spool.db.damaged-2026-02-03T040506000Z']);
    expect(readFileSync(join(folder, asides()[0] ?? ''), 'utf8')).toMatch(/^not a database/);
    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'spool.damaged', path }),
      expect.any(String),
    );
    spool.record(reading(1));
    await spool.flush();
    expect(keysIn(spool)).toEqual([keyOf(reading(1))]);
    expect(spool.figures().damaged).toBe(1);
    await spool.close();
  });

  it('control: a sound one stays where it is', async () => {
    await filled(50);
    const log = logger();
    const spool = openSpool({ path, logger: log });
    expect(keysIn(spool)).toHaveLength(50);
    expect(asides()).toEqual([]);
    expect(log.error).not.toHaveBeenCalled();
    await spool.close();
  });

  it('with a bad page gives what can still be read, and each of it right', async () => {
    await filled(4000);
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, 60 * 4096);
    closeSync(file);
    const log = logger();
    const spool = openSpool({ path, logger: log });
    const known = new Set(readings(4000).map(keyOf));
    const found = keysIn(spool);
    expect(found.length).toBeGreaterThan(2000);
    expect(found.every((key) => known.has(key))).toBe(true);
    expect(new Set(found).size).toBe(found.length);
    spool.record(reading(9999));
    await spool.flush();
    await spool.close();
  });

  it('with a flipped bit in a value hands that batch to the quarantine, not to the store', async () => {
    await filled(30);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(Buffer.from(Float64Array.of(1.875).buffer));
    expect(at).toBeGreaterThan(0);
    bytes[at + 5] = 1;
    writeFileSync(path, bytes);
    const spool = openSpool({ path });
    expect(keysIn(spool)).toEqual([...readings(10), ...readings(10, 20)].map(keyOf));
    expect(spool.quarantined()).toMatchObject([{ reason: expect.stringContaining('checksum') }]);
    expect(spool.figures()).toMatchObject({ damaged: 1, batches: 2, records: 20 });
    await spool.close();
  });

  it('with a write-ahead log cut anywhere opens with whole batches only', async () => {
    const live = openSpool({ path, groupSize: 10 });
    for (const record of readings(300)) live.record(record);
    await live.flush();
    const known = new Set(readings(300).map(keyOf));
    const walBytes = readFileSync(`${path}-wal`).length;
    let shorter = 0;
    for (let cut = 0; cut < 12; cut += 1) {
      const copy = join(folder, `cut-${cut}.db`);
      copyFileSync(path, copy);
      copyFileSync(`${path}-wal`, `${copy}-wal`);
      truncateSync(`${copy}-wal`, Math.floor((walBytes * cut) / 12) + 7 * cut);
      const spool = openSpool({ path: copy });
      const found = keysIn(spool);
      expect(found.length % 10).toBe(0);
      expect(found.every((key) => known.has(key))).toBe(true);
      if (found.length < 300) shorter += 1;
      spool.record(reading(-1));
      await spool.flush();
      await spool.close();
    }
    expect(shorter).toBeGreaterThan(0);
    await live.close();
  });

  it('found while running is replaced without losing what is in memory', async () => {
    // More than SQLite's page cache holds, or it would never look at the disk again.
    await filled(40_000, 100);
    const log = logger();
    const spool = openSpool({ path, groupSize: 10, logger: log });
    // Behind the open connection's back, as a failing disk would.
    const file = openSync(path, 'r+');
    for (let page = 1; page < 1000; page += 1) {
      writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    }
    closeSync(file);
    const fresh = readings(10, 5000);
    for (const record of fresh) spool.record(record);
    await spool.flush();
    const found = keysIn(spool);
    for (const record of fresh) expect(found).toContain(keyOf(record));
    const next = readings(10, 6000);
    for (const record of next) spool.record(record);
    await spool.flush();
    for (const record of next) expect(keysIn(spool)).toContain(keyOf(record));
    expect(asides()).toHaveLength(1);
    await spool.close();
  });
});
