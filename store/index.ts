/** The store backends: adding one is a file and a line here; the contract suite then covers it. */
import type { MeterLookup } from './checks.ts';
import { createInfluxStore, type InfluxOptions } from './influx.ts';
import type { Store } from './port.ts';
import { createSqliteStore, type SqliteOptions } from './sqlite.ts';

export type StoreOptions =
  | ({ readonly kind: 'sqlite' } & SqliteOptions)
  | ({ readonly kind: 'influx' } & InfluxOptions);

/**
 * Opens nothing but a file; call `init()` before use.
 * @param meters the registry, or a live view of it where it may be reloaded
 */
export function openStore(options: StoreOptions, meters: MeterLookup): Store {
  return options.kind === 'sqlite'
    ? createSqliteStore(options, meters)
    : createInfluxStore(options, meters);
}
