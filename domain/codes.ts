/**
 * Composite codes by which other systems know what is measured here: administrative division,
 * building, energy datum, hour result. Layout after the sub-item data collection guide.
 */
import type { BuildingCategory } from './building-kinds.ts';
import type { ItemCode } from './items.ts';
import { localDate, localHour } from './period.ts';

/** Division 6 + category letter + number 3, e.g. `150102A001` (facts mark: S2). */
export const BUILDING_CODE = /^(\d{6})([A-H])(\d{3})$/;

export interface BuildingCode {
  /** Administrative division, 6 digits. */
  readonly division: string;
  readonly category: BuildingCategory;
  readonly number: string;
}

export function parseBuildingCode(code: string): BuildingCode | undefined {
  const [, division = '', category, number = ''] = BUILDING_CODE.exec(code) ?? [];
  return category === undefined
    ? undefined
    : { division, category: category as BuildingCategory, number };
}

/** The digits that all divisions within one share: `15` of 150000, `1501` of 150100, all six of 150102. */
export function divisionPrefix(division: string): string {
  return division.replace(/(?:00){1,2}$/, '');
}

/** Whether a division, or the building whose code begins with it, lies within another. */
export function isInDivision(code: string, division: string): boolean {
  return code.startsWith(divisionPrefix(division));
}

/**
 * 15 characters: building 10 + item 5. The item code is S2, the length of the whole R. Meters of
 * one building and item share it: it names what was measured, not the meter.
 */
export function energyDatumCode(buildingCode: string, item: ItemCode): string {
  return `${buildingCode}${item}`;
}

/**
 * 25 characters: energy datum 15 + local hour `yyyymmddHH` (D, from the width of a column). Which
 * end of the hour it names is written nowhere that was seen; here it is the start.
 */
export function hourResultKey(datumCode: string, startMs: number, zone: string): string {
  const hour = String(localHour(startMs, zone)).padStart(2, '0');
  return `${datumCode}${localDate(startMs, zone).replaceAll('-', '')}${hour}`;
}
