/** Collector records for tests: every one distinct and told apart by meter and instant. */
import type { CollectorRecord } from '../../collector/recorder.ts';

export const T0_MS = Date.UTC(2026, 0, 5);

export function reading(index: number, meterId = `m${index % 7}`): CollectorRecord {
  return {
    kind: 'reading',
    reading: {
      meterId,
      atMs: T0_MS + index,
      quality: 0,
      values: { activeEnergyImport: index / 8 },
    },
  };
}

export function status(index: number, meterId = `m${index % 7}`): CollectorRecord {
  return { kind: 'status', status: { meterId, atMs: T0_MS + index, state: 'ok', ageMs: 0 } };
}

export function point(index: number): CollectorRecord {
  return {
    kind: 'collector',
    point: { atMs: T0_MS + index, bus: '_all', fields: { polls: index } },
  };
}

export function readings(count: number, from = 0): CollectorRecord[] {
  return Array.from({ length: count }, (_, index) => reading(from + index));
}

/** Names a record: kind, subject and instant, which is what a store overwrites by. */
export function keyOf(record: CollectorRecord): string {
  switch (record.kind) {
    case 'reading':
      return `reading ${record.reading.meterId} ${record.reading.atMs}`;
    case 'status':
      return `status ${record.status.meterId} ${record.status.atMs}`;
    case 'collector':
      return `collector ${record.point.bus} ${record.point.atMs}`;
  }
}
