/** Runs InfluxQL through the package `influx`, with its traps disarmed and its errors in our words. */
import { InfluxDB } from 'influx';
import { z } from 'zod';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import type { InfluxAccess } from './transport.ts';

export interface Series {
  readonly tags: Readonly<Record<string, string>>;
  /** `time` first. */
  readonly columns: readonly string[];
  /** Positional: `time` in milliseconds first, then the columns in the order asked for. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface QueryClient {
  /** One result a statement. */
  run(database: string, statements: readonly string[]): Promise<Series[][]>;
  series(database: string, statement: string): Promise<Series[]>;
}

/**
 * Rows one series of an answer may have. InfluxDB 1.x marks longer ones `partial`, cut short or
 * not (it forgets to take the mark off when it joins its chunks of 10 000), so that only shorter
 * ones tell whether a row limit of the server (`max-row-limit`) has cut them.
 */
export const SERIES_ROWS = 10_000;
const QUERY_DEADLINE_MS = 30_000;

const answer = z.object({
  results: z.array(
    z.object({
      error: z.string().optional(),
      series: z
        .array(
          z.object({
            tags: z.record(z.string(), z.string()).default({}),
            columns: z.array(z.string()).default([]),
            values: z.custom<unknown[][]>(Array.isArray).default([]),
            partial: z.boolean().default(false),
          }),
        )
        .default([]),
    }),
  ),
});

/**
 * The package locks a host out for up to ten seconds after a failure and then answers "No host
 * available" in its name. No delay here: each query finds out for itself, callers do the waiting.
 */
const NO_LOCKOUT = { getDelay: () => 0, next: () => NO_LOCKOUT, reset: () => NO_LOCKOUT };

type Deadlined = InfluxAccess & { readonly deadlineMs: number };

function createClient({ url, username, password, deadlineMs }: Deadlined): InfluxDB {
  const { protocol, hostname, port, pathname } = new URL(url);
  const secure = protocol === 'https:';
  // Left undefined, the package would log in as root:root; only null makes it send nothing.
  const login =
    username === undefined ? { username: null } : { username, password: password ?? '' };
  return new InfluxDB({
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    protocol: secure ? 'https' : 'http',
    path: pathname.replace(/\/+$/, ''),
    pool: { requestTimeout: deadlineMs, maxRetries: 1, backoff: NO_LOCKOUT },
    ...(login as object),
  });
}

/** The package waits for ever when a connection is cut in the middle of an answer. */
async function within<T>(deadlineMs: number, start: (signal: AbortSignal) => Promise<T>) {
  const signal = AbortSignal.timeout(deadlineMs);
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([start(signal), expired]);
}

function queryError(error: unknown, url: string, query: string): AppError {
  if (isAppError(error)) return error;
  const status = z.object({ res: z.object({ statusCode: z.number() }) }).safeParse(error);
  const context = { url, query: query.slice(0, 500) };
  if (status.success) {
    const denied = [401, 403].includes(status.data.res.statusCode);
    const message = `InfluxDB at ${url} refused a query: ${messageOf(error)}`;
    return new AppError(denied ? 'store.denied' : 'store.query', message, context, {
      cause: error,
    });
  }
  const garbled = error instanceof SyntaxError || error instanceof z.ZodError;
  return garbled
    ? new AppError('store.query', `InfluxDB at ${url} sent no JSON answer`, context, {
        cause: error,
      })
    : new AppError(
        'store.unavailable',
        `InfluxDB at ${url} does not answer: ${messageOf(error)}`,
        context,
        { cause: error },
      );
}

export function createQueryClient(
  access: InfluxAccess,
  onQuery: (query: string) => void,
): QueryClient {
  const { url, deadlineMs = QUERY_DEADLINE_MS } = access;
  const client = createClient({ ...access, deadlineMs });

  async function run(database: string, statements: readonly string[]): Promise<Series[][]> {
    const query = statements.join('; ');
    statements.forEach(onQuery);
    try {
      const raw: unknown = await within(deadlineMs, (signal) =>
        client.queryRaw(query, { database, precision: 'ms', method: 'POST', signal }),
      );
      const { results } = answer.parse(raw);
      if (results.length !== statements.length && results.every(({ error }) => !error)) {
        const message = `InfluxDB at ${url} sent ${results.length} of ${statements.length} results`;
        throw new AppError('store.query', message, { url, database, query: query.slice(0, 500) });
      }
      return results.map(({ error, series }) => {
        const cut = series.some(({ partial }) => partial);
        const reason = cut ? `answer cut short (max-row-limit below ${SERIES_ROWS}?)` : error;
        if (reason === undefined)
          return series.map(({ tags, columns, values }) => ({ tags, columns, rows: values }));
        throw new AppError('store.query', `InfluxDB at ${url}: ${reason}`, {
          url,
          database,
          reason,
          query: query.slice(0, 500),
        });
      });
    } catch (error) {
      throw queryError(error, url, query);
    }
  }

  return { run, series: async (database, statement) => (await run(database, [statement])).flat() };
}
