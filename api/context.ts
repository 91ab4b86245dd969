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
  /** What is wrong with the registry's files as they are now, while the one before stays in force. */
  readonly registryFaults?: () => readonly string[];
  /**
   * Where a round over all agencies keeps what several of them ask for. Answers of a moment: it is
   * made for the round and forgotten with it.
   */
  readonly round?: Map<string, unknown>;
  /** UTC milliseconds. */
  readonly now: () => number;
}
