/** Meters that show power only: their consumption is power over time, an estimate between the readings. */
import type { CounterId, QuantityId } from '../../domain/quantities.ts';
import type { CounterColumns, CurveInput } from '../../domain/reading.ts';
import { type CountingMeter, counterOf, POWER_OF } from '../../registry/registry.ts';
import type { ByHand } from './by-hand.ts';

/** kW over an hour is 0.0036 GJ (SI); the other gauges are in their counter's unit per hour. */
const PER_HOUR: Partial<Record<QuantityId, number>> = { heatPower: 0.0036 };

/** What is read of a meter for one of its counters: the register itself, or the power behind it. */
export function readFor(meter: CountingMeter, counter: CounterId): QuantityId {
  if (meter.counts !== 'power' || counter !== counterOf(meter)) return counter;
  return POWER_OF[counter] ?? counter;
}

/** What was read and what was entered by hand, as input of the curve. */
export function curveInput(
  [meter, counter]: readonly [CountingMeter, CounterId],
  columns: CounterColumns,
  byHand: ByHand,
): CurveInput {
  const quantity = readFor(meter, counter);
  if (quantity === counter) return { ...byHand, registers: columns };
  const factor = PER_HOUR[quantity] ?? 1;
  const value = factor === 1 ? columns.value : Float64Array.from(columns.value, (v) => v * factor);
  return { ...byHand, power: { atMs: columns.atMs, value } };
}
