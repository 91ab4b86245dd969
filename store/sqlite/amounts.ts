/** Consumption of meters and of agencies in SQLite: two families of series in one table. */

import type { Carrier } from '../../domain/carriers.ts';
import type { AccountItem, AgencyConsumption, MeterConsumption } from '../../domain/consumption.ts';
import type { FindingCode } from '../../domain/finding.ts';
import type { Resolution, TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { finite, knownMeter, type MeterLookup, sortedIds, whole } from '../checks.ts';
import type { Store } from '../port.ts';
import type { Database, Row, SeriesKey } from './database.ts';

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

interface Selection {
  readonly measurement: 'consumption' | 'agency_consumption';
  readonly subjects: readonly string[];
  readonly resolution: Resolution;
  readonly range: TimeRange;
  /** Which of a subject's series; all when absent. */
  readonly named?: (name: string) => boolean;
  readonly flaggedOnly?: boolean;
}

function toAmount(row: Row, resolution: Resolution): Amount {
  return {
    resolution,
    startMs: Number(row.at_ms),
    value: typeof row.value === 'number' ? row.value : null,
    coverage: Number(row.coverage),
    manual: 0,
    estimated: 0,
    known: Number(row.known),
    class: row.class as Amount['class'],
    flags: [],
    ruleVersion: Number(row.rule_version),
    revision: 0,
  };
}

export function createAmountTable(db: Database, meters: MeterLookup): AmountMethods {
  function write(key: SeriesKey, amount: Amount, flags = ''): void {
    const { subject } = key;
    db.run(
      `INSERT OR REPLACE INTO amount (series, at_ms, value, coverage, known, class, flags, rule_version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      db.seriesId({ ...key, cut: amount.resolution }),
      whole(amount.startMs, 'startMs', subject),
      amount.value === null ? null : finite(amount.value, 'value', subject),
      finite(amount.coverage, 'coverage', subject),
      finite(amount.known, 'known', subject),
      amount.class,
      flags,
      whole(amount.ruleVersion, 'ruleVersion', subject),
    );
  }

  /** Each subject's rows by time, then name, made into what `make` says. */
  function select<T extends Amount>(
    { measurement, subjects, resolution, range, named, flaggedOnly = false }: Selection,
    make: (subject: string, name: string, row: Row) => T,
  ): T[] {
    return sortedIds(subjects).flatMap((subject) =>
      db
        .findSeries({ measurement, subject, cut: resolution })
        .filter(({ name }) => named?.(name) ?? true)
        .flatMap(({ id, name }) =>
          db
            .all(
              `SELECT * FROM amount WHERE series = ? AND at_ms >= ? AND at_ms < ? AND (? = 0 OR flags <> '')
               ORDER BY at_ms`,
              id,
              range.fromMs,
              range.toMs,
              flaggedOnly ? 1 : 0,
            )
            .map((row) => make(subject, name, row)),
        )
        .sort((a, b) => a.startMs - b.startMs),
    );
  }

  return {
    writeMeterConsumption: async (rows) =>
      db.write(() => {
        for (const row of rows) {
          knownMeter(meters, row.meterId);
          const key = { measurement: 'consumption', subject: row.meterId, name: row.counter };
          write(key, row, row.flags.join(','));
        }
      }),
    meterConsumption: async ({ meterIds, resolution, range, flaggedOnly = false }) =>
      db.read(() =>
        select<MeterConsumption>(
          { measurement: 'consumption', subjects: meterIds, resolution, range, flaggedOnly },
          (meterId, name, row) => ({
            ...toAmount(row, resolution),
            meterId,
            counter: name as CounterId,
            flags: String(row.flags).split(',').filter(Boolean) as FindingCode[],
          }),
        ),
      ),
    lastMeterConsumption: async ({ meterIds, resolution, range }) =>
      db.read(() => {
        const newest = new Map<string, number>();
        for (const subject of sortedIds(meterIds)) {
          for (const { id } of db.findSeries({
            measurement: 'consumption',
            subject,
            cut: resolution,
          })) {
            const [row] = db.all(
              'SELECT max(at_ms) AS at_ms FROM amount WHERE series = ? AND at_ms >= ? AND at_ms < ?',
              id,
              range.fromMs,
              range.toMs,
            );
            const atMs = row?.at_ms;
            if (typeof atMs !== 'number') continue;
            newest.set(subject, Math.max(atMs, newest.get(subject) ?? atMs));
          }
        }
        return newest;
      }),
    writeAgencyConsumption: async (rows) =>
      db.write(() => {
        for (const row of rows) {
          const name = `${row.carrier}/${row.item}`;
          write({ measurement: 'agency_consumption', subject: row.agencyId, name }, row);
        }
      }),
    agencyConsumption: async ({ agencyIds, resolution, range, carrier, item }) =>
      db.read(() =>
        select<AgencyConsumption>(
          {
            measurement: 'agency_consumption',
            subjects: agencyIds,
            resolution,
            range,
            named: (name) => {
              const [carrierOf, itemOf] = name.split('/');
              return (carrier ?? carrierOf) === carrierOf && (item ?? itemOf) === itemOf;
            },
          },
          (agencyId, name, row) => {
            const [carrier, item] = name.split('/') as [Carrier, AccountItem];
            return { ...toAmount(row, resolution), agencyId, carrier, item };
          },
        ),
      ),
  };
}
