/** The list of what a backup consists of; written last, so that a folder without it is incomplete. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { MEASUREMENTS, type MeasurementName } from '../../store/schema.ts';
import { factsOf } from './files.ts';

const FILE = 'manifest.json';
const FORMAT = 1;

const file = z.object({
  path: z.string().regex(/^(?!.*\.\.)[^/\\][^\\]*$/, 'a path below the folder'),
  bytes: z.number().int(),
  sha256: z.string().length(64),
  /** Points of a measurement; other files are copied as they are. */
  measurement: z.enum(Object.keys(MEASUREMENTS) as [MeasurementName]).optional(),
  rows: z.number().int().optional(),
});
const manifest = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  engine: z.string(),
  files: z.array(file),
});

export type BackupFile = z.infer<typeof file>;
export type Manifest = z.infer<typeof manifest>;

export async function writeManifest(
  folder: string,
  content: Omit<Manifest, 'format'>,
): Promise<void> {
  const path = join(folder, FILE);
  const text = JSON.stringify({ format: FORMAT, ...content }, null, 1);
  await writeFile(`${path}.part`, `${text}\n`, { flush: true });
  await rename(`${path}.part`, path);
}

function invalid(folder: string, faults: readonly string[]): AppError {
  const message = `backup ${folder} has ${faults.length} fault(s):\n  ${faults.join('\n  ')}`;
  return new AppError('backup.invalid', message, { folder, faults });
}

async function faultOf(folder: string, expected: BackupFile): Promise<string | undefined> {
  const found = await factsOf(join(folder, expected.path)).catch(() => undefined);
  if (found === undefined) return `${expected.path}: missing`;
  if (found.bytes !== expected.bytes) {
    return `${expected.path}: expected ${expected.bytes} bytes, found ${found.bytes}`;
  }
  if (found.sha256 !== expected.sha256) {
    return `${expected.path}: damaged, expected SHA-256 ${expected.sha256}, found ${found.sha256}`;
  }
  return undefined;
}

/**
 * The manifest of a backup of which every file is there and whole.
 * @throws AppError `backup.invalid` that lists every file at fault.
 */
export async function checkBackup(
  folder: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Manifest> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) throw invalid(folder, [`${FILE}: missing, the backup is incomplete`]);
  let parsed: ReturnType<typeof manifest.safeParse>;
  try {
    parsed = manifest.safeParse(JSON.parse(text));
  } catch {
    throw invalid(folder, [`${FILE}: is no JSON`]);
  }
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${FILE}: ${path.join('.')}: ${message}`,
    );
    throw invalid(folder, faults);
  }
  const { files } = parsed.data;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const faults: string[] = [];
  let done = 0;
  for (const expected of files) {
    const fault = await faultOf(folder, expected);
    if (fault !== undefined) faults.push(fault);
    done += expected.bytes;
    onProgress(done, total);
  }
  if (faults.length > 0) throw invalid(folder, faults);
  return parsed.data;
}
