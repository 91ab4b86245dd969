/** Asking the collector that holds a spool: files beside it, since nobody else may write to it meanwhile. */
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError, messageOf } from '../../domain/errors.ts';

const requestSchema = z.strictObject({ requeue: z.array(z.int().positive()).or(z.literal('all')) });
const answerSchema = z.union([
  z.strictObject({ requeued: z.int().min(0) }),
  z.strictObject({ error: z.string() }),
]);

export interface RequestServerOptions {
  readonly path: string;
  /** Puts quarantined records back; all without `ids`. */
  requeue(ids?: readonly number[]): number;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly everyMs?: number;
}

export interface AskOptions {
  readonly path: string;
  /** All when absent. */
  readonly ids?: readonly number[];
  readonly timeoutMs?: number;
}

const REQUEST = '.request.json';
const ANSWER = '.answer.json';
const LOOK_MS = 100;

const folderOf = (path: string) => `${path}.requests`;

/** Whole or not at all, so that nobody reads half of it. */
function put(file: string, content: object): void {
  writeFileSync(`${file}.tmp`, JSON.stringify(content));
  renameSync(`${file}.tmp`, file);
}

function take(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return text;
  } catch {
    return undefined;
  }
}

/** Looks for requests now and then, and answers each. Returns the function that ends it. */
export function serveRequests(options: RequestServerOptions): () => void {
  const { path, requeue, logger, everyMs = 1000 } = options;
  const folder = folderOf(path);

  function answerTo(text: string): z.infer<typeof answerSchema> {
    try {
      const wanted = requestSchema.parse(JSON.parse(text)).requeue;
      const requeued = requeue(wanted === 'all' ? undefined : wanted);
      logger.info({ event: 'spool.requeued', path, records: requeued }, 'records wait again');
      return { requeued };
    } catch (thrown) {
      const error = messageOf(thrown);
      logger.warn({ event: 'spool.request-failed', path, reason: error }, 'a request failed');
      return { error };
    }
  }

  function look(): void {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(REQUEST)) continue;
      const text = take(join(folder, name));
      const answer = join(folder, name.replace(REQUEST, ANSWER));
      if (text !== undefined) put(answer, answerTo(text));
    }
  }

  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      // The answer finds no room, say: its sender hears that none came, and polling goes on.
      const reason = messageOf(error);
      logger.warn({ event: 'spool.request-failed', path, reason }, 'a request is not answered');
    }
  }, everyMs);
  return () => clearInterval(timer);
}

async function answerWithin(file: string, timeoutMs: number): Promise<string | undefined> {
  const deadlineMs = performance.now() + timeoutMs;
  while (performance.now() < deadlineMs) {
    const text = take(file);
    if (text !== undefined) return text;
    await delay(LOOK_MS);
  }
  return undefined;
}

/**
 * Has the collector that holds the spool put quarantined records back; returns how many.
 * @throws AppError `spool.locked` when it does not answer in time
 */
export async function askToRequeue(options: AskOptions): Promise<number> {
  const { path, ids, timeoutMs = 10_000 } = options;
  const name = join(folderOf(path), randomUUID());
  mkdirSync(folderOf(path), { recursive: true });
  put(name + REQUEST, { requeue: ids ?? 'all' });
  let text = await answerWithin(name + ANSWER, timeoutMs);
  // A request that cannot be withdrawn any more has been taken: its answer is on the way.
  if (text === undefined && take(name + REQUEST) === undefined)
    text = await answerWithin(name + ANSWER, timeoutMs);
  if (text !== undefined) return requeuedOf(text, path);
  const message = `${path} is in use by a process that does not answer in ${timeoutMs} ms; stop it and try again`;
  throw new AppError('spool.locked', message, { path });
}

function requeuedOf(text: string, path: string): number {
  const answer = answerSchema.parse(JSON.parse(text));
  if ('requeued' in answer) return answer.requeued;
  throw new AppError('spool.unavailable', `${path}: ${answer.error}`, { path });
}
