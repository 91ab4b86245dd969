/** The HTTP side of writing and of asking who answers: `/write` and `/ping` of the v1 API. */
import { AppError, messageOf } from '../../domain/errors.ts';
import { writeError } from './answers.ts';

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

/** `fetch` says only "fetch failed"; the cause says why. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? messageOf(error) : messageOf(cause) || messageOf(error);
}

/**
 * The lines as request bodies, encoded one by one: thousands of texts that live until the last of
 * them is there would cost the garbage collector more than all the rest of a write.
 */
function bodiesOf(lines: Iterable<string>, first: Buffer<ArrayBuffer>): Buffer<ArrayBuffer>[] {
  const bodies: Buffer<ArrayBuffer>[] = [];
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
  const headers: Record<string, string> =
    username === undefined ? {} : { authorization: `Basic ${credentials}` };

  /** Used again with every write: a request takes a copy of its body (Fetch standard, “extract a body”). */
  let scratch = Buffer.allocUnsafe(LEAST_BODY_BYTES);

  async function request(path: string, init: RequestInit, withinMs: number) {
    try {
      const signal = AbortSignal.timeout(withinMs);
      const response = await fetch(base + path, { ...init, headers, signal, redirect: 'manual' });
      return { response, body: await response.text() };
    } catch (cause) {
      const message = `InfluxDB at ${base} does not answer: ${networkReason(cause)}`;
      throw new AppError('store.unavailable', message, { url: base }, { cause });
    }
  }

  async function post(database: string, lines: Buffer<ArrayBuffer> | string): Promise<void> {
    const { response, body } = await request(
      `/write?${new URLSearchParams({ db: database, precision: 'ms' })}`,
      { method: 'POST', body: lines },
      deadlineMs,
    );
    // Every engine says 204; a bare 200 is a portal or proxy, and would acknowledge what nobody stored.
    if (response.status === 204) return;
    const retryAfter = response.headers.get('retry-after');
    throw writeError({ status: response.status, body, retryAfter, url: base, database });
  }

  return {
    write: async (database, lines) => {
      const bodies = bodiesOf(lines, scratch);
      const mostBytes = Math.max(...bodies.map(({ length }) => length));
      if (mostBytes > scratch.length) scratch = Buffer.allocUnsafe(Math.ceil(mostBytes * 1.25));
      for (const body of bodies) await post(database, body);
    },
    probe: (database) => post(database, ''),
    ping: async () => {
      const { response } = await request('/ping', { method: 'GET' }, PING_DEADLINE_MS);
      const gemini = response.headers.get('x-geminidb-version');
      if (gemini !== null) return { name: 'opengemini', version: gemini };
      const influx = response.headers.get('x-influxdb-version');
      if (influx !== null) return { name: 'influxdb', version: influx };
      if (response.status >= 500) {
        const message = `InfluxDB at ${base} answers ${response.status}`;
        throw new AppError('store.unavailable', message, { url: base, status: response.status });
      }
      // Others imitate the API and answer any query with nonsense; their ping lacks the header.
      throw new AppError(
        'store.denied',
        `what answers at ${base} is neither InfluxDB nor openGemini`,
        {
          url: base,
          expected: 'X-Influxdb-Version or X-Geminidb-Version on /ping',
          found: `status ${response.status} without either`,
        },
      );
    },
  };
}
