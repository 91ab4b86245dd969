/** One bus with several units: what a dead, busy or refusing one may cost the others. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createModbusBus } from '../../../collector/bus.ts';
import { encodeImage } from '../../../collector/codec/encode.ts';
import { abbB23 } from '../../../collector/profiles/abb-b23.ts';
import type { MeterSource, PollOutcome } from '../../../collector/source.ts';
import type { ModbusConnection } from '../../../registry/schema.ts';
import { type DeviceUnit, startDevice } from './device.ts';
import type { RawServer } from './drivers/raw-server.ts';

const TIMEOUT_MS = 150;
const VALUES = { activeEnergyImport: 1234.56, voltageL1: 230.1, activePower: 4.2, frequency: 50 };

const opened: { server?: RawServer; bus?: MeterSource } = {};
afterEach(async () => {
  await opened.bus?.stop();
  await opened.server?.close();
});

function unit(over: Partial<DeviceUnit> = {}): DeviceUnit {
  return { image: encodeImage(abbB23, VALUES), behaviour: 'good', requests: 0, ...over };
}

async function busOf(
  units: Record<number, DeviceUnit>,
  framing: 'mbap' | 'rtu' = 'mbap',
  pacing: Partial<ModbusConnection> = {},
) {
  const map = new Map(Object.entries(units).map(([id, device]) => [Number(id), device]));
  const server = await startDevice(map, framing);
  const outcomes: PollOutcome[] = [];
  const waiting: (() => void)[] = [];
  const bus = createModbusBus({
    connection: {
      id: 'bus',
      kind: framing === 'mbap' ? 'modbus-tcp' : 'rtu-over-tcp',
      host: '127.0.0.1',
      port: server.port,
      timeoutMs: TIMEOUT_MS,
      ...pacing,
    } as ModbusConnection,
    meters: [...map.keys()].map((id) => ({
      id: `m${id}`,
      unit: id,
      profile: abbB23,
      periodMs: 1000,
    })),
    now: Date.now,
    random: () => 0.5,
    report(outcome) {
      outcomes.push(outcome);
      for (const wake of waiting.splice(0)) wake();
    },
  });
  Object.assign(opened, { server, bus });
  /** Polls the meters together and waits for all outcomes. */
  async function poll(...ids: number[]): Promise<PollOutcome[]> {
    const from = outcomes.length;
    for (const id of ids) bus.poll(`m${id}`);
    while (outcomes.length < from + ids.length)
      await new Promise<void>((wake) => waiting.push(wake));
    return outcomes.slice(from);
  }
  return { bus, server, poll };
}

const codes = (outcomes: readonly PollOutcome[]) =>
  Object.fromEntries(
    outcomes.map(({ meterId, error, sample }) => [meterId, error?.code ?? (sample ? 'ok' : '?')]),
  );

