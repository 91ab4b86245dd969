/** Packed records come back as they were, and rows of the release before packing are still read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CollectorRecord } from '../../../../collector/recorder.ts';
import {
  createPacker,
  fromBytes,
  pack,
  toBytes,
  unpack,
} from '../../../../collector/spool/packed.ts';
import { openSpool } from '../../../../collector/spool.ts';
import { METER_STATES, type MeterState } from '../../../../domain/meter-state.ts';
import { QUANTITY_IDS } from '../../../../domain/quantities.ts';
import { point, reading, readings, status } from '../../../support/records.ts';

const atMs = fc.integer({ min: -1e15, max: 1e15 });
const subject = fc.constantFrom('m1', 'pump-2', '表', '');
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const record: fc.Arbitrary<CollectorRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('reading' as const),
    reading: fc.record({
      meterId: subject,
      atMs,
      quality: fc.nat(255),
      values: fc.dictionary(fc.constantFrom(...QUANTITY_IDS.slice(0, 5)), number),
    }),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.record(
      {
        meterId: subject,
        atMs,
        state: fc.constantFrom(...(Object.keys(METER_STATES) as MeterState[])),
        reason: fc.constantFrom('modbus.timeout', 'link.refused'),
        ageMs: fc.nat(),
      },
      { requiredKeys: ['meterId', 'atMs', 'state'] },
    ),
  }),
  fc.record({
    kind: fc.constant('collector' as const),
    point: fc.record({
      atMs,
      bus: subject,
      fields: fc.dictionary(fc.constantFrom('polls', 'ok', 'rss'), number),
    }),
  }),
);

it('gives back what was packed, over bytes too, all of it or one kind', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60 }), (records) => {
      const packed = fromBytes(toBytes(pack(records)));
      expect(packed.size).toBe(records.length);
      expect(JSON.stringify([...unpack(packed)])).toBe(JSON.stringify(records));
      expect([...unpack(packed, 'status')]).toHaveLength(
        records.filter(({ kind }) => kind === 'status').length,
      );
    }),
    { numRuns: 300, seed: 20_261_124 },
  );
});

it('reads bytes wherever they lie', () => {
  const bytes = toBytes(pack(readings(20)));
  for (const offset of [0, 1, 8, 13]) {
    const moved = new Uint8Array(offset + bytes.length + 5).subarray(offset, offset + bytes.length);
    moved.set(bytes);
    expect([...unpack(fromBytes(moved))]).toEqual(readings(20));
  }
});

it('starts anew after each take, and adds nothing of a record it refuses', () => {
  const packer = createPacker();
  for (const one of readings(1_500)) packer.add(one);
  expect([...unpack(packer.take())]).toEqual(readings(1_500));
  packer.add(status(1));
  const bad = { meterId: 'm1', atMs: 0, quality: 0, values: { activePower: Number.NaN } };
  expect(() => packer.add({ kind: 'reading', reading: bad })).toThrow(/m1: activePower/);
  packer.add(point(2));
  expect([...unpack(packer.take())]).toEqual([status(1), point(2)]);
  expect(packer.take().size).toBe(0);
});

it('takes a twentieth of a kilobyte for a register, its instant and its meter', () => {
  expect(toBytes(pack(readings(500))).length / 500).toBeLessThan(50);
});

/** The table as it was, with one row of JSON. */
const FIRST_RELEASE = `
CREATE TABLE batch (seq INTEGER PRIMARY KEY AUTOINCREMENT, created_ms INTEGER NOT NULL,
  from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, records INTEGER NOT NULL,
  thinned INTEGER NOT NULL DEFAULT 0, crc INTEGER NOT NULL, payload TEXT NOT NULL) STRICT;
CREATE INDEX batch_oldest ON batch (from_ms, records);
CREATE INDEX batch_thinned ON batch (thinned, from_ms);
CREATE TABLE quarantine (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 1) STRICT;
PRAGMA user_version = 1;`;

it('reads the rows of the first release, and quarantines those that changed since', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyue-packed-'));
  const path = join(folder, 'spool.db');
  const old = new DatabaseSync(path);
  old.exec(FIRST_RELEASE);
  const insert = old.prepare(
    'INSERT INTO batch (created_ms, from_ms, to_ms, records, crc, payload) VALUES (0, ?, 0, 2, ?, ?)',
  );
  const whole = JSON.stringify([reading(1), status(2)]);
  const changed = JSON.stringify([reading(3), status(4)]);
  insert.run(1, crc32(whole), whole);
  insert.run(2, crc32(whole), changed);
  old.close();

  const spool = openSpool({ path });
  spool.record(reading(5));
  await spool.flush();
  const found = spool.batches().map(({ records }) => records);
  expect(found).toEqual([[reading(1), status(2)], [reading(5)]]);
  expect(spool.quarantined()).toMatchObject([{ record: changed }]);
  await spool.close();
  rmSync(folder, { recursive: true });
});
