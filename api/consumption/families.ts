/** Rows of meters, buildings and agencies are computed, compared and summed alike: whose, named what, read and written how. */
import type {
  AgencyConsumption,
  Amount,
  BuildingConsumption,
  MeterConsumption,
} from '../../domain/consumption.ts';
import type { Resolution, TimeRange } from '../../domain/period.ts';
import type { SubjectKind } from '../../domain/restatement.ts';
import type { Store } from '../../store/port.ts';

export interface RowSelection {
  readonly subjects: readonly string[];
  readonly resolution: Resolution;
  readonly range: TimeRange;
}

export interface RowFamily<T extends Amount> {
  readonly kind: SubjectKind;
  subjectOf(row: T): string;
  /** A meter's counter; otherwise `carrier/item`. */
  nameOf(row: T): string;
  read(store: Store, selection: RowSelection): Promise<T[]>;
  write(store: Store, rows: readonly T[]): Promise<void>;
}

export const METER_ROWS: RowFamily<MeterConsumption> = {
  kind: 'meter',
  subjectOf: ({ meterId }) => meterId,
  nameOf: ({ counter }) => counter,
  read: (store, { subjects, ...rest }) => store.meterConsumption({ meterIds: subjects, ...rest }),
  write: (store, rows) => store.writeMeterConsumption(rows),
};

export const BUILDING_ROWS: RowFamily<BuildingConsumption> = {
  kind: 'building',
  subjectOf: ({ buildingId }) => buildingId,
  nameOf: ({ carrier, item }) => `${carrier}/${item}`,
  read: (store, { subjects, ...rest }) =>
    store.buildingConsumption({ buildingIds: subjects, ...rest }),
  write: (store, rows) => store.writeBuildingConsumption(rows),
};

export const AGENCY_ROWS: RowFamily<AgencyConsumption> = {
  kind: 'agency',
  subjectOf: ({ agencyId }) => agencyId,
  nameOf: ({ carrier, item }) => `${carrier}/${item}`,
  read: (store, { subjects, ...rest }) => store.agencyConsumption({ agencyIds: subjects, ...rest }),
  write: (store, rows) => store.writeAgencyConsumption(rows),
};

/** Which series a row belongs to. */
export function seriesOf<T extends Amount>(family: RowFamily<T>, row: T): string {
  return `${family.subjectOf(row)} ${family.nameOf(row)}`;
}
