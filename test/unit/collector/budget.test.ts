/** Bus time against what was measured on real lines, and what a registry asks of its buses. */
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../../collector/budget.ts';
import { blockMs } from '../../../collector/codec/plan.ts';
import { bytesOf, costOf, pauseMsOf } from '../../../collector/line-cost.ts';
import { PROFILES_BY_ID } from '../../../collector/profiles/index.ts';
import { openRefusals } from '../../../collector/refusals.ts';
import { createRegistry, type Registry } from '../../../registry/registry.ts';
import type { Connection, Meter, ModbusConnection } from '../../../registry/schema.ts';
import { demoRegistry } from '../../support/registry.ts';

const demo = await demoRegistry();

function serial(over: Partial<Extract<ModbusConnection, { path: string }>> = {}): ModbusConnection {
  const line = { baud: 9600, parity: 'none', stopBits: 1, path: '/dev/ttyUSB0' } as const;
  return { id: 'bus', kind: 'serial-rtu', timeoutMs: 1000, ...line, ...over };
}

/** Chint meters on one connection. */
function onOneBus(connection: Connection, count: number, over: Partial<Meter> = {}): Registry {
  const [model] = demo.meters.filter(({ profile }) => profile === 'chint-dtsu666');
  if (!model) throw new Error('the demo has no Chint meter');
  const meters = Array.from({ length: count }, (_, index) => ({
    ...model,
    id: `m${index + 1}`,
    unit: index + 1,
    connection: connection.id,
    pollSeconds: 10,
    ...over,
  }));
  return createRegistry({ ...demo, connections: [connection], meters }, demo.profiles);
}

function budget(connection: Connection, count: number, over: Partial<Meter> = {}) {
  const [bus] = budgetOf(onOneBus(connection, count, over), PROFILES_BY_ID);
  if (!bus) throw new Error('no budget');
  return bus;
}

describe('bus time of one read', () => {
  it.each([
    { baud: 9600, parity: 'none', expected: [55, 93, 176, 301] },
    { baud: 9600, parity: 'even', expected: [58, 99, 190, 328] },
    { baud: 19_200, parity: 'even', expected: [44, 64, 110, 179] },
    { baud: 115_200, parity: 'none', expected: [35, 38, 45, 55] },
    { baud: 2400, parity: 'none', expected: [130, 280, 613, 1113] },
  ] as const)('is that of $baud baud, parity $parity', ({ baud, parity, expected }) => {
    const cost = costOf(serial({ baud, parity }));
    for (const [index, count] of [2, 20, 60, 120].entries()) {
      const ms = blockMs({ functionCode: 3, count }, cost);
      expect(Math.abs(ms - (expected[index] ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  it('doubles the data in ASCII, and counts the bytes of each framing', () => {
    const block = { functionCode: 3, count: 10 } as const;
    expect(bytesOf(serial(), block)).toBe(8 + 25);
    expect(bytesOf(serial({ kind: 'serial-ascii' }), block)).toBe(17 + 51);
    const tcp = { id: 'b', kind: 'modbus-tcp', host: 'h', port: 502, timeoutMs: 1000 } as const;
    expect(bytesOf(tcp, block)).toBe(12 + 29);
    const [rtu, ascii] = [serial(), serial({ kind: 'serial-ascii' })].map(costOf);
    expect(ascii?.registerMs).toBeCloseTo((rtu?.registerMs ?? 0) * 2, 9);
  });

  it('counts a line behind a Modbus TCP gateway when the registry tells its speed', () => {
    const tcp = { id: 'b', kind: 'modbus-tcp', host: 'h', port: 502, timeoutMs: 1000 } as const;
    const slow = costOf({ ...tcp, baud: 2400, parity: 'even' });
    expect(slow.registerMs).toBeGreaterThan(100 * costOf(tcp).registerMs);
  });

  it('keeps 3.5 characters of silence on a line of our own, or the gap asked for', () => {
    expect(pauseMsOf(serial())).toBeCloseTo(3.65, 2);
    expect(pauseMsOf(serial({ baud: 115_200 }))).toBe(1.75);
    expect(pauseMsOf(serial({ gapMs: 50 }))).toBe(50);
  });
});

describe('budgetOf', () => {
  it('leaves the demo region far from its limits', () => {
    const buses = budgetOf(demo, PROFILES_BY_ID);
    expect(buses).toHaveLength(10);
    for (const bus of buses) {
      expect(bus.verdict).toBe('ok');
      expect(bus.load).toBeCloseTo(
        bus.meters.reduce((sum, { load }) => sum + load, 0),
        9,
      );
    }
  });

  it('tells ok, tight and overloaded apart as meters are added', () => {
    const perMeter = budget(serial(), 1).load;
    const count = (load: number) => Math.floor(load / perMeter);
    expect(budget(serial(), count(0.69)).verdict).toBe('ok');
    expect(budget(serial(), count(0.72) + 1).verdict).toBe('tight');
    expect(budget(serial(), count(1) + 1).verdict).toBe('overloaded');
  });

  it('says what a dead unit costs: its timeout, and the silence where nothing names a late reply', () => {
    const bus = budget(serial({ timeoutMs: 3000 }), 2);
    expect(bus.deadUnitMs).toBe(6000);
    expect(bus.loadWithDeadUnit).toBeCloseTo(bus.load / 2 + 0.6, 6);
    const tcp = { id: 'b', kind: 'modbus-tcp', host: 'h', port: 502, timeoutMs: 3000 } as const;
    expect(budget(tcp, 1).deadUnitMs).toBe(3000);
  });

  it('plans fewer, longer reads the slower a line answers', () => {
    const blocks = (connection: ModbusConnection) => budget(connection, 1).meters[0]?.blocks.length;
    expect(blocks(serial({ baud: 2400 }))).toBeGreaterThan(blocks(serial({ gapMs: 500 })) ?? 99);
  });

  it('counts what is known to be refused', () => {
    const registry = onOneBus(serial(), 1);
    const [whole] = budgetOf(registry, PROFILES_BY_ID)[0]?.meters[0]?.blocks ?? [];
    if (!whole) throw new Error('no block');
    const refusals = openRefusals();
    refusals.add({ connection: 'bus', profile: 'chint-dtsu666', block: whole });
    const split = budgetOf(registry, PROFILES_BY_ID, refusals);
    expect(split[0]?.load).toBeGreaterThan(budgetOf(registry, PROFILES_BY_ID)[0]?.load ?? 1);
  });
});
