/** What answers in InfluxDB's place: an overloaded proxy, a portal, an imitation, half an answer. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../store/index.ts';
import type { Store } from '../../store/port.ts';
import { ALL, CROWD, hourRow, MAIN, METERS, reading, T0 } from './store-fixtures.ts';

const row = reading(MAIN, T0, { volume: 1 });
let server: Server | undefined;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function storeBehind(answer: Answer, path = '', deadlineMs = 5000): Promise<Store> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `http://127.0.0.1:${port}${path}`;
  return openStore({ kind: 'influx', url, deadlineMs }, METERS);
}

function always(status: number, headers: Record<string, string> = {}, body = ''): Answer {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

describe('writes', () => {
  it('pass on how long an overloaded server wants to be left alone', async () => {
    const store = await storeBehind(always(503, { 'retry-after': '7' }, 'busy'));
    await expect(store.writeReadings([row])).rejects.toMatchObject({
      code: 'store.unavailable',
      context: { status: 503, reason: 'busy', retryAfterMs: 7000 },
    });
  });

  it.each([
    [413, 'store.too-large'],
    [429, 'store.unavailable'],
    [401, 'store.denied'],
    [200, 'store.denied'],
    [302, 'store.denied'],
  ])('answered by %i are %s', async (status, code) => {
    const store = await storeBehind(always(status, { location: '/login' }, '<html>'));
    await expect(store.writeReadings([row])).rejects.toMatchObject({ code });
  });

  it('carry database, precision, a path prefix and no invented login', async () => {
    const seen: string[] = [];
    const store = await storeBehind((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      if (request.url?.includes('/query')) response.end('{"results":[{"statement_id":0}]}');
      else response.writeHead(204).end();
    }, '/influx/');
    await store.writeReadings([row]);
    expect(await store.readings(MAIN, ALL, 1)).toEqual([]);
    expect(seen).toEqual([
      '/influx/write?db=jieyue&precision=ms undefined',
      '/influx/query undefined',
    ]);
  });

  it('are cut into requests of at most 5000 lines', async () => {
    const lines: number[] = [];
    const store = await storeBehind(async (request, response) => {
      const body = await request.setEncoding('utf8').toArray();
      lines.push(body.join('').trimEnd().split('\n').length);
      response.writeHead(204).end();
    });
    const rows = Array.from({ length: 10_001 }, (_, n) => reading(MAIN, T0 + n, { volume: n }));
    await store.writeReadings(rows);
    expect(lines).toEqual([5000, 5000, 1]);
  });
});

describe('queries', () => {
  it.each([
    ['an error page', always(502), 'store.unavailable'],
    ['a refusal', always(403, {}, '{"error":"forbidden"}'), 'store.denied'],
    ['a bad request', always(400, {}, '{"error":"error parsing query"}'), 'store.query'],
    ['a login page', always(200, {}, '<html>'), 'store.query'],
    ['something else', always(200, {}, '{"data":[]}'), 'store.query'],
    ['too few results', always(200, {}, '{"results":[]}'), 'store.query'],
    [
      'an error among results',
      always(200, {}, '{"results":[{"statement_id":0,"error":"query-timeout"}]}'),
      'store.query',
    ],
    [
      'an answer cut by a row limit',
      always(200, {}, '{"results":[{"series":[{"partial":true,"columns":[],"values":[]}]}]}'),
      'store.query',
    ],
    ['a cut connection', (request) => request.socket.destroy(), 'store.unavailable'],
  ] satisfies [string, Answer, string][])(
    '%s is an error, never an empty answer',
    async (...test) => {
      const [, answer, code] = test;
      const store = await storeBehind(answer);
      await expect(store.readings(MAIN, ALL, 1)).rejects.toMatchObject({ code });
      // Asked in several parts at a time.
      const rows = { meterIds: CROWD, resolution: 'hour', range: ALL } as const;
      await expect(store.meterConsumption(rows)).rejects.toMatchObject({ code });
      await expect(
        store.writeMeterConsumption([hourRow(MAIN, T0, { value: null })]),
      ).rejects.toMatchObject({ code });
    },
  );
});

describe('a connection kept for the next query', () => {
  it('may have been closed by the other side meanwhile', async () => {
    const used = new WeakSet<object>();
    const store = await storeBehind(({ socket }, response) => {
      if (used.has(socket)) socket.destroy();
      else response.end('{"results":[{"statement_id":0}]}');
      used.add(socket);
    });
    for (let n = 0; n < 3; n += 1) expect(await store.readings(MAIN, ALL, 1)).toEqual([]);
  });
});

describe('deadlines', () => {
  const half: Answer = (request, response) => {
    response.writeHead(200, { 'content-length': '999' }).write('{"results":[');
    setTimeout(() => request.socket.destroy(), 20);
  };
  it.each([
    ['silent', () => {}],
    ['cut off in the middle of its answer', half],
  ] satisfies [string, Answer][])('end the wait for a server that is %s', async (_, answer) => {
    const store = await storeBehind(answer, '', 300);
    await expect(store.readings(MAIN, ALL, 1)).rejects.toMatchObject({ code: 'store.unavailable' });
    await expect(store.writeReadings([row])).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

describe('health', () => {
  it('refuses what imitates the API, by its missing version header', async () => {
    const store = await storeBehind(always(204));
    expect(await store.health()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('neither InfluxDB nor openGemini'),
    });
    await expect(store.init()).rejects.toMatchObject({ code: 'store.denied' });
  });

  it.each([
    ['x-influxdb-version', '1.8.10', 'influxdb'],
    ['x-geminidb-version', '1.5.0', 'opengemini'],
  ])('knows an engine by %s', async (header, version, engine) => {
    const store = await storeBehind(always(204, { [header]: version }));
    expect(await store.health()).toEqual({ ok: true, engine, version });
  });

  it('says what is wrong with an address that is none', () => {
    expect(() => openStore({ kind: 'influx', url: 'influx:8086' }, METERS)).toThrow(
      "'influx:8086'",
    );
  });
});
