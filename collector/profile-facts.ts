/** What the registry and the api may know of the profiles: quantities, resolutions, moduli. */
import { COUNTER_IDS, QUANTITIES, type QuantityId } from '../domain/quantities.ts';
import { conversionFactor } from '../domain/units.ts';
import type { CounterFacts, ProfileCatalogue, ProfileFacts } from '../registry/profile-facts.ts';
import type { RegisterType } from './codec/registers.ts';
import { groupsOf } from './groups.ts';
import type { MeterProfile, ModbusPoint, OpcuaPoint } from './profile.ts';
import { PROFILES } from './profiles/index.ts';

/** Counts at which a register starts again from 0 even if its manual is silent. */
const WIDTHS: Readonly<Partial<Record<RegisterType, number>>> = {
  uint16: 2 ** 16,
  uint32: 2 ** 32,
  bcd16: 10 ** 4,
  bcd32: 10 ** 8,
};

/** The width in the point's unit; unknown where other registers say how much a count is. */
function widthOf(point: ModbusPoint): number | undefined {
  const width = WIDTHS[point.type];
  const isPlain = !point.fraction && !point.exponent && !point.factor && !point.unitCode;
  return width === undefined || !isPlain ? undefined : width * (point.scale ?? 1);
}

function counterFacts(quantity: QuantityId, point: ModbusPoint | OpcuaPoint): CounterFacts {
  const toCanonical = conversionFactor(point.unit, QUANTITIES[quantity].unit);
  const step = point.resolution ?? point.scale ?? 1;
  const modulus = point.modulus ?? ('type' in point ? widthOf(point) : undefined);
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
    groups: Object.keys(groupsOf(profile)),
  };
}

export function catalogueOf(profiles: Iterable<MeterProfile>): ProfileCatalogue {
  return new Map([...profiles].map((profile) => [profile.id, factsOf(profile)]));
}

/** Facts of all shipped profiles, for the registry's loader and the api. */
export const PROFILE_CATALOGUE: ProfileCatalogue = catalogueOf(PROFILES);
