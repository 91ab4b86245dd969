/** Rows of meters, buildings and agencies in InfluxDB. */
import { Readable } from 'node:stream';
import type { Amount } from '../../domain/consumption.ts';
import type { FindingCode } from '../../domain/finding.ts';
import { DAY_MS, HOUR_MS, type Resolution, type TimeRange } from '../../domain/period.ts';
import type { SubjectKind } from '../../domain/restatement.ts';
import { type MeterLookup, sortedIds } from '../checks.ts';
import type { Store } from '../port.ts';
import {
  accountName,
  type Family,
  inOrder,
  isSameKey,
  keyOf,
  parseAccountName,
  type RowKey,
  type RowTable,
} from '../rows.ts';
import type { Connection } from './connection.ts';
import { literal, matches, names, windows } from './influxql.ts';
import type { Point } from './line-protocol.ts';
import { SERIES_ROWS, type Series } from './query.ts';
import { chunks, meterTags } from './readings.ts';

type Figures = Omit<Amount, 'resolution' | 'startMs' | 'revision'>;
type Row = Series['rows'][number];

export const FIGURE_COLUMNS = [
  'value',
  'coverage',
  'manual',
  'estimated',
  'known',
  'class',
  'flags',
  'rule_version',
] as const;
const IDS_PER_QUERY = 200;
const PARTS_AT_ONCE = 2;
/** Rows of one answer: it is parsed as a whole, and should stay at some ten megabytes. */
const ROWS_PER_QUERY = 100_000;
/** The shortest a period of a resolution may be, but for the hour by which a local day may differ. */
const STEP_MS: Readonly<Record<Resolution, number>> = {
  hour: HOUR_MS,
  day: DAY_MS,
  month: 28 * DAY_MS,
  year: 365 * DAY_MS,
  season: 28 * DAY_MS,
};
const NO_FLAGS: readonly FindingCode[] = [];

export function figureFields(row: Figures): Point['fields'] {
  const { value, coverage, manual, estimated, known, flags, ruleVersion } = row;
  const shares = { value, coverage, manual, estimated, known };
  return { ...shares, class: row.class, flags: flags.join(','), rule_version: ruleVersion };
}

/** From an answer whose columns start with `FIGURE_COLUMNS`, after the time. */
export function toFigures(row: Row): Figures {
  const [, value, coverage, manual, estimated, known, amountClass, flags, ruleVersion] = row;
  return {
    value: typeof value === 'number' ? value : null,
    coverage: Number(coverage),
    manual: Number(manual),
    estimated: Number(estimated),
    known: Number(known),
    class: amountClass as Amount['class'],
    flags: flags ? (String(flags).split(',') as FindingCode[]) : NO_FLAGS,
    ruleVersion: Number(ruleVersion),
  };
}

export interface Part {
  readonly ids: readonly string[];
  readonly range: TimeRange;
}

/** Each series stays short enough to be sure of, each answer short enough to be parsed as a whole. */
export function* partsOf(
  subjects: readonly string[],
  resolution: Resolution,
  range: TimeRange,
): Iterable<Part> {
  const stepMs = STEP_MS[resolution];
  for (const part of windows(range, stepMs * SERIES_ROWS)) {
    const rowsEach = Math.max((part.toMs - part.fromMs) / stepMs, 1);
    const size = Math.min(Math.max(Math.floor(ROWS_PER_QUERY / rowsEach), 1), IDS_PER_QUERY);
    for (const ids of chunks(sortedIds(subjects), size)) yield { ids, range: part };
  }
}

/** Two at a time: the server works on one while the other is parsed. */
export function eachPart<T>(parts: Iterable<Part>, ask: (part: Part) => Promise<T>): Promise<T[]> {
  return Readable.from(parts).map(ask, { concurrency: PARTS_AT_ONCE }).toArray();
}

function groupTags({ kind }: Pick<Family<Amount>, 'kind'>): string[] {
  return kind === 'meter' ? ['building', 'carrier', 'counter', 'meter'] : [kind, 'carrier', 'item'];
}

