/** Which of its building's flows a meter sees, told from its carrier, item, parent and agency. */
import type { Carrier } from '../../domain/carriers.ts';
import type { ItemCode } from '../../domain/items.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { type CountingMeter, counterOf, type Registry } from '../../registry/registry.ts';
import type { BuildingFlows } from './building.ts';
import { headsIn, headsOf } from './people.ts';
import type { Series } from './series.ts';

/** A meter's part of a flow, per counter. */
export interface MeterFlow {
  readonly counter: CounterId;
  readonly series: Series;
  readonly share: number;
}

type FlowName = keyof BuildingFlows;

const ELECTRICITY_ITEMS: Readonly<Partial<Record<ItemCode, FlowName>>> = {
  '01A00': 'lighting',
  '01B00': 'airConditioning',
  '01B10': 'station',
  '01B1C': 'chillers',
  '01B1E': 'hotWaterPumps',
  '01C00': 'motive',
  '01D00': 'special',
  '01D10': 'dataRoom',
  '01D30': 'canteenPower',
  '01D60': 'charging',
};
const DATA_ROOM = '01D10';

/** Below a data room's meter, one of the same item sees its computers only. */
function isItMeter({ findMeter }: Registry, { item, parent }: CountingMeter): boolean {
  const above = parent === undefined ? undefined : findMeter(parent);
  return item === DATA_ROOM && above?.item === DATA_ROOM;
}

function flowName(registry: Registry, meter: CountingMeter): FlowName {
  if (meter.waterUse === 'irrigation') return 'irrigation';
  if (isItMeter(registry, meter)) return 'dataRoomIt';
  const submeter = meter.parent !== undefined;
  const names: Readonly<Record<Carrier, FlowName>> = {
    electricity: ELECTRICITY_ITEMS[meter.item ?? '01000'] ?? (submeter ? 'metered' : 'gridImport'),
    // Below the main, a meter that belongs to an agency sees its floors; any other, the canteen.
    water: submeter ? (meter.agency === undefined ? 'canteenWater' : 'peopleWater') : 'water',
    gas: 'gas',
    heat: 'heat',
    solar: 'solar',
  };
  return names[meter.carrier];
}

/** Meters of the same kind at the same place share the flow equally. */
function twinsOf(registry: Registry, meter: CountingMeter): number {
  return registry
    .metersIn(meter.building)
    .filter(
      (other) =>
        other.carrier === meter.carrier &&
        other.item === meter.item &&
        other.waterUse === meter.waterUse &&
        other.parent === meter.parent &&
        other.agency === meter.agency,
    ).length;
}

/** An agency's part of what its building's people use; of machines, it answers for its meter's all. */
function agencyShare(registry: Registry, meter: CountingMeter, name: FlowName): number {
  if (meter.agency === undefined || (name !== 'peopleWater' && name !== 'metered')) return 1;
  const building = registry.building(meter.building);
  const date = building.occupancy.at(-1)?.from ?? '';
  const everybody = headsIn(registry, building, date);
  return everybody === 0
    ? 1
    : headsOf(registry, { building, agencyId: meter.agency }, date) / everybody;
}

/** What the meter's registers count: one flow, and at the grid connection what goes back too. */
export function flowsOf(
  registry: Registry,
  meter: CountingMeter,
  flows: BuildingFlows,
): readonly MeterFlow[] {
  const name = flowName(registry, meter);
  const share = agencyShare(registry, meter, name) / twinsOf(registry, meter);
  const counter = counterOf(meter);
  const main = { counter, series: flows[name], share };
  if (name !== 'gridImport' || counter !== 'activeEnergyImport') return [main];
  return [main, { counter: 'activeEnergyExport', series: flows.gridExport, share }];
}
