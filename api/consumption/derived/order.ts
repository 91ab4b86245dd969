/** Virtual meters in an order in which each comes after those it is made of. */
import { type Formula, formulaOf } from '../../../registry/formula.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { VirtualMeter } from '../../../registry/schema.ts';

export interface Derived {
  readonly meter: VirtualMeter;
  readonly formula: Formula;
}

const orders = new WeakMap<Registry, readonly Derived[]>();

function ordered(registry: Registry): Derived[] {
  const formulas = new Map(registry.virtualMeters.map((meter) => [meter.id, formulaOf(meter)]));
  const order = new Map<string, Derived>();
  function visit(meter: VirtualMeter): void {
    const formula = formulas.get(meter.id);
    if (!formula || order.has(meter.id)) return;
    for (const other of registry.virtualMeters) if (formula.has(other.id)) visit(other);
    order.set(meter.id, { meter, formula });
  }
  registry.virtualMeters.forEach(visit);
  return [...order.values()];
}

/** All of them; a registry that was checked has no circles. */
export function derivedMeters(registry: Registry): readonly Derived[] {
  const known = orders.get(registry) ?? ordered(registry);
  orders.set(registry, known);
  return known;
}
