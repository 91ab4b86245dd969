/** The HTTP side of writing and of asking who answers: `/write` and `/ping` of the v1 API. */
import { AppError, messageOf } from '../../domain/errors.ts';
import { writeError } from './answers.ts';
import { type HttpAnswer, type HttpRequest, send } from './http.ts';

export interface InfluxAccess {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** How long a request may take; by default 10 s for a write, 30 s for a query. */
  readonly deadlineMs?: number;
}

interface Engine {
  readonly name: 'influxdb' | 'opengemini';
  readonly version: string;
}

export interface Transport {
  /** Resolves when the server has stored all lines. */
  write(database: string, lines: Iterable<string>): Promise<void>;
  /** An empty write: tells whether a database is there without leaving a trace. */
  probe(database: string): Promise<void>;
  /** @throws AppError `store.denied` when what answers is no engine we know. */
  ping(): Promise<Engine>;
}

const WRITE_DEADLINE_MS = 10_000;
const PING_DEADLINE_MS = 5_000;
/** Measured optimum of InfluxDB: larger requests gain little and hold memory. */
const LINES_PER_REQUEST = 5_000;
const LEAST_BODY_BYTES = 65_536;
const NEWLINE = 10;

/** An abort says only that it was one; its cause says why. Several addresses that fail have a code only. */
function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  if (error.cause !== undefined) return messageOf(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/**
 * The lines as request bodies, encoded one by one: thousands of texts that live until the last of
 * them is there would cost the garbage collector more than all the rest of a write.
 */
function bodiesOf(lines: Iterable<string>, first: Buffer): Buffer[] {
  const bodies: Buffer[] = [];
  let body = first;
  let [length, count] = [0, 0];
  for (const line of lines) {
    const mostBytes = line.length * 3 + 1;
    if (length + mostBytes > body.length) {
      body = Buffer.concat([body], Math.max(body.length * 2, length + mostBytes));
    }
    length += body.write(line, length);
    body[length] = NEWLINE;
    length += 1;
    count += 1;
    if (count % LINES_PER_REQUEST > 0) continue;
    bodies.push(body.subarray(0, length));
    body = Buffer.allocUnsafe(body.length);
    length = 0;
  }
  return length > 0 ? [...bodies, body.subarray(0, length)] : bodies;
}

export function createTransport(access: InfluxAccess): Transport {
  const { url, username, password, deadlineMs = WRITE_DEADLINE_MS } = access;
  const base = url.replace(/\/+$/, '');
  const credentials = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  const headers: Readonly<Record<string, string>> =
    username === undefined ? {} : { authorization: `Basic ${credentials}` };

  /** Used again with every write, by one at a time. */
  let spare: Buffer | undefined;

  async function request(
    path: string,
    options: Pick<HttpRequest, 'method' | 'content' | 'deadlineMs'>,
  ): Promise<HttpAnswer> {
    try {
      return await send(base + path, { ...options, headers });
    } catch (cause) {
      const message = `InfluxDB at ${base} does not answer: ${networkReason(cause)}`;
      throw new AppError('store.unavailable', message, { url: base }, { cause });
    }
  }

  async function post(database: string, content: Buffer | string): Promise<void> {
    const path = `/write?${new URLSearchParams({ db: database, precision: 'ms' })}`;
    const { status, headers, body } = await request(path, { method: 'POST', content, deadlineMs });
    // Every engine says 204; a bare 200 is a portal or proxy, and would acknowledge what nobody stored.
    if (status === 204) return;
    const retryAfter = headers['retry-after'] ?? null;
    throw writeError({ status, body, retryAfter, url: base, database });
  }

  return {
    write: async (database, lines) => {
      const first = spare ?? Buffer.allocUnsafe(LEAST_BODY_BYTES);
      spare = undefined;
      const bodies = bodiesOf(lines, first);
      try {
        for (const body of bodies) await post(database, body);
      } finally {
        const mostBytes = Math.max(0, ...bodies.map(({ length }) => length));
        spare = mostBytes > first.length ? Buffer.allocUnsafe(Math.ceil(mostBytes * 1.25)) : first;
      }
    },
    probe: (database) => post(database, ''),
    ping: async () => {
      const options = { method: 'GET', deadlineMs: PING_DEADLINE_MS } as const;
      const { status, headers } = await request('/ping', options);
      const gemini = headers['x-geminidb-version'];
      if (gemini !== undefined) return { name: 'opengemini', version: String(gemini) };
      const influx = headers['x-influxdb-version'];
      if (influx !== undefined) return { name: 'influxdb', version: String(influx) };
      if (status >= 500) {
        const message = `InfluxDB at ${base} answers ${status}`;
        throw new AppError('store.unavailable', message, { url: base, status });
      }
      // Others imitate the API and answer any query with nonsense; their ping lacks the header.
      throw new AppError(
        'store.denied',
        `what answers at ${base} is neither InfluxDB nor openGemini`,
        {
          url: base,
          expected: 'X-Influxdb-Version or X-Geminidb-Version on /ping',
          found: `status ${status} without either`,
        },
      );
    },
  };
}