/**
 * A meter whose building or carrier was corrected leaves an old series behind; where both hold a
 * row for the same start, the one under the present tags counts.
 */
function preferPresent<T extends Amount>(
  rows: readonly { present: boolean; row: T }[],
  family: Family<T>,
): T[] {
  if (rows.every(({ present }) => present)) return rows.map(({ row }) => row);
  const chosen = new Map<string, T>();
  for (const { row } of rows.toSorted((a, b) => Number(a.present) - Number(b.present))) {
    chosen.set(`${family.subjectOf(row)} ${family.nameOf(row)} ${row.startMs}`, row);
  }
  return [...chosen.values()];
}

export function createAmountQueries(
  db: Connection,
  meters: MeterLookup,
): RowTable & Pick<Store, 'lastMeterConsumption'> {
  function isPresent(tags: Series['tags']): boolean {
    const meter = meters.findAnyMeter(tags.meter ?? '');
    return meter?.building === tags.building && meter?.carrier === tags.carrier;
  }

  function makeTags(kind: SubjectKind, key: RowKey): Point['tags'] {
    const { subject, name, resolution } = key;
    return kind === 'meter'
      ? { ...meterTags(meters, subject), counter: name, resolution }
      : { [kind]: subject, ...parseAccountName(name), resolution };
  }

  /** Rows come a series after the other, and one object a series is one escaped text a series. */
  function tagsOf<T extends Amount>(family: Family<T>): (row: T) => Point['tags'] {
    let key: RowKey | undefined;
    let tags: Point['tags'] = {};
    return (row) => {
      const next = keyOf(family, row);
      if (key === undefined || !isSameKey(key, next)) tags = makeTags(family.kind, next);
      key = next;
      return tags;
    };
  }

  return {
    write: async (family, rows) => {
      const tags = tagsOf(family);
      await db.write(
        rows.map((row) => ({
          measurement: family.measurement,
          tags: tags(row),
          fields: figureFields(row),
          atMs: row.startMs,
        })),
      );
    },
    select: async (family, { subjects, resolution, range, carrier, item, flaggedOnly }) => {
      const further = [
        `"resolution" = ${literal(resolution)}`,
        ...(carrier === undefined ? [] : [`"carrier" = ${literal(carrier)}`]),
        ...(item === undefined ? [] : [`"item" = ${literal(item)}`]),
        ...(flaggedOnly ? [`"flags" <> ''`] : []),
      ];
      const found: { present: boolean; row: ReturnType<ReturnType<typeof family.maker>> }[] = [];
      const answers = await eachPart(partsOf(subjects, resolution, range), (part) =>
        db.select({
          from: family.measurement,
          columns: names(FIGURE_COLUMNS),
          where: [matches(family.kind, part.ids), ...further],
          range: part.range,
          tail: `GROUP BY ${names(groupTags(family))}`,
        }),
      );
      for (const { tags, rows } of answers.flat()) {
        const subject = tags[family.kind] ?? '';
        const account = parseAccountName(`${tags.carrier}/${tags.item}`);
        const name = family.kind === 'meter' ? (tags.counter ?? '') : accountName(account);
        const present = family.kind !== 'meter' || isPresent(tags);
        const make = family.maker(subject, name);
        for (const row of rows) {
          const amount = { ...toFigures(row), resolution, startMs: Number(row[0]), revision: 0 };
          found.push({ present, row: make(amount) });
        }
      }
      return inOrder(preferPresent(found, family), family);
    },
    lastMeterConsumption: async ({ meterIds, resolution, range }) => {
      const newest = new Map<string, number>();
      for (const ids of chunks(sortedIds(meterIds), IDS_PER_QUERY)) {
        const series = await db.select({
          from: 'consumption',
          columns: names(['coverage']),
          where: [matches('meter', ids), `"resolution" = ${literal(resolution)}`],
          range,
          tail: 'GROUP BY "meter" ORDER BY time DESC LIMIT 1',
        });
        for (const { tags, rows } of series) newest.set(tags.meter ?? '', Number(rows[0]?.[0]));
      }
      return newest;
    },
  };
}
