/** Faults on the wire, by the numbers of docs/reliability.md: noticed, survived, and never a wrong value. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CollectorRecord } from '../../collector/recorder.ts';
import type { ProxyFault } from '../../simulators/proxy/faults.ts';
import { type Plant, startPlant } from './fixtures/plant.ts';

const KINDS = ['modbus-tcp', 'rtu-over-tcp'] as const;
const LASTS_MS = 1500;

const isReading = (record: CollectorRecord) => record.kind === 'reading';
const isTrouble = (record: CollectorRecord) =>
  record.kind === 'status' && record.status.state !== 'ok';

interface Case {
  readonly name: string;
  readonly fault: ProxyFault;
  /** A figure that the fault must show up in. */
  readonly figure: string;
}

const CASES: readonly Case[] = [
  {
    name: 'F2 a gateway that hangs in the middle of a frame',
    fault: { kind: 'cut', bytes: 4 },
    figure: 'timeouts',
  },
  {
    name: 'F3 a connection on which all bytes vanish',
    fault: { kind: 'mute' },
    figure: 'timeouts',
  },
  {
    name: 'F4 replies with the unit of another meter',
    fault: { kind: 'damage', how: 'unit' },
    figure: 'broken_frames',
  },
  {
    name: 'F8 nothing but noise',
    fault: { kind: 'damage', how: 'noise' },
    figure: 'broken_frames',
  },
  {
    name: 'F8 replies of another length',
    fault: { kind: 'damage', how: 'longer' },
    figure: 'broken_frames',
  },
  {
    name: 'F32 a gateway that starts again',
    fault: { kind: 'reset' },
    figure: 'connects',
  },
];

async function withPlant(kind: (typeof KINDS)[number], work: (plant: Plant) => Promise<void>) {
  const plant = await startPlant(kind);
  try {
    await plant.news(isReading);
    await work(plant);
    expect(plant.wrong()).toBe(0);
  } finally {
    await plant.stop();
  }
}

describe.concurrent.each(KINDS)('%s', (kind) => {
  it.each(CASES.map((one) => [one.name, one] as const))(
    '%s: noticed, no value from it, and over when it is over',
    (_name, one) =>
      withPlant(kind, async (plant) => {
        const { connections } = plant.proxy;
        const before = plant.figure(one.figure);
        plant.proxy.set(one.fault);
        await plant.news(isTrouble);
        const during = plant.meterIds.map((id) => plant.readings(id).length);
        await delay(LASTS_MS);
        expect(plant.meterIds.map((id) => plant.readings(id).length)).toEqual(during);
        plant.proxy.set(undefined);
        await plant.news(isReading);
        expect(plant.figure(one.figure)).toBeGreaterThan(before);
        expect(plant.proxy.connections).toBeGreaterThan(connections);
      }),
  );

  it('F9 F10 late reply of a former request: dropped, never taken for another', () =>
    withPlant(kind, async (plant) => {
      plant.proxy.set({ kind: 'delay', mostMs: 900 });
      await plant.news(isTrouble);
      await delay(4000);
      plant.proxy.set(undefined);
      await plant.news(isReading);
      expect(plant.figure('timeouts')).toBeGreaterThan(0);
    }));

  it('a line that is slow but right goes on being read', () =>
    withPlant(kind, async (plant) => {
      plant.proxy.set({ kind: 'trickle', byteMs: 1 });
      await plant.news(isReading);
      await plant.news(isReading);
      expect(plant.figure('broken_frames')).toBe(0);
    }));

  it('F1 meter off: offline without a value, the others read on, back when it is back', () =>
    withPlant(kind, async (plant) => {
      const [dead = '', ...others] = plant.meterIds;
      plant.board.set(dead, { kind: 'offline' });
      await plant.news(
        (record) => record.kind === 'status' && record.status.state === 'offline',
        [dead],
      );
      const count = plant.readings(dead).length;
      await plant.news(isReading, others);
      await plant.news(isReading, others);
      expect(plant.readings(dead).length).toBe(count);
      plant.board.clear(dead);
      await plant.news(isReading, [dead]);
    }));

  it('F6 the gateway gets no answer from a unit: that unit alone waits, the socket stays', () =>
    withPlant(kind, async (plant) => {
      const [dead = '', ...others] = plant.meterIds;
      const { connections } = plant.proxy;
      plant.board.set(dead, { kind: 'exception', code: 11 });
      await plant.news(isTrouble, [dead]);
      await plant.news(isReading, others);
      expect(plant.figure('exceptions')).toBeGreaterThan(0);
      expect(plant.proxy.connections).toBe(connections);
    }));
});
