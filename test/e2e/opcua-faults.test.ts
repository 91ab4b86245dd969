/** An encrypted OPC UA server in a process of its own that is killed, stopped and made to drop its clients. */
import { describe, expect, it } from 'vitest';
import { opcuaTrial } from '../bench-reliability/opcua.ts';

describe('OPC UA through faults', () => {
  it('has true values within two periods of the server being able again, encrypted, and only once trusted', async () => {
    const figures = await opcuaTrial({ restarts: 4, seed: 7 });
    expect(new Set(figures.gapsPeriods.map(({ fault }) => fault)).size).toBe(4);
    expect(figures.worstGapPeriods).toBeLessThan(2);
    expect(figures).toMatchObject({ wrong: 0, beforeTrust: 0 });
    expect(Object.keys(figures.sessions)).toEqual(['SignAndEncrypt']);
    expect(figures.samples).toBeGreaterThan(4);
  });

  it('finds out a collector that gives up (control)', async () => {
    const figures = await opcuaTrial({ restarts: 1, seed: 7, givesUp: true });
    expect(figures.worstGapPeriods).toBe(Number.POSITIVE_INFINITY);
  });
});