describe.each(['mbap', 'rtu'] as const)('a bus on %s', (framing) => {
  it('reads a meter in canonical units, absent where the device has none', async () => {
    const { poll } = await busOf({ 1: unit() }, framing);
    const [outcome] = await poll(1);
    expect(outcome?.error).toBeUndefined();
    expect(outcome?.sample?.values).toMatchObject(VALUES);
    expect(Math.abs((outcome?.sample?.atMs ?? 0) - Date.now())).toBeLessThan(5000);
  });

  it('keeps the other units going while one is dead, and soon stops asking it', async () => {
    const units = { 1: unit(), 2: unit({ behaviour: 'silent' }), 3: unit() };
    const { bus, poll, server } = await busOf(units, framing);
    const cycles = [];
    const costsMs = [];
    for (let cycle = 0; cycle < 4; cycle += 1) {
      const beforeMs = bus.figures().busy_ms ?? 0;
      cycles.push(codes(await poll(2, 1, 3)));
      costsMs.push((bus.figures().busy_ms ?? 0) - beforeMs);
    }
    // The first cycle is the control: what the dead unit costs while the breaker is still closed.
    expect(costsMs[0]).toBeGreaterThanOrEqual(TIMEOUT_MS - 5);
    expect(costsMs[3]).toBeLessThan(TIMEOUT_MS);
    expect(cycles.map(({ m2 }) => m2)).toEqual([
      'modbus.timeout',
      'modbus.timeout',
      'unit.backoff',
      'unit.backoff',
    ]);
    for (const { m1, m3 } of cycles) expect([m1, m3]).toEqual(['ok', 'ok']);
    expect(units[2].requests).toBe(2);
    expect(server.connections).toBe(1);
    expect(bus.figures()).toMatchObject({ open_breakers: 1, timeouts: 2, connects: 1, skipped: 0 });
  });

  it('rebuilds the link when every unit is silent', async () => {
    const units = { 1: unit({ behaviour: 'silent' }), 2: unit({ behaviour: 'silent' }) };
    const { bus, poll, server } = await busOf(units, framing);
    await poll(1, 2);
    expect(bus.figures()).toMatchObject({ link_up: 0 });
    units[1].behaviour = 'good';
    units[2].behaviour = 'good';
    await expect
      .poll(async () => codes(await poll(1, 2)), { timeout: 5000, interval: 50 })
      .toEqual({ m1: 'ok', m2: 'ok' });
    expect(server.connections).toBe(2);
  });

  it('takes exceptions 10 and 11 for that unit only, on the same socket', async () => {
    const { poll, server } = await busOf({ 1: unit({ behaviour: 11 }), 2: unit() }, framing);
    for (let cycle = 0; cycle < 2; cycle += 1) {
      expect(codes(await poll(1, 2))).toEqual({ m1: 'modbus.exception', m2: 'ok' });
    }
    expect(codes(await poll(1, 2))).toEqual({ m1: 'unit.backoff', m2: 'ok' });
    expect(server.connections).toBe(1);
  });

  it('asks a busy unit again, at most three times, and reads others meanwhile', async () => {
    const units = { 1: unit({ behaviour: 6 }), 2: unit() };
    const { bus, poll, server } = await busOf(units, framing);
    const outcomes = await poll(1, 2);
    expect(outcomes.map(({ meterId }) => meterId)).toEqual(['m2', 'm1']);
    expect(codes(outcomes)).toEqual({ m1: 'modbus.exception', m2: 'ok' });
    expect(units[1].requests).toBe(4);
    units[1].behaviour = 5;
    const recovering = poll(1);
    await expect.poll(() => units[1].requests).toBe(5);
    units[1].behaviour = 'good';
    expect(codes(await recovering)).toEqual({ m1: 'ok' });
    expect(bus.figures()).toMatchObject({ open_breakers: 0 });
    expect(server.connections).toBe(1);
  });

  it('splits a block the device refuses, remembers it, and keeps the values it can read', async () => {
    const legal = (address: number) =>
      encodeImage(abbB23, VALUES).has(address) && address !== 0x5b2c;
    const units = { 1: unit({ legal }) };
    const { poll } = await busOf(units, framing);
    const [first] = await poll(1);
    expect(first?.error?.code).toBe('modbus.refused');
    expect(first?.sample?.values).toMatchObject({ activeEnergyImport: 1234.56, voltageL1: 230.1 });
    expect(first?.sample?.values).not.toHaveProperty('frequency');
    const learning = units[1].requests;
    const [second] = await poll(1);
    expect(units[1].requests - learning).toBeLessThan(learning / 2);
    expect(second?.sample?.values).toEqual(first?.sample?.values);
  });

  it('skips and counts a poll whose predecessor is not finished', async () => {
    const { bus, poll } = await busOf({ 1: unit({ delayMs: 60 }) }, framing);
    const outcomes = await poll(1, 1, 1);
    expect(outcomes.map(({ error }) => error?.code)).toEqual([
      'poll.skipped',
      'poll.skipped',
      undefined,
    ]);
    expect(bus.figures()).toMatchObject({
      polls: 3,
      ok: 1,
      skipped: 2,
      requests: expect.any(Number),
    });
  });
});

