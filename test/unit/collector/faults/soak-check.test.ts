/** The soak's own checks: what they must see, and what they must not make up. */
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../domain/reading.ts';
import { completenessOf, wrongValues } from '../../../bench-reliability/soak/check.ts';
import {
  PERIOD_MS,
  soakRegistry,
  TICK_MS,
  truthOf,
} from '../../../bench-reliability/soak/region.ts';
import type { Trouble } from '../../../bench-reliability/soak/schedule.ts';

const registry = await soakRegistry();
const meter = registry.meter('m042');
const startMs = Date.UTC(2026, 0, 5);

/** Polled each second at 310 ms, each value as old as that. */
function readingsOf(seconds: number, of = meter, ageTicks = 0): Reading[] {
  const truth = truthOf(of);
  return Array.from({ length: seconds }, (_, second) => {
    const atMs = startMs + second * PERIOD_MS + 310;
    const values = truth(Math.floor((atMs - startMs) / TICK_MS) - ageTicks);
    return { meterId: meter.id, atMs, quality: 0, values };
  });
}
const range = { fromMs: 0, toMs: 100 * PERIOD_MS };
const complete = (readings: Reading[], troubles: Trouble[] = []) =>
  completenessOf({ meter, readings, troubles, range, startMs });

describe('wrongValues', () => {
  it('finds nothing in what the meter showed while it was polled', () => {
    expect(wrongValues(meter, readingsOf(50), startMs)).toEqual({ wrong: [], oldestMs: 0 });
    expect(wrongValues(meter, readingsOf(50, meter, 4), startMs).wrong).toEqual([]);
  });

  it('finds what it showed seconds ago, and what a neighbour shows', () => {
    expect(wrongValues(meter, readingsOf(50, meter, 60), startMs).wrong.length).toBeGreaterThan(49);
    const neighbour = registry.meter('m047');
    expect(wrongValues(meter, readingsOf(50, neighbour), startMs).wrong.length).toBeGreaterThan(49);
  });
});

describe('completenessOf', () => {
  it('counts each period without a reading, and no late poll', () => {
    const all = readingsOf(100);
    expect(complete(all).missing).toBe(0);
    expect(complete(all).due).toBeGreaterThan(97);
    expect(complete(all.filter((_, second) => second % 20 !== 5)).missing).toBe(5);
    const late = all.map((reading, second) =>
      second % 10 === 0 ? { ...reading, atMs: reading.atMs + 600 } : reading,
    );
    expect(complete(late).missing).toBe(0);
  });

  it('asks nothing of a meter with a fault, or with one on its gateway, nor for a minute after', () => {
    const order = { kind: 'meter', index: 42, fault: { kind: 'offline' } } as const;
    const trouble = { fromMs: 10_000, toMs: 20_000, order };
    const before = readingsOf(10);
    expect(complete(before, [trouble]).missing).toBe(19);
    const gateway = { kind: 'gateway', gateway: 4, fault: { kind: 'mute' } } as const;
    expect(complete(before, [{ ...trouble, order: gateway }]).missing).toBe(19);
    const other = { ...trouble, order: { ...order, index: 43 } };
    expect(complete(before, [other]).missing).toBeGreaterThan(85);
  });
});
