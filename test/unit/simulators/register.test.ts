/** The index on the display: CT × PT, whole steps, registered replacements. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../domain/period.ts';
import { createRegistry } from '../../../registry/registry.ts';
import type { Meter } from '../../../registry/schema.ts';
import { createRegister } from '../../../simulators/model/register.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { demoRegistry } from '../../support/registry.ts';

const demo = await demoRegistry();
const START_MS = Date.parse('2025-03-01T00:00:00+08:00');
const plain = demo.meter('luming-hall-e');

/** One unit an hour since the start. */
function register(changes: Partial<Meter>, step = 0.01, modulus?: number) {
  return createRegister({
    meter: { ...plain, ...changes },
    zone: 'Asia/Shanghai',
    facts: { resolution: step, ...(modulus === undefined ? {} : { modulus }) },
    initial: 100,
    swaps: (changes.replacements ?? []).toSorted((a, b) => a.at - b.at),
    totalAt: (atMs) => Math.max(0, atMs - START_MS) / 3_600_000,
  });
}

describe('register', () => {
  it('shows whole steps only', () => {
    expect(register({}, 0.1)(START_MS + 1.99 * 3_600_000)).toBe(101.9);
    expect(register({}, 0.01)(START_MS + 1.99 * 3_600_000)).toBe(101.99);
    expect(register({}, 10)(START_MS + 15 * 3_600_000)).toBe(110);
  });

  it('divides by the multiplier in force when the energy flowed', () => {
    const multiplier = [
      { from: '2025-01-01', factor: 20 },
      { from: '2025-03-03', factor: 40 },
    ];
    const at = register({ multiplier });
    expect(at(START_MS + 2 * DAY_MS)).toBeCloseTo(100 + 48 / 20, 9);
    expect(at(START_MS + 4 * DAY_MS)).toBeCloseTo(100 + 48 / 20 + 48 / 40, 9);
    expect(register({})(START_MS + 2 * DAY_MS)).toBe(148);
  });

  it('wraps at the modulus', () => {
    expect(register({}, 1, 120)(START_MS + 15 * 3_600_000)).toBe(115);
    expect(register({}, 1, 120)(START_MS + 25 * 3_600_000)).toBe(5);
  });

  it('arrives at the final reading of a registered replacement and goes on from the initial one', () => {
    const swapMs = START_MS + 2 * DAY_MS;
    const replacements = [{ at: swapMs, finalReading: 5000, initialReading: 3 }];
    const at = register({ replacements });
    expect(at(swapMs - 3_600_000)).toBe(4999);
    expect(at(swapMs)).toBe(3);
    expect(at(swapMs + DAY_MS)).toBe(27);
  });

  it('cannot have counted down from a final reading that is too low', () => {
    const replacements = [{ at: START_MS + 10 * DAY_MS, finalReading: 5, initialReading: 0 }];
    expect(register({ replacements })(START_MS)).toBe(100);
  });
});

describe('behind a current transformer', () => {
  const atMs = Date.parse('2025-06-11T10:00:00+08:00');
  const direct = createRegistry(
    {
      ...demo,
      meters: demo.meters.map((meter) => ({ ...meter, multiplier: [] })),
    },
    demo.profiles,
  );
  const through = createTruth({ registry: demo }).meter('baiyan-court-e');
  const without = createTruth({ registry: direct }).meter('baiyan-court-e');

  it('shows power and current divided by the ratio, voltage as it is, and the same true flow', () => {
    const [small, large] = [through.valuesAt(atMs), without.valuesAt(atMs)];
    expect((large.activePower ?? 0) / (small.activePower ?? 1)).toBeCloseTo(20, 6);
    expect((large.currentL1 ?? 0) / (small.currentL1 ?? 1)).toBeCloseTo(20, 6);
    expect(small.voltageL1).toBe(large.voltageL1);
    expect(through.cumulative('activeEnergyImport', atMs)).toBe(
      without.cumulative('activeEnergyImport', atMs),
    );
  });
});
