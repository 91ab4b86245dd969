/** F19: a real disk that is full, again and again: what was recorded meanwhile, and how soon it is on disk. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSpool } from '../../../collector/spool.ts';
import { isAppError } from '../../../domain/errors.ts';
import { keyOf, reading } from '../../support/records.ts';

export interface DiskFullResult {
  readonly recorded: number;
  readonly lost: number;
  /** Rounds in which the disk did refuse. */
  readonly refused: number;
  /** Longest time from room on the disk to the last record on it. */
  readonly slowestMs: number;
}

const DISK_BYTES = 16 * 1024 ** 2;
/** Room for the schema and a few groups. */
const ROOM_BYTES = 300_000;
const RECORDS_A_ROUND = 20_000;
const DEADLINE_MS = 20_000;

export interface DiskFullOptions {
  readonly folder: string;
  readonly rounds: number;
  /** Control: room in memory for so few records that those the disk refuses are dropped. */
  readonly maxPending?: number;
}

/** @throws Error where this user may not mount a tmpfs. */
export async function fillDisk(options: DiskFullOptions): Promise<DiskFullResult> {
  const { folder, ...how } = options;
  const disk = join(folder, 'disk');
  mkdirSync(disk, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk]);
  try {
    return await fillMounted(disk, how);
  } finally {
    execFileSync('umount', [disk]);
  }
}

/** One spool on what little room is left: refused, given room, and then all of it on disk. */
async function fillOnce(disk: string, round: number, limits: { readonly maxPending?: number }) {
  const path = join(disk, `spool-${round}.db`);
  const spool = openSpool({ path, retryMs: 200, ...limits });
  const ballast = join(disk, 'ballast');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - ROOM_BYTES)));
  const first = round * RECORDS_A_ROUND;
  for (let n = 0; n < RECORDS_A_ROUND; n += 1) spool.record(reading(first + n));
  let isRefused = false;
  await spool.flush().catch((error: unknown) => {
    if (!isAppError(error, 'spool.unavailable')) throw error;
    isRefused = true;
  });
  rmSync(ballast);
  const freeMs = performance.now();
  while (spool.figures().pending > 0 && performance.now() - freeMs < DEADLINE_MS) await delay(20);
  const tookMs = performance.now() - freeMs;
  await spool.close();
  // Opened anew: what counts is on the disk.
  const again = openSpool({ path });
  const batches = again.batches({ maxRecords: 10 * RECORDS_A_ROUND });
  const there = new Set(batches.flatMap(({ records }) => records.map(keyOf)));
  await again.close();
  for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(`${path}${suffix}`, { force: true });
  return { lost: RECORDS_A_ROUND - there.size, isRefused, tookMs };
}

async function fillMounted(
  disk: string,
  { rounds, ...limits }: Omit<DiskFullOptions, 'folder'>,
): Promise<DiskFullResult> {
  const result = { recorded: rounds * RECORDS_A_ROUND, lost: 0, refused: 0, slowestMs: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { lost, isRefused, tookMs } = await fillOnce(disk, round, limits);
    result.lost += lost;
    result.refused += isRefused ? 1 : 0;
    result.slowestMs = Math.max(result.slowestMs, tookMs);
  }
  return result;
}
