/** Blocks that devices refused as a whole: kept on disk, so that a restart does not ask for them again. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { messageOf } from '../domain/errors.ts';
import type { ReadBlock } from './codec/plan.ts';

/** What is refused, on which bus, by devices of which profile. */
export interface RefusalKey {
  readonly connection: string;
  readonly profile: string;
  readonly block: Pick<ReadBlock, 'functionCode' | 'address' | 'count'>;
}

export interface Refusals {
  has(key: RefusalKey): boolean;
  add(key: RefusalKey): void;
}

const fileSchema = z.array(z.string());

function nameOf({ connection, profile, block }: RefusalKey): string {
  return `${connection} ${profile} ${block.functionCode}/${block.address}/${block.count}`;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Without a file they are remembered as long as the process lives. A damaged file is started anew. */
export function openRefusals(path?: string, logger?: Logger): Refusals {
  const known = new Set(path === undefined ? [] : load(path));

  function load(file: string): string[] {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      if (!isAbsent(error)) complain(file, error);
      return [];
    }
  }

  function complain(file: string, error: unknown): void {
    const facts = { event: 'refusals.unusable', file, reason: messageOf(error) };
    logger?.warn(facts, 'what devices refuse cannot be kept; they are asked again');
  }

  /** Rare and small: a new file takes the old one's place whole. */
  function save(file: string): void {
    try {
      writeFileSync(`${file}.new`, JSON.stringify([...known].sort(), null, 2));
      renameSync(`${file}.new`, file);
    } catch (error) {
      complain(file, error);
    }
  }

  return {
    has: (key) => known.has(nameOf(key)),
    add(key) {
      known.add(nameOf(key));
      if (path !== undefined) save(path);
    },
  };
}
