import { describe, expect, it } from 'vitest';
import { tellingArrivals } from '../../../collector/writer/late.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Reading } from '../../../domain/reading.ts';
import type { ReadingSink } from '../../../store/port.ts';
import type { Arrival } from '../../../store/schema.ts';

const NOW = Date.parse('2026-10-05T08:00:00Z');
const MINUTE_MS = 60_000;

function reading(meterId: string, agoMs: number): Reading {
  return { meterId, atMs: NOW - agoMs, quality: 0, values: { volume: 1 } };
}

function sinkOf(stored: Reading[], arrivals: Arrival[]): ReadingSink {
  return {
    writeReadings: async (readings) => void stored.push(...readings),
    writeStatuses: async () => {},
    writeCollector: async () => {},
    writeArrivals: async (some) => void arrivals.push(...some),
  };
}

describe('late readings', () => {
  it('make one arrival a meter that spans them; the others make none', async () => {
    const stored: Reading[] = [];
    const arrivals: Arrival[] = [];
    const batch = [
      reading('a', 60 * MINUTE_MS),
      reading('b', MINUTE_MS),
      reading('a', 30 * MINUTE_MS),
      reading('a', 15 * MINUTE_MS),
      reading('c', 15 * MINUTE_MS + 1),
    ];
    await tellingArrivals(sinkOf(stored, arrivals), () => NOW).writeReadings(batch);
    expect(stored).toEqual(batch);
    const [first, , second, , third] = batch.map(({ atMs }) => atMs);
    expect(arrivals).toEqual([
      { meterId: 'a', arrivedAtMs: NOW, fromMs: first, toMs: Number(second) + 1 },
      { meterId: 'c', arrivedAtMs: NOW, fromMs: third, toMs: Number(third) + 1 },
    ]);
  });

  it('are told of only once stored, and a store that does not take the news has not taken them', async () => {
    const away = new AppError('store.unavailable', 'away');
    const arrivals: Arrival[] = [];
    const batch = [reading('a', 60 * MINUTE_MS)];
    const broken = { ...sinkOf([], arrivals), writeReadings: () => Promise.reject(away) };
    await expect(tellingArrivals(broken, () => NOW).writeReadings(batch)).rejects.toBe(away);
    expect(arrivals).toEqual([]);
    const deaf = { ...sinkOf([], []), writeArrivals: () => Promise.reject(away) };
    await expect(tellingArrivals(deaf, () => NOW).writeReadings(batch)).rejects.toBe(away);
  });
});
