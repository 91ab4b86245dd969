/** What every answer of the api is computed from; handed in, so that tests choose clock and store. */
import type { Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';

export interface ApiContext {
  readonly registry: Registry;
  readonly store: Store;
  /** UTC milliseconds. */
  readonly now: () => number;
}
