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

/** The `QUALITY` bits of a set of canonical values. */
type RangeCheck = (values: Readonly<Values>) => number;

/** Compiled once a model, however many meters are of it. */
const compiled = new WeakMap<MeterProfile, RangeCheck>();

function compile(profile: MeterProfile): RangeCheck {
  const points = Object.entries(profile.points) as [QuantityId, RangedPoint][];
  const ranges = points.flatMap(([quantity, { unit, range }]) => {
    if (!range) return [];
    const factor = conversionFactor(unit, QUANTITIES[quantity].unit);
    return [{ quantity, min: range[0] * factor, max: range[1] * factor }];
  });
  return (values) => {
    for (const { quantity, min, max } of ranges) {
      const value = values[quantity];
      if (value !== undefined && (value < min || value > max)) return QUALITY.outOfRange;
    }
    return QUALITY.good;
  };
}

export function createRangeCheck(profile: MeterProfile): RangeCheck {
  const known = compiled.get(profile);
  if (known) return known;
  const check = compile(profile);
  compiled.set(profile, check);
  return check;
}
