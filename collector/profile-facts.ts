/** What the registry and the api may know of the profiles: quantities, resolutions, moduli. */
import { COUNTER_IDS, QUANTITIES, type QuantityId } from '../domain/quantities.ts';
import { conversionFactor } from '../domain/units.ts';
import type { CounterFacts, ProfileCatalogue, ProfileFacts } from '../registry/profile-facts.ts';
import { isInteger } from './codec/registers.ts';
import type { MeterProfile, ModbusPoint, OpcuaPoint } from './profile.ts';
import { PROFILES } from './profiles/index.ts';

function counterFacts(quantity: QuantityId, point: ModbusPoint | OpcuaPoint): CounterFacts {
  const toCanonical = conversionFactor(point.unit, QUANTITIES[quantity].unit);
  const step = point.resolution ?? point.scale ?? 1;
  // A 32-bit unsigned register starts again at 2^32 counts even if its manual is silent.
  const width =
    'type' in point && isInteger(point.type) && point.type === 'uint32'
      ? 2 ** 32 * (point.scale ?? 1)
      : undefined;
  const modulus = point.modulus ?? width;
  return {
    resolution: step * toCanonical,
    ...(modulus === undefined ? {} : { modulus: modulus * toCanonical }),
  };
}

function factsOf(profile: MeterProfile): ProfileFacts {
  const points = new Map(Object.entries(profile.points)) as Map<
    QuantityId,
    ModbusPoint | OpcuaPoint
  >;
  const counters = COUNTER_IDS.flatMap((id) => {
    const point = points.get(id);
    return point ? [[id, counterFacts(id, point)] as const] : [];
  });
  return {
    id: profile.id,
    protocol: profile.protocol,
    quantities: [...points.keys()],
    counters: Object.fromEntries(counters),
  };
}

/** Facts of all shipped profiles, for the registry's loader and the api. */
export const PROFILE_CATALOGUE: ProfileCatalogue = new Map(
  PROFILES.map((profile) => [profile.id, factsOf(profile)]),
);
