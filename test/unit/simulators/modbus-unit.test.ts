/** A device's limits: what it answers, and with which exception it refuses. */
import { describe, expect, it } from 'vitest';
import { planReads } from '../../../collector/codec/plan.ts';
import type { ModbusProfile } from '../../../collector/profile.ts';
import { eastronSdm630 } from '../../../collector/profiles/eastron-sdm630.ts';
import { tuf2000m } from '../../../collector/profiles/tuf-2000m.ts';
import type { Manner } from '../../../simulators/faults/fault.ts';
import { createModbusUnit, type ReadRequest } from '../../../simulators/modbus-unit.ts';

const values = () => ({ voltageL1: 230, activePower: 1.5, activeEnergyImport: 12.34 });
const sdm = (manner?: Manner) =>
  createModbusUnit({ profile: eastronSdm630, values, manner: () => manner });
const read = (request: Partial<ReadRequest>, manner?: Manner) =>
  sdm(manner).read({ functionCode: 4, address: 0, count: 2, ...request });

describe('a simulated SDM630', () => {
  it('answers with its registers, and 0 where it measures nothing', async () => {
    // 230 as float32 is 43660000.
    expect(await read({ count: 4 })).toEqual({ kind: 'registers', words: [0x4366, 0, 0, 0] });
  });

  it.each([
    ['another function code', { functionCode: 3 }, 1],
    ['an odd address', { address: 1 }, 2],
    ['an odd count', { count: 3 }, 2],
    ['an address beyond its last', { address: 0x4c }, 2],
    ['a count that runs over its last', { address: 0x4a, count: 4 }, 2],
    ['more registers than it can', { count: 62 }, 3],
    ['none at all', { count: 0 }, 3],
  ])('refuses %s', async (_, request, code) => {
    expect(await read(request)).toEqual({ kind: 'exception', code });
  });

  it('keeps silent, refuses or takes its time when told to', async () => {
    expect(await read({}, { kind: 'silent' })).toEqual({ kind: 'silence' });
    expect(await read({}, { kind: 'exception', code: 6 })).toEqual({ kind: 'exception', code: 6 });
    const startedMs = performance.now();
    expect(await read({}, { kind: 'late', delayMs: 60 })).toMatchObject({ kind: 'registers' });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(50);
  });
});

describe('a simulated meter with a fixed block and a forbidden range', () => {
  const profile: ModbusProfile = {
    ...tuf2000m,
    fixedBlocks: [{ address: 6, count: 10 }],
    forbidden: [[20, 21]],
  };
  const unit = createModbusUnit({ profile, values: () => ({}), manner: () => undefined });

  it('answers each read of the plan', async () => {
    const blocks = planReads(profile, 'tcp');
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks) expect(await unit.read(block)).toMatchObject({ kind: 'registers' });
  });

  it.each([
    ['those of the plan without the rules (control)', planReads(tuf2000m, 'tcp')[0]],
    ['a part of the block', { functionCode: 3, address: 8, count: 4 }],
    ['the block and more', { functionCode: 3, address: 5, count: 11 }],
    ['a forbidden register', { functionCode: 3, address: 21, count: 1 }],
  ])('refuses %s', async (_, request) => {
    if (!request) throw new Error('no block');
    expect(await unit.read(request)).toEqual({ kind: 'exception', code: 2 });
  });
});

it('reports a failure of its own when a value does not fit its register', async () => {
  const unit = (volume: number) =>
    createModbusUnit({ profile: tuf2000m, values: () => ({ volume }), manner: () => undefined });
  const request = { functionCode: 3, address: 8, count: 4 };
  expect(await unit(1e12).read(request)).toEqual({ kind: 'exception', code: 4 });
  expect(await unit(1e6).read(request)).toMatchObject({ kind: 'registers' });
});

it('a simulated TUF-2000M has its low word first (the published example: 36.625 is 80 00 42 12)', async () => {
  const unit = createModbusUnit({
    profile: tuf2000m,
    values: () => ({ volumeFlow: 36.625 }),
    manner: () => undefined,
  });
  const reply = await unit.read({ functionCode: 3, address: 0, count: 2 });
  expect(reply).toEqual({ kind: 'registers', words: [0x8000, 0x4212] });
});
