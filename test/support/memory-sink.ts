/** A store in memory that behaves as told: away, denying, small, or particular about records. */
import type { CollectorRecord } from '../../collector/recorder.ts';
import { AppError } from '../../domain/errors.ts';
import type { ReadingSink } from '../../store/port.ts';
import { keyOf } from './records.ts';

export interface MemorySink extends ReadingSink {
  /** Thrown by every write while set. */
  trouble: AppError | undefined;
  /** Records it cannot store; as InfluxDB does, the others of the same write are stored. */
  refuses: (record: CollectorRecord) => boolean;
  maxRecords: number;
  /** A write waits for this. */
  hold: Promise<void>;
  readonly stored: ReadonlyMap<string, CollectorRecord>;
  /** Sizes of the writes, refused ones too. */
  readonly writes: readonly number[];
  /** Keys in the order of their first arrival. */
  readonly arrivals: readonly string[];
}

export function createMemorySink(): MemorySink {
  const stored = new Map<string, CollectorRecord>();
  const writes: number[] = [];
  const arrivals: string[] = [];

  async function write(records: readonly CollectorRecord[]): Promise<void> {
    writes.push(records.length);
    await sink.hold;
    if (sink.trouble) throw sink.trouble;
    if (records.length > sink.maxRecords) {
      throw new AppError('store.too-large', `${records.length} records are too many`);
    }
    const good = records.filter((record) => !sink.refuses(record));
    for (const record of good) {
      const key = keyOf(record);
      if (!stored.has(key)) arrivals.push(key);
      stored.set(key, record);
    }
    if (good.length < records.length) {
      throw new AppError('store.rejected', 'partial write: field type conflict');
    }
  }

  const sink: MemorySink = {
    trouble: undefined,
    refuses: () => false,
    maxRecords: Number.POSITIVE_INFINITY,
    hold: Promise.resolve(),
    stored,
    writes,
    arrivals,
    writeReadings: (all) => write(Array.from(all, (reading) => ({ kind: 'reading', reading }))),
    writeStatuses: (all) => write(Array.from(all, (status) => ({ kind: 'status', status }))),
    writeArrivals: async () => {},
    writeCollector: (all) => write(Array.from(all, (point) => ({ kind: 'collector', point }))),
  };
  return sink;
}
