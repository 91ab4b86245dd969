/** One collector a spool: a lock that the operating system takes back when the process dies. */
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../domain/errors.ts';

/** Holds an exclusive SQLite lock on a file of its own, so that others may still read the spool. */
export function lockSpool(path: string): () => void {
  const db = new DatabaseSync(`${path}.lock`);
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new AppError(
      'spool.locked',
      `${path} is in use by another collector; stop that one, or give this one a data folder of its own`,
      { path },
      { cause },
    );
  }
  return () => db.close();
}
