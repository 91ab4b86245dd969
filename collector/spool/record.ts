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

/** Refuses what JSON would turn into `null`. @throws AppError `value.invalid` */
export function assertRecordable(record: CollectorRecord): void {
  const context = { kind: record.kind, subject: subjectOf(record) };
  if (!Number.isSafeInteger(atMsOf(record))) {
    throw new AppError(
      'value.invalid',
      `${context.subject}: the instant is not whole milliseconds`,
      {
        ...context,
        found: String(atMsOf(record)),
      },
    );
  }
  for (const [name, value] of Object.entries(numbersOf(record))) {
    if (value === undefined || Number.isFinite(value)) continue;
    throw new AppError('value.invalid', `${context.subject}: ${name} is not a finite number`, {
      ...context,
      name,
      found: String(value),
    });
  }
}
