/** The spool of this data folder, for commands that run beside a collector or without one. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openSpool, type Spool } from '../collector/spool.ts';
import { isAppError } from '../domain/errors.ts';
import { readConfig } from './config.ts';

export const spoolPath = () => join(readConfig().dataFolder, 'spool.db');

/** Nothing while a collector holds it. */
export function openUnlessHeld(path: string, logger?: Logger): Spool | undefined {
  try {
    return openSpool({ path, ...(logger ? { logger } : {}) });
  } catch (error) {
    if (isAppError(error, 'spool.locked')) return undefined;
    throw error;
  }
}
