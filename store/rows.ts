/** Rows of meters, buildings and agencies are stored alike: whose, named what, how much; restated ones on top. */
import type { Carrier } from '../domain/carriers.ts';
import type {
  AccountItem,
  AgencyConsumption,
  Amount,
  BuildingConsumption,
  MeterConsumption,
} from '../domain/consumption.ts';
import type { Resolution, TimeRange } from '../domain/period.ts';
import type { CounterId } from '../domain/quantities.ts';
import type { Restatement, SubjectKind } from '../domain/restatement.ts';
import { firstPublished, knownMeter, type MeterLookup, sortedIds } from './checks.ts';
import type { AgencyConsumptionQuery, BuildingConsumptionQuery, Store } from './port.ts';

export interface Family<T extends Amount> {
  readonly kind: SubjectKind;
  readonly measurement: 'consumption' | 'building_consumption' | 'agency_consumption';
  subjectOf(row: T): string;
  /** The counter, or `carrier/item`. */
  nameOf(row: T): string;
  /** Makes the rows of one series: asked for once, called for thousands. */
  maker(subject: string, name: string): (amount: Amount) => T;
}

export interface Selection {
  readonly subjects: readonly string[];
  readonly resolution: Resolution;
  readonly range: TimeRange;
  /** Which of a subject's names; all when absent. */
  readonly carrier?: Carrier | undefined;
  readonly item?: AccountItem | undefined;
  readonly flaggedOnly?: boolean | undefined;
}

/** What an engine does: rows as published, by subject, then time, then name. */
export interface RowTable {
  write<T extends Amount>(family: Family<T>, rows: readonly T[]): Promise<void>;
  select<T extends Amount>(family: Family<T>, selection: Selection): Promise<T[]>;
}

type RestatementMethods = Pick<Store, 'writeRestatements' | 'restatements'>;
type RowMethods = Pick<
  Store,
  | 'writeMeterConsumption'
  | 'meterConsumption'
  | 'writeBuildingConsumption'
  | 'buildingConsumption'
  | 'writeAgencyConsumption'
  | 'agencyConsumption'
>;

interface Account {
  readonly carrier: Carrier;
  readonly item: AccountItem;
}

export function accountName({ carrier, item }: Account): string {
  return `${carrier}/${item}`;
}

export function parseAccountName(name: string): Account {
  const [carrier, item] = name.split('/');
  return { carrier: carrier as Carrier, item: item as AccountItem };
}

const METERS: Family<MeterConsumption> = {
  kind: 'meter',
  measurement: 'consumption',
  subjectOf: ({ meterId }) => meterId,
  nameOf: ({ counter }) => counter,
  maker(meterId, name) {
    const counter = name as CounterId;
    // The spread comes first: that way the engine copies the whole row at once.
    return (amount) => ({ ...amount, meterId, counter });
  },
};

const BUILDINGS: Family<BuildingConsumption> = {
  kind: 'building',
  measurement: 'building_consumption',
  subjectOf: ({ buildingId }) => buildingId,
  nameOf: accountName,
  maker(buildingId, name) {
    const { carrier, item } = parseAccountName(name);
    return (amount) => ({ ...amount, buildingId, carrier, item });
  },
};

const AGENCIES: Family<AgencyConsumption> = {
  kind: 'agency',
  measurement: 'agency_consumption',
  subjectOf: ({ agencyId }) => agencyId,
  nameOf: accountName,
  maker(agencyId, name) {
    const { carrier, item } = parseAccountName(name);
    return (amount) => ({ ...amount, agencyId, carrier, item });
  },
};

/** Whose series a row belongs to. */
export interface RowKey {
  readonly subject: string;
  readonly name: string;
  readonly resolution: Resolution;
}

export function keyOf<T extends Amount>(family: Family<T>, row: T): RowKey {
  const { resolution } = row;
  return { subject: family.subjectOf(row), name: family.nameOf(row), resolution };
}

