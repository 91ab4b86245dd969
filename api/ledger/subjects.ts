/** Whose entries are an agency's: its own, those of all below, and those of their buildings and meters. */
import type { Registry } from '../../registry/registry.ts';
import type { Agency, Building } from '../../registry/schema.ts';
import type { EntryFilter } from './ledger.ts';

export type Subjects = Required<Pick<EntryFilter, 'agencyIds' | 'meterIds' | 'buildingIds'>>;

export function subjectsOf(
  registry: Registry,
  agency: Agency,
  buildings: readonly Building[],
): Subjects {
  return {
    agencyIds: registry.subtreeOf(agency.id).map(({ id }) => id),
    buildingIds: buildings.map(({ id }) => id),
    meterIds: buildings.flatMap(({ id }) => registry.metersIn(id).map((meter) => meter.id)),
  };
}
