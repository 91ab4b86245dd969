/** Shares in numbers: as they were written, or from the dated areas or heads of those among whom something is shared. */
import { inForce } from './dated.ts';
import type { Agency, DatedSharing, Sharing } from './schema.ts';

type Basis = DatedSharing['basis'];

/** Dates on which the fact changes that shares of a basis come from. */
function datesOf({ heads, areas }: Agency, basis: Basis): string[] {
  return (basis === 'heads' ? heads : areas).map(({ from }) => from);
}

/** What a share is taken from; heads as the statistics form counts them. */
export function factOn(
  { heads, areas }: Pick<Agency, 'heads' | 'areas'>,
  basis: Basis,
  date: string,
): number | undefined {
  if (basis === 'area') return inForce(areas, date)?.floorM2;
  const counted = heads.filter(({ definition }) => definition === 'statistics');
  return inForce(counted, date)?.persons;
}

function fromFacts(
  { basis }: DatedSharing,
  among: readonly Agency[],
  from: string,
): Sharing | undefined {
  const facts = among.map((agency) => factOn(agency, basis, from));
  const whole = facts.reduce<number>((sum, fact) => sum + (fact ?? Number.NaN), 0);
  if (Number.isNaN(whole)) return undefined;
  const shares = among.map(({ id }, index) => [id, (facts[index] ?? 0) / whole]);
  return { from, basis, shares: Object.fromEntries(shares) };
}

/** Entry by entry; one without numbers has new ones whenever a fact changes while it holds. */
export function sharesInNumbers(
  entries: readonly DatedSharing[],
  agencies: ReadonlyMap<string, Agency>,
): Sharing[] {
  return entries.flatMap((entry, index) => {
    const { from, basis, shares } = entry;
    if (shares) return [{ from, basis, shares }];
    const until = entries[index + 1]?.from ?? '9999-12-31';
    const among = (entry.among ?? []).flatMap((id) => agencies.get(id) ?? []);
    const changes = among.flatMap((agency) => datesOf(agency, basis));
    const dates = [from, ...changes.filter((date) => date > from && date < until)];
    return [...new Set(dates)].sort().flatMap((date) => fromFacts(entry, among, date) ?? []);
  });
}
