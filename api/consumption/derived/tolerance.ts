/** How far below zero a difference of meters may come out because registers have a last digit. */

import { formulaOf } from '../../../registry/formula.ts';
import { counterOf, isAccountMeter, isVirtual, type Registry } from '../../../registry/registry.ts';

/** In the unit of the amounts: both ends of a period are known to one step of the register. */
export function stepOf(registry: Registry, meterId: string): number {
  const meter = registry.findAnyMeter(meterId);
  if (!isAccountMeter(meter)) return 0;
  if (isVirtual(meter)) {
    return [...formulaOf(meter)].reduce(
      (sum, [id, factor]) => sum + Math.abs(factor) * stepOf(registry, id),
      0,
    );
  }
  const facts = registry.profiles.get(meter.profile)?.counters[counterOf(meter)];
  const multiplier = Math.max(1, ...meter.multiplier.map(({ factor }) => factor));
  return (facts?.resolution ?? 0) * multiplier;
}
