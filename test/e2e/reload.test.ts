/** A registry changed under a running collector: touched buses restart, the others keep their sockets. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Connection } from '../../registry/schema.ts';
import { type Collecting, type Park, startCollecting, startPark } from '../support/collecting.ts';

const [FIRST, SECOND, THIRD] = ['gw-baiyan-court', 'tcp-luming', 'tcp-cangsong'] as const;

let park: Park;
let collecting: Collecting;

const connectionsOf = (...ids: string[]) => ids.map((id) => park.servers.get(id)?.connections);
const without = (id: string) => park.meters.filter((meter) => meter.connection !== id);
const slower = (id: string): Connection[] =>
  park.connections.map((connection) =>
    connection.id === id ? { ...connection, timeoutMs: 400 } : connection,
  );

beforeAll(async () => {
  park = await startPark([FIRST, SECOND, THIRD]);
  collecting = await startCollecting(park);
  await vi.waitFor(() => expect(connectionsOf(FIRST, SECOND, THIRD)).toEqual([1, 1, 1]), 10_000);
});

afterAll(async () => {
  await collecting?.stop();
  await park?.stop();
});

/** Requests at a bus while `change` is picked up, as the servers count them. */
const requests = (id: string) =>
  park.meters
    .filter((meter) => meter.connection === id)
    .reduce((sum, meter) => sum + (park.units.get(meter.id)?.requests ?? 0), 0);

it('restarts the one bus whose connection changed, by itself', async () => {
  await park.write({ connections: slower(SECOND) });
  expect(await collecting.event('registry.reloaded')).toMatchObject({
    changed: [SECOND],
    kept: [FIRST, THIRD],
    added: [],
    removed: [],
  });
  await expect.poll(() => connectionsOf(SECOND), { timeout: 10_000 }).toEqual([2]);
  expect(connectionsOf(FIRST, THIRD)).toEqual([1, 1]);
});

it('touches no bus for a file that only looks new, on SIGHUP', async () => {
  collecting.process.kill('SIGHUP');
  expect(await collecting.event('registry.reloaded')).toMatchObject({ changed: [] });
  expect(connectionsOf(FIRST, SECOND, THIRD)).toEqual([1, 2, 1]);
});

it('keeps the registry in force when the new one has faults, and names them all', async () => {
  const [meter] = park.meters;
  await park.write({
    meters: park.meters.map((one, index) =>
      index < 2 ? { ...one, profile: 'abb-b24', connection: 'tcp-lumin' } : one,
    ),
  });
  const told = await collecting.event('registry.reload-failed');
  expect(told.count).toBeGreaterThanOrEqual(4);
  expect(String(told.faults)).toMatch(/registry\.yaml:\d+/);
  expect(String(told.faults)).toContain('tcp-luming');
  expect(await collecting.metric('jieyue_collector_registry_reload_failed_total')).toBe(1);
  expect(await collecting.metric('jieyue_collector_registry_valid')).toBe(0);
  const before = park.units.get(meter?.id ?? '')?.requests ?? 0;
  await expect
    .poll(() => park.units.get(meter?.id ?? '')?.requests, { timeout: 10_000 })
    .toBeGreaterThan(before + 2);

  await park.writeText('meters: [');
  expect(await collecting.event('registry.reload-failed')).toMatchObject({ count: 1 });
  expect(connectionsOf(FIRST, SECOND, THIRD)).toEqual([1, 2, 1]);
});

it('drops a bus, takes it up again, and leaves the others their sockets', async () => {
  await park.write({ connections: slower(SECOND), meters: without(THIRD) });
  expect(await collecting.event('registry.reloaded')).toMatchObject({ removed: [THIRD] });
  expect(await collecting.metric('jieyue_collector_registry_valid')).toBe(1);
  const quiet = requests(THIRD);
  const busy = requests(FIRST);
  await expect.poll(() => requests(FIRST), { timeout: 10_000 }).toBeGreaterThan(busy + 10);
  expect(requests(THIRD)).toBe(quiet);
  await park.write({ connections: slower(SECOND) });
  expect(await collecting.event('registry.reloaded')).toMatchObject({ added: [THIRD] });
  await expect.poll(() => connectionsOf(THIRD), { timeout: 10_000 }).toEqual([2]);
  expect(connectionsOf(FIRST, SECOND)).toEqual([1, 2]);
});

it('quarantines nothing of a meter that went', async () => {
  expect(await collecting.metric('jieyue_collector_spool_quarantined')).toBe(0);
  expect(await collecting.metric('jieyue_collector_writer_quarantined_total')).toBe(0);
});

it('ends on SIGTERM all the same', async () => {
  const ended = once(collecting.process, 'exit');
  collecting.process.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
});
