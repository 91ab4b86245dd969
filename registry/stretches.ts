/** Who is in which building when, as dated shares say it. */
import type { DatedSharing } from './schema.ts';

type Named = Pick<DatedSharing, 'shares' | 'among'>;

/** Those among whom something is shared. */
export const namesIn = ({ shares, among }: Named) => Object.keys(shares ?? {}).concat(among ?? []);

/** Days an agency is in a building on, `until` excluded. */
export interface Stretch {
  readonly building: string;
  readonly agency: string;
  readonly from: string;
  readonly until: string;
}

/** By agency, over all of its buildings. */
export function stretchesByAgency(
  buildings: readonly {
    readonly id: string;
    readonly occupancy: readonly (Named & { readonly from: string })[];
  }[],
): ReadonlyMap<string, readonly Stretch[]> {
  const all = buildings.flatMap(({ id: building, occupancy }) =>
    occupancy.flatMap((entry, index) =>
      namesIn(entry).map((agency) => ({
        ...{ building, agency, from: entry.from },
        until: occupancy[index + 1]?.from ?? '9999-12-31',
      })),
    ),
  );
  return Map.groupBy(all, ({ agency }) => agency);
}
