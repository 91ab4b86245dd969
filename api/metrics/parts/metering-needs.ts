/** What is to be metered for itself, and whether a meter is installed for it; whether it answers does not matter. */
import type { Carrier } from '../../../domain/carriers.ts';
import { ITEMS, type ItemCode, isCovered, totalItem } from '../../../domain/items.ts';
import type { Level } from '../../../domain/places.ts';
import type { Text } from '../../../domain/text.ts';
import { carriersOf, existsOn } from '../../../registry/metering-points.ts';
import { type CountingMeter, inForce, isCounting } from '../../../registry/registry.ts';
import type { Agency, Building, MeteringPoint } from '../../../registry/schema.ts';
import { sharesAt } from '../../occupancy.ts';
import type { MetricInput } from '../input.ts';

/** What it takes to tell: the registry, and a day. */
export type MeteringInput = Pick<
  MetricInput,
  'agency' | 'registry' | 'buildings' | 'elapsed' | 'localDateOf' | 'meteringLimits'
>;

/** One meter that should be there. */
export interface Need {
  /** Of the agency, metering point or building that needs it. */
  readonly id: string;
  readonly name: Text;
  readonly carrier: Carrier;
  readonly isMet: boolean;
}

/** Central heat and cooling are excepted from metering by unit. */
const BY_UNIT = ['electricity', 'water'] as const satisfies readonly Carrier[];
const SUB_ITEMS = ['01A00', '01B00', '01C00', '01D00'] as const satisfies readonly ItemCode[];

function subtreeOf({ registry, agency }: MeteringInput): readonly Agency[] {
  return registry.findAgency(agency.id) ? registry.subtreeOf(agency.id) : [agency];
}

/** The last local day that has passed: equipment is judged as it stands then. */
export function lastDayOf({ elapsed, localDateOf }: MeteringInput): string {
  return localDateOf(elapsed.toMs - 1);
}

function occupantsIn(building: Building, { registry, elapsed }: MeteringInput): readonly string[] {
  return Object.keys(sharesAt(registry, building, elapsed.toMs - 1));
}

/** Buildings of the account on that day: one that was left before is somebody else's. */
function buildingsOf(input: MeteringInput): readonly Building[] {
  const own = new Set(subtreeOf(input).map(({ id }) => id));
  return input.buildings.filter((building) =>
    occupantsIn(building, input).some((id) => own.has(id)),
  );
}

/** The agency and those below it that occupy a building. */
export function occupantsOf(input: MeteringInput): readonly Agency[] {
  const ids = new Set(input.buildings.flatMap((building) => occupantsIn(building, input)));
  return subtreeOf(input).filter(({ id }) => ids.has(id));
}

/** A meter of all that its owner uses, not of one sub-item such as a data room. */
function isWhole({ carrier, item = totalItem(carrier) }: CountingMeter): boolean {
  return item === totalItem(carrier);
}

/** 分户: the building's main for who is alone in it, else a meter of their own. */
export function unitNeeds(input: MeteringInput): Need[] {
  const own = new Map(subtreeOf(input).map((agency) => [agency.id, agency]));
  return input.buildings.flatMap((building) => {
    const occupants = occupantsIn(building, input);
    const meters = input.registry.metersIn(building.id).filter(isCounting);
    const isMetered = (id: string, carrier: Carrier) =>
      meters.some(
        (meter) =>
          meter.carrier === carrier &&
          meter.waterUse === undefined &&
          ((meter.agency === id && isWhole(meter)) ||
            (occupants.length === 1 && meter.parent === undefined)),
      );
    return occupants
      .flatMap((id) => own.get(id) ?? [])
      .flatMap(({ id, name }) =>
        BY_UNIT.map((carrier): Need => ({ id, name, carrier, isMet: isMetered(id, carrier) })),
      );
  });
}

/** Points of the account: those of its agencies, and those that all occupants of its buildings share. */
function pointsOf(input: MeteringInput): readonly MeteringPoint[] {
  const agencies = new Set(subtreeOf(input).map(({ id }) => id));
  const buildings = new Set(buildingsOf(input).map(({ id }) => id));
  const date = lastDayOf(input);
  return input.registry.meteringPoints.filter(
    (point) =>
      existsOn(point, date) &&
      (point.agency === undefined ? buildings.has(point.building) : agencies.has(point.agency)),
  );
}

/** Occupants for which no point at all is on file: nobody has said yet what they need. */
export function unlisted(input: MeteringInput): readonly Agency[] {
  const occupants = new Map(
    input.buildings.map((building) => [building.id, occupantsIn(building, input)]),
  );
  const listed = new Set(
    pointsOf(input).flatMap(({ agency, building }) =>
      agency === undefined ? (occupants.get(building) ?? []) : [agency],
    ),
  );
  return occupantsOf(input).filter(({ id }) => !listed.has(id));
}

/** A zone of little power needs no meter of its own. */
function isTooSmall({ place, ratedKw }: MeteringPoint, input: MeteringInput): boolean {
  if (place !== 'zone' || ratedKw === undefined) return false;
  const limit = input.meteringLimits.zonePower();
  return limit !== undefined && ratedKw <= limit.aboveKw;
}

export function smallZones(input: MeteringInput): readonly MeteringPoint[] {
  return pointsOf(input).filter((point) => isTooSmall(point, input));
}

/** 计量点 of a level, a need for each carrier. */
export function pointNeeds(input: MeteringInput, level: Level): Need[] {
  return pointsOf(input)
    .filter((point) => point.level === level && !isTooSmall(point, input))
    .flatMap((point) =>
      carriersOf(point).map(
        (carrier): Need => ({
          id: point.id,
          name: point.name,
          carrier,
          isMet: point.meters[carrier] !== undefined,
        }),
      ),
    );
}

/** Installed meters of the account; other tenants' own are theirs. */
export function equipmentOf(input: MeteringInput): CountingMeter[] {
  const own = new Set(subtreeOf(input).map(({ id }) => id));
  const isOwn = ({ agency, shares }: CountingMeter) => {
    if (agency !== undefined) return own.has(agency);
    const among = inForce(shares ?? [], lastDayOf(input))?.shares;
    return among === undefined || Object.keys(among).some((id) => own.has(id));
  };
  return buildingsOf(input)
    .flatMap(({ id }) => input.registry.metersIn(id))
    .filter(isCounting)
    .filter(isOwn);
}

/** 分项: meters of the four sub-items, or of all parts of one, in every building. */
export function subItemNeeds(input: MeteringInput): Need[] {
  const meters = Map.groupBy(equipmentOf(input), ({ building }) => building);
  return buildingsOf(input).flatMap(({ id, name }) => {
    const metered = new Set((meters.get(id) ?? []).flatMap(({ item = [] }) => item));
    return SUB_ITEMS.map((item): Need => {
      const { zh, en } = ITEMS[item];
      return {
        id,
        name: { zh: `${name.zh}${zh}`, en: `${name.en}: ${en}` },
        carrier: 'electricity',
        isMet: isCovered(item, metered),
      };
    });
  });
}
