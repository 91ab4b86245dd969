/** One collector a spool: a lock that the operating system takes back when the process dies. */
import { DatabaseSync } from 'node:sqlite';
import { AppError, messageOf } from '../../domain/errors.ts';
import { isBusy } from './file.ts';

/** Holds an exclusive SQLite lock on a file of its own, so that others may still read the spool. */
export function lockSpool(path: string): () => void {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(`${path}.lock`);
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db?.close();
    if (!isBusy(cause)) {
      const message = `the lock ${path}.lock cannot be taken: ${messageOf(cause)}`;
      throw new AppError('spool.unavailable', message, { path }, { cause });
    }
    throw new AppError(
      'spool.locked',
      `${path} is in use by another collector; stop that one, or give this one a data folder of its own`,
      { path },
      { cause },
    );
  }
  return () => db?.close();
}