export function isSameKey(a: RowKey, b: RowKey): boolean {
  return a.subject === b.subject && a.name === b.name && a.resolution === b.resolution;
}

/** Whether a name is among those a selection asks for. */
export function isNamed({ carrier, item }: Selection, name: string): boolean {
  if (carrier === undefined && item === undefined) return true;
  const account = parseAccountName(name);
  return (
    (carrier ?? account.carrier) === account.carrier && (item ?? account.item) === account.item
  );
}

/** By subject, then time; what is counted or accounted stays in the order of its name. */
export function inOrder<T extends Amount>(rows: T[], family: Family<T>): T[] {
  const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return rows.sort(
    (a, b) =>
      compare(family.subjectOf(a), family.subjectOf(b)) ||
      a.startMs - b.startMs ||
      compare(family.nameOf(a), family.nameOf(b)),
  );
}

/** Puts the newest restatement in the place of each row that has one. */
function restate<T extends Amount>(
  family: Family<T>,
  rows: readonly T[],
  restatements: readonly Restatement[],
): T[] {
  const newest = new Map<string, Restatement>();
  // They come by revision: the last one stays.
  for (const one of restatements) newest.set(`${one.subject} ${one.name} ${one.startMs}`, one);
  const kept = rows.filter(
    (row) => !newest.has(`${family.subjectOf(row)} ${family.nameOf(row)} ${row.startMs}`),
  );
  const restated = [...newest.values()].map(
    ({ subject, name, resolution, startMs, revision, row }) =>
      family.maker(subject, name)({ ...row, resolution, startMs, revision }),
  );
  return inOrder([...kept, ...restated], family);
}

export function createRowMethods(
  table: RowTable,
  { restatements }: RestatementMethods,
  meters: MeterLookup,
): RowMethods {
  /** @throws AppError `store.rejected` before anything is written. */
  async function write<T extends Amount>(family: Family<T>, rows: readonly T[]): Promise<void> {
    for (const row of rows) firstPublished(row.revision, family.subjectOf(row));
    await table.write(family, rows);
  }

  async function select<T extends Amount>(
    family: Family<T>,
    selection: Selection,
    published = false,
  ): Promise<T[]> {
    if (published) return table.select(family, selection);
    const [rows, all] = await Promise.all([
      table.select(family, selection),
      restatements({ ...selection, subjectKind: family.kind }),
    ]);
    const named = all.filter(({ name }) => isNamed(selection, name));
    if (named.length === 0) return rows;
    const found = restate(family, rows, named);
    return selection.flaggedOnly ? found.filter(({ flags }) => flags.length > 0) : found;
  }

  function accounts<T extends Amount>(
    family: Family<T>,
    subjects: readonly string[],
    query:
      | Omit<AgencyConsumptionQuery, 'agencyIds'>
      | Omit<BuildingConsumptionQuery, 'buildingIds'>,
  ): Promise<T[]> {
    const { resolution, range, carrier, item, published } = query;
    return select(
      family,
      { subjects: sortedIds(subjects), resolution, range, carrier, item },
      published,
    );
  }

  return {
    writeMeterConsumption: async (rows) => {
      for (const { meterId } of rows) knownMeter(meters, meterId);
      await write(METERS, rows);
    },
    meterConsumption: ({ meterIds, resolution, range, flaggedOnly, published }) =>
      select(METERS, { subjects: sortedIds(meterIds), resolution, range, flaggedOnly }, published),
    writeBuildingConsumption: (rows) => write(BUILDINGS, rows),
    buildingConsumption: ({ buildingIds, ...query }) => accounts(BUILDINGS, buildingIds, query),
    writeAgencyConsumption: (rows) => write(AGENCIES, rows),
    agencyConsumption: ({ agencyIds, ...query }) => accounts(AGENCIES, agencyIds, query),
  };
}