describe('pacing', () => {
  /** Milliseconds between the requests a device sees, without the first. */
  function watch(device: DeviceUnit): number[] {
    const gapsMs: number[] = [];
    let lastMs = 0;
    let requests = 0;
    Object.defineProperty(device, 'requests', {
      get: () => requests,
      set(count: number) {
        requests = count;
        const nowMs = performance.now();
        if (lastMs > 0) gapsMs.push(nowMs - lastMs);
        lastMs = nowMs;
      },
    });
    return gapsMs;
  }

  it('rests between requests as long as asked for, and not without (control)', async () => {
    for (const gapMs of [0, 60]) {
      const device = unit();
      const gapsMs = watch(device);
      const { poll, bus, server } = await busOf({ 1: device }, 'mbap', { gapMs });
      for (let cycle = 0; cycle < 3; cycle += 1) await poll(1);
      expect(gapsMs.length).toBeGreaterThan(1);
      if (gapMs > 0) expect(Math.min(...gapsMs)).toBeGreaterThan(gapMs - 5);
      else expect(Math.min(...gapsMs)).toBeLessThan(55);
      await bus.stop();
      await server.close();
    }
  });

  it('waits after connecting', async () => {
    const { poll } = await busOf({ 1: unit() }, 'mbap', { connectDelayMs: 120 });
    const startMs = performance.now();
    expect(codes(await poll(1))).toEqual({ m1: 'ok' });
    expect(performance.now() - startMs).toBeGreaterThan(115);
  });

  it('hangs up when nothing is due any more, and connects again for the next poll', async () => {
    const { bus, poll, server } = await busOf({ 1: unit(), 2: unit() }, 'mbap', {
      closeAfterPoll: true,
    });
    for (let cycle = 1; cycle <= 3; cycle += 1) {
      expect(codes(await poll(1, 2))).toEqual({ m1: 'ok', m2: 'ok' });
      expect(bus.figures()).toMatchObject({ link_up: 0, connects: cycle });
    }
    expect(server.connections).toBe(3);
  });
});

describe('a bus that nobody answers', () => {
  it('names the address, waits between attempts, and recovers', async () => {
    const { poll, server } = await busOf({ 1: unit() });
    await server.close();
    const [outcome] = await poll(1);
    expect(outcome?.error).toMatchObject({
      code: 'link.refused',
      context: { meter: 'm1', host: '127.0.0.1', port: server.port },
    });
    expect(codes(await poll(1))).toEqual({ m1: 'link.refused' });
  });

  it('reports nothing after stop', async () => {
    const { bus } = await busOf({ 1: unit({ behaviour: 'silent' }) });
    bus.poll('m1');
    await bus.stop();
    bus.poll('m1');
    expect(bus.figures()).toMatchObject({ polls: 1, ok: 0, failed: 0, link_up: 0 });
  });

  it('connects no more when it is stopped while a late reply is waited out', async () => {
    const units = { 1: unit({ behaviour: 'silent' }), 2: unit() };
    const { bus, poll, server } = await busOf(units, 'rtu');
    await poll(2);
    await poll(1);
    bus.poll('m2');
    await bus.stop();
    const asked = units[2].requests;
    // Whatever the bus still opened or sent comes before this answer.
    const other = connect({ host: '127.0.0.1', port: server.port });
    other.write(Buffer.from([2, 3, 0x5b, 0, 0, 2, 0, 0]));
    await once(other, 'data');
    other.destroy();
    expect(server.connections).toBe(2);
    expect(units[2].requests).toBe(asked + 1);
    expect(bus.figures()).toMatchObject({ connects: 1, link_up: 0 });
  });
});
