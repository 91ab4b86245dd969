/** Where certificates of the collector live. */
import { join } from 'node:path';
import type { Config } from './config.ts';

export function collectorPki({ dataFolder }: Pick<Config, 'dataFolder'>): string {
  return join(dataFolder, 'pki', 'collector');
}
