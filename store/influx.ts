/** The production store: anything that answers the v1 HTTP API of InfluxDB, one machine or a cluster. */
import { AppError, isAppError, messageOf } from '../domain/errors.ts';
import type { MeterLookup } from './checks.ts';
import { createAmountQueries } from './influx/amounts.ts';
import { createArchive } from './influx/archive.ts';
import { createArrivalQueries } from './influx/arrivals.ts';
import { createColumnQueries } from './influx/columns.ts';
import { createConnection } from './influx/connection.ts';
import { createFindingQueries } from './influx/findings.ts';
import { alterRetention, createDatabase } from './influx/influxql.ts';
import { createNightQueries } from './influx/nights.ts';
import { createOutdoorQueries } from './influx/outdoor.ts';
import { createQueryClient } from './influx/query.ts';
import { createReadingQueries } from './influx/readings.ts';
import { createRestatementQueries } from './influx/restatements.ts';
import { createResultQueries } from './influx/results.ts';
import { createTransport, type InfluxAccess } from './influx/transport.ts';
import type { Store } from './port.ts';
import { DATABASES, type DatabaseName, keepDays, type Retention } from './retention.ts';
import { createRowMethods } from './rows.ts';
import { READING_DATABASE } from './schema.ts';

export interface InfluxOptions extends InfluxAccess {
  readonly retention?: Retention | undefined;
  /** Sees every statement before it is sent. */
  readonly onQuery?: (query: string) => void;
}

/** @throws AppError `config.invalid` when the address is none. */
export function createInfluxStore(options: InfluxOptions, meters: MeterLookup): Store {
  if (!/^https?:$/.test(URL.parse(options.url)?.protocol ?? '')) {
    const message = `store address '${options.url}' is not an http:// or https:// URL`;
    throw new AppError('config.invalid', message, { url: options.url });
  }
  const { retention } = options;
  const transport = createTransport(options);
  const client = createQueryClient(options, options.onQuery ?? (() => {}));
  const db = createConnection(transport, client);
  const amounts = createAmountQueries(db, meters);
  const restatements = createRestatementQueries(db);

  /**
   * Creation is refused where buckets or users are managed elsewhere, or the policy was chosen by
   * hand; what matters is that the database is there. A user without rights on one of the two
   * (403) is what a collector or a dashboard should be.
   */
  async function ensureDatabase(database: DatabaseName): Promise<void> {
    try {
      await client.run(database, [createDatabase(database, keepDays(database, retention))]);
    } catch (refusal) {
      if (isAppError(refusal, 'store.unavailable')) throw refusal;
      await transport.probe(database).catch((missing: unknown) => {
        const status = isAppError(missing) ? missing.context.status : undefined;
        if (status === 403 || status === 400) return;
        const message = `${messageOf(missing)}; creating it was refused too: ${messageOf(refusal)}`;
        throw new AppError('store.denied', message, { url: options.url, database });
      });
    }
  }

  /** A database that is there keeps its policy unless the configuration names another. */
  async function keepAsAsked(database: DatabaseName): Promise<void> {
    const asked = database === READING_DATABASE ? retention?.readingDays : retention?.rollupDays;
    if (asked === undefined) return;
    for (const statement of alterRetention(database, asked)) {
      try {
        await client.run(database, [statement]);
        return;
      } catch (refusal) {
        // Those without the right to, and engines that know buckets only, are set up by hand.
        if (isAppError(refusal, 'store.unavailable')) throw refusal;
      }
    }
  }

  return {
    kind: 'influx',
    init: async () => {
      await transport.ping();
      for (const database of DATABASES) {
        await ensureDatabase(database);
        await keepAsAsked(database);
      }
    },
    health: async () => {
      try {
        const { name, version } = await transport.ping();
        return { ok: true, engine: name, version };
      } catch (error) {
        return { ok: false, engine: 'unknown', version: '', detail: messageOf(error) };
      }
    },
    ...createReadingQueries(db, meters),
    ...createColumnQueries(db),
    ...createArrivalQueries(db, meters),
    lastMeterConsumption: amounts.lastMeterConsumption,
    ...createRowMethods(amounts, restatements, meters),
    ...restatements,
    ...createNightQueries(db, meters),
    ...createOutdoorQueries(db),
    ...createFindingQueries(db),
    ...createResultQueries(db),
    archive: createArchive(db, meters),
    close: async () => {},
  };
}
