/** A tree of agencies with known amounts, for metrics of those above units. */
import type { MetricInput, UnitAccount } from '../../api/metrics/input.ts';
import { totalItem } from '../../domain/items.ts';
import { createRegistry, type RegistryContent } from '../../registry/registry.ts';
import type { Agency, BuildingEntry } from '../../registry/schema.ts';
import { metricInput } from './metric-input.ts';

export interface UnitFacts {
  readonly id: string;
  /** Agency directly below the top that it belongs to; absent: the top itself. */
  readonly group?: string;
  readonly amounts: Readonly<Record<string, number | null>>;
  readonly persons?: number;
  readonly floorM2?: number;
  readonly agency?: Partial<Agency>;
}

const FROM = '2020-01-01';

function agencyOf(unit: UnitFacts): Agency {
  const { id, persons, floorM2, group = 'a' } = unit;
  return {
    id,
    name: { zh: `单位${id}`, en: `Unit ${id}` },
    tier: 'unit',
    type: 'state-organ',
    parent: group,
    heads: persons === undefined ? [] : [{ from: FROM, persons, definition: 'statistics' }],
    areas: floorM2 === undefined ? [] : [{ from: FROM, floorM2 }],
    ...unit.agency,
  };
}

function accountOf(unit: UnitFacts): UnitAccount {
  return {
    agency: agencyOf(unit),
    total(carrier, item = totalItem(carrier)) {
      const value = unit.amounts[item];
      const known = value === null ? 0 : 1;
      return value === undefined
        ? undefined
        : { value, coverage: known, manual: 0, estimated: 0, known };
    },
  };
}

/** Whoever has people and areas has a house for them. */
function hallOf({ id }: UnitFacts, index: number): BuildingEntry {
  return {
    id: `${id}-hall`,
    name: { zh: id, en: id },
    code: `150102A${String(index + 1).padStart(3, '0')}`,
    station: 'station',
    floorM2: 1000,
    occupancy: [{ from: FROM, basis: 'sole', shares: { [id]: 1 } }],
  };
}

/** The account of agency `a`, with groups and units below it. */
export function treeInput(
  units: readonly UnitFacts[],
  overrides: Partial<MetricInput> = {},
  content: Partial<RegistryContent> = {},
): MetricInput {
  const base = metricInput();
  const groups = [...new Set(units.flatMap(({ group }) => group ?? []))];
  const top: Agency = { ...base.agency, tier: 'league' };
  const agencies = [
    top,
    ...groups.map(
      (id): Agency => ({
        ...top,
        id,
        name: { zh: `组${id}`, en: id },
        tier: 'banner',
        parent: 'a',
      }),
    ),
    ...units.map(agencyOf),
  ];
  const registry = createRegistry(
    { region: base.registry.region, agencies, buildings: units.map(hallOf), ...content },
    new Map(),
  );
  return { ...base, agency: top, registry, units: units.map(accountOf), ...overrides };
}
