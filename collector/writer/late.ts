/** Tells the store which stretches arrived late, so that what was computed of them is computed again. */
import type { TimeRange } from '../../domain/period.ts';
import type { Reading } from '../../domain/reading.ts';
import type { ReadingSink } from '../../store/port.ts';

/** As long as rows of the newest hour are computed again anyway. */
const LATE_MS = 15 * 60_000;

/** Notes the late ones as they pass. */
function* noting(readings: Iterable<Reading>, beforeMs: number, late: Map<string, TimeRange>) {
  for (const reading of readings) {
    const { meterId, atMs } = reading;
    if (atMs < beforeMs) {
      const { fromMs, toMs } = late.get(meterId) ?? { fromMs: atMs, toMs: atMs + 1 };
      late.set(meterId, { fromMs: Math.min(fromMs, atMs), toMs: Math.max(toMs, atMs + 1) });
    }
    yield reading;
  }
}

/**
 * The same sink, which also writes one arrival a meter for what is late in a batch. It is part of
 * the write: a batch counts as stored when its arrivals are, and a repeated one tells them again.
 */
export function tellingArrivals(sink: ReadingSink, now: () => number = Date.now): ReadingSink {
  return {
    ...sink,
    writeReadings: async (readings) => {
      const late = new Map<string, TimeRange>();
      const beforeMs = now() - LATE_MS;
      await sink.writeReadings({ [Symbol.iterator]: () => noting(readings, beforeMs, late) });
      if (late.size === 0) return;
      const arrivedAtMs = now();
      const arrivals = Array.from(late, ([meterId, range]) => ({ meterId, arrivedAtMs, ...range }));
      await sink.writeArrivals(arrivals);
    },
  };
}
