/** A whole store into a backup and back, a file a measurement and month (UTC), whatever the engine. */
import { join } from 'node:path';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import { DAY_MS, type TimeRange } from '../../domain/period.ts';
import type { Archive } from '../../store/archive.ts';
import { keepDays, type Retention } from '../../store/retention.ts';
import { MEASUREMENTS, type MeasurementName, REPEATED } from '../../store/schema.ts';
import type { BackupFile, Manifest } from './manifest.ts';
import { readPoints, writePoints } from './points.ts';

type Progress = (done: number, total: number) => void;

const NAMES = (Object.keys(MEASUREMENTS) as MeasurementName[]).filter(
  (name) => !REPEATED.includes(name),
);

/** The months that touch a range, each cut to whole UTC months. */
function monthsIn({
  fromMs,
  toMs,
}: TimeRange): { readonly id: string; readonly range: TimeRange }[] {
  const first = new Date(fromMs);
  const months: { id: string; range: TimeRange }[] = [];
  for (let month = first.getUTCMonth(); ; month += 1) {
    const startMs = Date.UTC(first.getUTCFullYear(), month);
    if (startMs >= toMs) return months;
    const range = { fromMs: startMs, toMs: Date.UTC(first.getUTCFullYear(), month + 1) };
    months.push({ id: new Date(startMs).toISOString().slice(0, 7), range });
  }
}

export async function backUpStore(
  archive: Archive,
  folder: string,
  onProgress: Progress = () => {},
): Promise<BackupFile[]> {
  const parts: { measurement: MeasurementName; path: string; range: TimeRange }[] = [];
  for (const measurement of NAMES) {
    const span = await archive.span(measurement);
    if (span === undefined) continue;
    for (const { id, range } of monthsIn(span)) {
      parts.push({ measurement, path: `store/${measurement}-${id}.ndjson.gz`, range });
    }
  }
  const files: BackupFile[] = [];
  for (const [index, { path, ...part }] of parts.entries()) {
    const file = await writePoints(archive, { folder, path }, part);
    if (file) files.push(file);
    onProgress(index + 1, parts.length);
  }
  return files;
}

/** The measurements a store already has points of. */
export async function heldBy(archive: Archive): Promise<MeasurementName[]> {
  const held: MeasurementName[] = [];
  for (const name of NAMES) if (await archive.span(name)) held.push(name);
  return held;
}

export interface RestoreOptions {
  readonly retention?: Retention | undefined;
  readonly nowMs: number;
  readonly onProgress?: Progress;
}

export interface Restored {
  readonly rows: number;
  /** Older than their database is kept. */
  readonly expired: number;
}

/** A store refuses points by their content; whose content it is only we know. */
async function writeFrom(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isAppError(error, 'store.rejected')) throw error;
    const message = `${path} is not restored in full: ${messageOf(error)}`;
    throw new AppError('backup.invalid', message, { ...error.context, path }, { cause: error });
  }
}

export async function restoreStore(
  archive: Archive,
  { folder, files }: { readonly folder: string; readonly files: Manifest['files'] },
  { retention, nowMs, onProgress = () => {} }: RestoreOptions,
): Promise<Restored> {
  await archive.clearRepeated();
  const total = files.reduce((sum, { rows = 0 }) => sum + rows, 0);
  let [rows, expired] = [0, 0];
  for (const { path, measurement } of files) {
    if (measurement === undefined) continue;
    const days = keepDays(MEASUREMENTS[measurement].database, retention);
    const oldestMs = days === undefined ? 0 : nowMs - days * DAY_MS;
    for await (const points of readPoints(join(folder, path))) {
      const kept = points.filter(({ atMs }) => atMs >= oldestMs);
      await writeFrom(path, () => archive.write(measurement, kept));
      rows += kept.length;
      expired += points.length - kept.length;
      onProgress(rows + expired, total);
    }
  }
  return { rows, expired };
}
