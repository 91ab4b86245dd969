/** What a record is about and when, and whether it may be kept: asked before it is accepted. */
import { AppError } from '../../domain/errors.ts';
import type { CollectorRecord } from '../recorder.ts';

export function atMsOf(record: CollectorRecord): number {
  switch (record.kind) {
    case 'reading':
      return record.reading.atMs;
    case 'status':
      return record.status.atMs;
    case 'collector':
      return record.point.atMs;
  }
}

/** The meter or bus a record is about. */
export function subjectOf(record: CollectorRecord): string {
  switch (record.kind) {
    case 'reading':
      return record.reading.meterId;
    case 'status':
      return record.status.meterId;
    case 'collector':
      return record.point.bus;
  }
}

function numbersOf(record: CollectorRecord): Readonly<Record<string, number | undefined>> {
  switch (record.kind) {
    case 'reading':
      return record.reading.values;
    case 'status':
      return {};
    case 'collector':
      return record.point.fields;
  }
}

function invalid(record: CollectorRecord, text: string, found: Record<string, unknown>): AppError {
  const subject = subjectOf(record);
  const context = { kind: record.kind, subject, ...found };
  return new AppError('value.invalid', `${subject}: ${text}`, context);
}

/** Refuses what JSON would turn into `null`. @throws AppError `value.invalid` */
export function assertRecordable(record: CollectorRecord): void {
  const atMs = atMsOf(record);
  if (!Number.isSafeInteger(atMs)) {
    throw invalid(record, 'the instant is not whole milliseconds', { found: String(atMs) });
  }
  const numbers = numbersOf(record);
  for (const name in numbers) {
    const value = numbers[name];
    if (value === undefined || Number.isFinite(value)) continue;
    throw invalid(record, `${name} is not a finite number`, { name, found: String(value) });
  }
}
