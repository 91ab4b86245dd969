/** Checks of the codes by which other systems know agencies and buildings; rules that were only recalled make doubts, not faults. */
import { divisionPrefix, isInDivision } from '../domain/codes.ts';
import { checkDigitOf } from '../domain/credit-code.ts';
import { show } from './fault.ts';
import { checkUnique, type Placed, type Report, type Reports } from './placed.ts';
import type { Agency, BuildingEntry, Region } from './schema.ts';
import { namesIn } from './stretches.ts';

interface Division {
  readonly code: string;
  /** Whose it is. */
  readonly of: string;
}

/** A code, and the divisions it should lie in. */
type Within = readonly [code: string, ...around: (Division | undefined)[]];

interface Codes {
  readonly region: Region | undefined;
  readonly agencies: readonly Placed<Agency>[];
  readonly buildings: readonly Placed<BuildingEntry>[];
}

/** GB 32100. */
function checkCreditCode(place: Placed<Agency>, warn: Report): void {
  const { creditCode } = place.entry;
  if (creditCode === undefined) return;
  const digit = checkDigitOf(creditCode);
  if (creditCode.endsWith(digit)) return;
  const expected = `the check digit ${digit} after ${creditCode.slice(0, 17)} (GB 32100)`;
  warn(place, ['creditCode'], { expected, found: show(creditCode) });
}

/** The division an agency stands for: its own, or that of the nearest one above; at last the region's. */
function createDivisions({ agencies, region }: Codes) {
  const byId = new Map(agencies.map(({ entry }) => [entry.id, entry]));
  const whole = region?.code === undefined ? undefined : { code: region.code, of: region.id };
  return (id: string | undefined): Division | undefined => {
    const seen = new Set<string>();
    let at = byId.get(id ?? '');
    while (at && !seen.has(at.id)) {
      if (at.regionCode !== undefined) return { code: at.regionCode, of: at.id };
      seen.add(at.id);
      at = byId.get(at.parent ?? '');
    }
    return whole;
  };
}

export function checkCodes(codes: Codes, { report, warn }: Reports): void {
  const { agencies, buildings } = codes;
  const divisionOf = createDivisions(codes);
  checkUnique(agencies, report, ['creditCode', 'a credit code']);
  checkUnique(buildings, report, ['code', 'a building code']);

  function checkWithin(place: Placed<unknown>, key: string, [code, ...around]: Within): void {
    const outside = around.find((division) => division && !isInDivision(code, division.code));
    if (!outside) return;
    const expected = `a code within ${outside.code}, the division of ${outside.of} (${divisionPrefix(outside.code)}…)`;
    warn(place, [key], { expected, found: show(code) });
  }

  for (const place of agencies) {
    const { regionCode, parent } = place.entry;
    checkCreditCode(place, warn);
    if (regionCode !== undefined) {
      checkWithin(place, 'regionCode', [regionCode, divisionOf(parent)]);
    }
  }
  for (const place of buildings) {
    const { code, occupancy } = place.entry;
    const occupants = [undefined, ...occupancy.flatMap(namesIn)];
    checkWithin(place, 'code', [code, ...occupants.map(divisionOf)]);
  }
}
