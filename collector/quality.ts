/** Plausibility of single values: outside its range a value is kept and flagged, never changed. */
import { QUALITY } from '../domain/quality.ts';
import { QUANTITIES, type QuantityId } from '../domain/quantities.ts';
import { conversionFactor, type Unit } from '../domain/units.ts';
import type { Values } from './codec/decode.ts';
import type { MeterProfile } from './profile.ts';

interface RangedPoint {
  readonly unit: Unit;
  readonly range?: readonly [min: number, max: number];
}

/** Compiles a profile's ranges; the check gives the `QUALITY` bits of a set of canonical values. */
export function createRangeCheck(profile: MeterProfile): (values: Readonly<Values>) => number {
  const points = Object.entries(profile.points) as [QuantityId, RangedPoint][];
  const ranges = points.flatMap(([quantity, { unit, range }]) => {
    if (!range) return [];
    const factor = conversionFactor(unit, QUANTITIES[quantity].unit);
    return [{ quantity, min: range[0] * factor, max: range[1] * factor }];
  });
  return (values) => {
    const isOutside = ranges.some(({ quantity, min, max }) => {
      const value = values[quantity];
      return value !== undefined && (value < min || value > max);
    });
    return isOutside ? QUALITY.outOfRange : QUALITY.good;
  };
}
