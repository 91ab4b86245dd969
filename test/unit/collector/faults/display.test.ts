/** Displays that lie, from the fault through the registers to the hours: no invented energy, and it is said. */
import { describe, expect, it } from 'vitest';
import { hourRows } from '../../../../api/consumption/meter-rows.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import type { CounterReading } from '../../../../domain/reading.ts';
import { type CountingMeter, counterOf, isCounting } from '../../../../registry/registry.ts';
import { polled } from '../../../../simulators/backfill.ts';
import { createFaultBoard } from '../../../../simulators/faults/board.ts';
import type { Fault } from '../../../../simulators/faults/index.ts';
import { createTruth } from '../../../../simulators/model/truth.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();
const truth = createTruth({ registry });
const meter = countingMeter('baiyan-center-e-a');
const counter = counterOf(meter);
const fromMs = Date.parse('2025-06-11T00:00:00+08:00');
const range = { fromMs, toMs: fromMs + 48 * HOUR_MS };
const QUARTER_MS = HOUR_MS / 4;

function countingMeter(id: string): CountingMeter {
  const found = registry.meter(id);
  if (!isCounting(found)) throw new RangeError(`${id} counts nothing`);
  return found;
}

/** Two days, polled every quarter of an hour; the fault is set at the start. */
function daysWith(fault?: Fault) {
  const board = createFaultBoard({ registry, truth, now: () => fromMs });
  if (fault) board.set(meter.id, fault);
  const readings: CounterReading[] = [];
  for (let atMs = range.fromMs - HOUR_MS; atMs <= range.toMs + HOUR_MS; atMs += QUARTER_MS) {
    const shown =
      fault && atMs >= fromMs
        ? board.valuesAt(meter.id, atMs)
        : truth.meter(meter.id).valuesAt(atMs);
    const value = polled(meter)(shown)[counter];
    if (value !== undefined) readings.push({ atMs, value, quality: 0 });
  }
  const { rows } = hourRows(registry, meter, { counter, input: readings, range });
  return {
    total: rows.reduce((sum, { value }) => sum + (value ?? 0), 0),
    least: Math.min(...rows.map(({ value }) => value ?? 0)),
    flags: new Set(rows.flatMap(({ flags }) => flags)),
  };
}

const healthy = daysWith();

describe('a display that lies', () => {
  it('control: a healthy one carries no flag', () => {
    expect(healthy.total).toBeGreaterThan(100);
    expect(healthy.flags.size).toBe(0);
  });

  it('F11 a half-updated register pair: the spike is left out and the total stays', () => {
    const torn = daysWith({ kind: 'torn', everyMs: 6 * HOUR_MS, forMs: 1.33 * QUARTER_MS });
    expect(torn.flags).toContain('spike_rejected');
    expect(torn.total).toBeCloseTo(healthy.total, 1);
  });

  it('F13 a register that starts again from 0: no negative and no giant hour', () => {
    const reset = daysWith({ kind: 'reset', atMs: fromMs + 20 * HOUR_MS + 7 * 60_000 });
    expect(reset.flags).toContain('reset');
    expect(reset.least).toBeGreaterThanOrEqual(0);
    expect(reset.total).toBeLessThanOrEqual(healthy.total);
    // What was counted between the last poll before and the reset is unknown: a lower bound.
    expect(reset.total).toBeGreaterThan(healthy.total * 0.95);
  });
});
