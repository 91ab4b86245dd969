/** What of a retrofit is measured: for each carrier the meters, building or agency around it. */
import type { Carrier } from '../../domain/carriers.ts';
import { type AccountMeter, isAccountMeter, type Registry } from '../../registry/registry.ts';
import type { Building } from '../../registry/schema.ts';
import type { BodyOf } from '../ledger/ledger.ts';
import { buildingsOf } from '../occupancy.ts';

type Retrofit = BodyOf<'retrofit'>;

export interface Boundary {
  readonly carrier: Carrier;
  /** The meters named in the entry, or the mains of the building or agency. */
  readonly meters: readonly AccountMeter[];
  readonly buildings: readonly Building[];
  readonly of: 'meters' | 'building' | 'agency';
  /** What a reviewer looks up. */
  readonly source: string;
  /** Own generation is use too, unless it is the measure itself. */
  readonly countsGeneration: boolean;
}

const BY_UNIT = { kWh: ['electricity'], GJ: ['heat'], 'm³': ['water'], kgce: undefined } as const;

/** The carriers a measure acts on, where the entry names no meter. */
function carriersOf({ measure, savingUnit }: Retrofit): readonly Carrier[] {
  switch (measure) {
    case 'envelope':
    case 'heating':
      return ['heat'];
    case 'lighting':
    case 'hvac':
    case 'data-room':
    case 'renewables':
      return ['electricity'];
    case 'water-fixtures':
    case 'water-network':
      return ['water'];
    case 'control':
    case 'other':
      return (savingUnit && BY_UNIT[savingUnit]) ?? ['electricity', 'heat'];
  }
}

/** A meter and those whose figure contains its. */
function withParents(registry: Registry, { id }: AccountMeter): string[] {
  const chain: string[] = [];
  for (let at = registry.findAnyMeter(id); at && !chain.includes(at.id); ) {
    chain.push(at.id);
    at = at.parent === undefined ? undefined : registry.findAnyMeter(at.parent);
  }
  return chain;
}

/** Without those whose figure another one of them contains. */
function topmost(registry: Registry, meters: readonly AccountMeter[]): AccountMeter[] {
  const ids = new Set(meters.map(({ id }) => id));
  return meters.filter(
    (meter) => !withParents(registry, meter).some((id) => id !== meter.id && ids.has(id)),
  );
}

export function boundariesOf(registry: Registry, body: Retrofit, atMs: number): Boundary[] {
  const named = (body.meters ?? []).map((id) => registry.findAnyMeter(id)).filter(isAccountMeter);
  const consuming = topmost(
    registry,
    named.filter(({ carrier }) => carrier !== 'solar'),
  );
  if (consuming.length > 0) {
    return [...Map.groupBy(consuming, ({ carrier }) => carrier)].map(([carrier, meters]) => ({
      carrier,
      meters,
      buildings: registry.buildings.filter(({ id }) =>
        meters.some(({ building }) => building === id),
      ),
      of: 'meters',
      source: `meters ${meters.map(({ id }) => id).join('、')}`,
      countsGeneration: false,
    }));
  }
  // A photovoltaic system shows in what its building buys; meters that are gone show nowhere.
  if (body.meters && named.length === 0) return [];
  const agency = registry.findAgency(body.agency);
  const all = agency ? buildingsOf(registry, agency, atMs) : [];
  const own = registry.buildings.filter(({ id }) => id === body.building);
  const buildings = body.building === undefined ? all : own;
  const mains = buildings
    .flatMap(({ id }) => registry.accountMetersIn(id))
    .filter(({ parent }) => parent === undefined);
  return carriersOf(body).flatMap((carrier): Boundary[] => {
    const meters = mains.filter((meter) => meter.carrier === carrier);
    if (meters.length === 0) return [];
    const generates = mains.some((meter) => meter.carrier === 'solar');
    return [
      {
        carrier,
        meters,
        buildings,
        of: body.building === undefined ? 'agency' : 'building',
        source:
          body.building === undefined ? `agencies ${body.agency}` : `buildings ${body.building}`,
        countsGeneration: generates && carrier === 'electricity' && body.measure !== 'renewables',
      },
    ];
  });
}

/** Whether one boundary lies in the other, or they share a meter: their savings cannot be told apart. */
export function overlaps(registry: Registry, a: Boundary, b: Boundary): boolean {
  if (a.carrier !== b.carrier) return false;
  const lies = (inner: Boundary, outer: Boundary) => {
    const ids = new Set(outer.meters.map(({ id }) => id));
    return inner.meters.some((meter) => withParents(registry, meter).some((id) => ids.has(id)));
  };
  return lies(a, b) || lies(b, a);
}
