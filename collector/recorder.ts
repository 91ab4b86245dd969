/** Where accepted readings and statuses go: on disk before they count. */
import type { MeterStatus, Reading } from '../domain/reading.ts';
import type { CollectorPoint } from '../store/schema.ts';

export type CollectorRecord =
  | { readonly kind: 'reading'; readonly reading: Reading }
  | { readonly kind: 'status'; readonly status: MeterStatus }
  | { readonly kind: 'collector'; readonly point: CollectorPoint };

export interface Recorder {
  /** Accepts a record; it is durable once the promise of a later `flush()` resolves. */
  record(record: CollectorRecord): void;
  /** Resolves when everything recorded so far is on stable storage. */
  flush(): Promise<void>;
}
