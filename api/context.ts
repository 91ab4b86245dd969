/** What every answer of the api is computed from; handed in, so that tests choose clock and store. */
import type { Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';
import type { RecomputeProgress } from './consumption/queue.ts';
import type { Ledger } from './ledger/ledger.ts';

export interface ApiContext {
  readonly registry: Registry;
  readonly store: Store;
  readonly ledger: Ledger;
  /** How far rows are, where this process keeps them up to date. */
  readonly rows?: () => RecomputeProgress;
  /** UTC milliseconds. */
  readonly now: () => number;
}
