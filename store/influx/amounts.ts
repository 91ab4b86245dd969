/** Consumption of meters and of agencies in InfluxDB. */
import type { Carrier } from '../../domain/carriers.ts';
import type { AccountItem, AgencyConsumption, MeterConsumption } from '../../domain/consumption.ts';
import type { FindingCode } from '../../domain/finding.ts';
import { DAY_MS, HOUR_MS, type Resolution, type TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { type MeterLookup, sortedIds } from '../checks.ts';
import type { Store } from '../port.ts';
import type { Connection } from './connection.ts';
import { literal, matches, names, type Select, windows } from './influxql.ts';
import { SERIES_ROWS, type Series } from './query.ts';
import { chunks, meterTags } from './readings.ts';

type AmountMethods = Pick<
  Store,
  | 'writeMeterConsumption'
  | 'meterConsumption'
  | 'lastMeterConsumption'
  | 'writeAgencyConsumption'
  | 'agencyConsumption'
>;

/** What the rows of meters and agencies have in common. */
type Amount = Omit<AgencyConsumption, 'agencyId' | 'carrier' | 'item'>;

const AMOUNT_COLUMNS = ['value', 'coverage', 'known', 'class', 'rule_version'] as const;
const IDS_PER_QUERY = 200;
/** Rows of one answer: it is parsed as a whole, and should stay at some ten megabytes. */
const ROWS_PER_QUERY = 100_000;

type Row = Series['rows'][number];

interface Selection {
  readonly ids: readonly string[];
  readonly resolution: Resolution;
  readonly range: TimeRange;
}

function fieldsOf(amount: Amount) {
  const { value, coverage, known, ruleVersion } = amount;
  return { value, coverage, known, class: amount.class, rule_version: ruleVersion };
}

function toAmount(row: Row, resolution: Resolution): Amount {
  const [startMs, value, coverage, known, amountClass, ruleVersion] = row;
  return {
    resolution,
    startMs: Number(startMs),
    value: typeof value === 'number' ? value : null,
    coverage: Number(coverage),
    manual: 0,
    estimated: 0,
    known: Number(known),
    class: amountClass as Amount['class'],
    flags: [],
    ruleVersion: Number(ruleVersion),
    revision: 0,
  };
}

/** Each series stays short enough to be sure of, each answer short enough to be parsed as a whole. */
function* parts({ ids, resolution, range }: Selection) {
  const stepMs = resolution === 'hour' ? HOUR_MS : DAY_MS;
  for (const part of windows(range, stepMs * SERIES_ROWS)) {
    const rowsEach = Math.max((part.toMs - part.fromMs) / stepMs, 1);
    const size = Math.min(Math.max(Math.floor(ROWS_PER_QUERY / rowsEach), 1), IDS_PER_QUERY);
    for (const some of chunks(sortedIds(ids), size)) yield { ids: some, resolution, range: part };
  }
}

/**
 * A meter whose building or carrier was corrected leaves an old series behind; where both hold a
 * row for the same start, the one under the present tags counts.
 */
function preferPresent(rows: readonly { present: boolean; row: MeterConsumption }[]) {
  if (rows.every(({ present }) => present)) return rows.map(({ row }) => row);
  const chosen = new Map<string, MeterConsumption>();
  const ordered = rows.toSorted((a, b) => Number(a.present) - Number(b.present));
  for (const { row } of ordered) {
    chosen.set(`${row.meterId} ${row.counter} ${row.startMs}`, row);
  }
  return [...chosen.values()];
}

/** By id, then time; what is counted stays in the order of its name. */
function inOrder<T extends { readonly startMs: number }>(rows: T[], id: (row: T) => string): T[] {
  return rows.sort((a, b) => {
    const [left, right] = [id(a), id(b)];
    if (left !== right) return left < right ? -1 : 1;
    return a.startMs - b.startMs;
  });
}

export function createAmountQueries(db: Connection, meters: MeterLookup): AmountMethods {
  function isPresent(tags: Series['tags']): boolean {
    const meter = meters.findMeter(tags.meter ?? '');
    return meter?.building === tags.building && meter?.carrier === tags.carrier;
  }

  function toMeterRow(tags: Series['tags'], row: Row, resolution: Resolution): MeterConsumption {
    const flags = String(row[AMOUNT_COLUMNS.length + 1] ?? '').split(',');
    return {
      ...toAmount(row, resolution),
      meterId: tags.meter ?? '',
      counter: tags.counter as CounterId,
      flags: flags.filter(Boolean) as FindingCode[],
    };
  }

  function toAgencyRow(tags: Series['tags'], row: Row, resolution: Resolution): AgencyConsumption {
    return {
      ...toAmount(row, resolution),
      agencyId: tags.agency ?? '',
      carrier: tags.carrier as Carrier,
      item: tags.item as AccountItem,
    };
  }

  async function select(
    { ids, resolution, range }: Selection,
    query: Pick<Select, 'from' | 'columns' | 'tail'>,
    further: readonly string[] = [],
  ): Promise<Series[]> {
    const idTag = query.from === 'consumption' ? 'meter' : 'agency';
    const where = [matches(idTag, ids), `"resolution" = ${literal(resolution)}`, ...further];
    return db.select({ ...query, where, range });
  }

  return {
    writeMeterConsumption: async (rows) =>
      db.write(
        rows.map((row) => {
          const { meterId, counter, resolution, flags } = row;
          return {
            measurement: 'consumption',
            tags: { ...meterTags(meters, meterId), counter, resolution },
            fields: { ...fieldsOf(row), flags: flags.join(',') },
            atMs: row.startMs,
          };
        }),
      ),
    meterConsumption: async ({ meterIds: ids, resolution, range, flaggedOnly = false }) => {
      const further = flaggedOnly ? [`"flags" <> ''`] : [];
      const columns = names([...AMOUNT_COLUMNS, 'flags']);
      const tail = 'GROUP BY "building", "carrier", "counter", "meter"';
      const query = { from: 'consumption', columns, tail } as const;
      const found: { present: boolean; row: MeterConsumption }[] = [];
      for (const part of parts({ ids, resolution, range })) {
        for (const { tags, rows } of await select(part, query, further)) {
          const present = isPresent(tags);
          for (const row of rows) found.push({ present, row: toMeterRow(tags, row, resolution) });
        }
      }
      return inOrder(preferPresent(found), (row) => row.meterId);
    },
    lastMeterConsumption: async ({ meterIds, resolution, range }) => {
      const newest = new Map<string, number>();
      const tail = 'GROUP BY "meter" ORDER BY time DESC LIMIT 1';
      for (const ids of chunks(sortedIds(meterIds), IDS_PER_QUERY)) {
        const query = { from: 'consumption', columns: names(['coverage']), tail } as const;
        for (const { tags, rows } of await select({ ids, resolution, range }, query)) {
          newest.set(tags.meter ?? '', Number(rows[0]?.[0]));
        }
      }
      return newest;
    },
    writeAgencyConsumption: async (rows) =>
      db.write(
        rows.map((row) => {
          const { agencyId: agency, carrier, item, resolution } = row;
          const tags = { agency, carrier, item, resolution };
          return {
            measurement: 'agency_consumption',
            tags,
            fields: fieldsOf(row),
            atMs: row.startMs,
          };
        }),
      ),
    agencyConsumption: async ({ agencyIds: ids, resolution, range, carrier, item }) => {
      const further = [
        ...(carrier === undefined ? [] : [`"carrier" = ${literal(carrier)}`]),
        ...(item === undefined ? [] : [`"item" = ${literal(item)}`]),
      ];
      const columns = names(AMOUNT_COLUMNS);
      const tail = 'GROUP BY "agency", "carrier", "item"';
      const found: AgencyConsumption[] = [];
      for (const part of parts({ ids, resolution, range })) {
        const query = { from: 'agency_consumption', columns, tail } as const;
        for (const { tags, rows } of await select(part, query, further)) {
          for (const row of rows) found.push(toAgencyRow(tags, row, resolution));
        }
      }
      return inOrder(found, (row) => row.agencyId);
    },
  };
}
