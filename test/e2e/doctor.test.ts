/** `jieyue doctor` and `jieyue spool` as their users call them: what is wrong is named, and nothing is touched by looking. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpool } from '../../collector/spool.ts';
import { openStore } from '../../store/index.ts';
import { reading, T0_MS } from '../support/records.ts';
import { demoRegistry } from '../support/registry.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const METER = 'baiyan-center-w';

let data = '';
beforeEach(async () => {
  data = join(await mkdtemp(join(tmpdir(), 'jieyue-doctor-')), 'data');
  mkdirSync(data);
});
afterEach(() => rm(join(data, '..'), { recursive: true, force: true }));

function jieyue(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...process.env, JIEYUE_DATA: data, JIEYUE_PORT: '0', ...env } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

interface Report {
  readonly level: string;
  readonly findings: readonly { check: string; level: string; text: string; advice?: string }[];
}

async function doctor(env: NodeJS.ProcessEnv = {}) {
  const { code, out } = await jieyue(['doctor', '--json'], env);
  const report: Report = JSON.parse(out);
  return {
    code,
    report,
    of: (check: string) => report.findings.find((one) => one.check === check),
  };
}

/** A store that answers pings with a clock of its own, and lets nobody write. */
async function startImpostor(offsetMs: number) {
  const server = createServer((request, response) => {
    response.sendDate = false;
    response.setHeader('date', new Date(Date.now() + offsetMs).toUTCString());
    response.setHeader('x-influxdb-version', '1.8.10');
    const isWrite = request.url?.startsWith('/write');
    response.writeHead(isWrite ? 403 : 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe('jieyue doctor', () => {
  it('finds nothing that fails on the demo region', async () => {
    const { code, report, of } = await doctor();
    expect(code).toBe(0);
    expect(report.level).toBe('warn');
    for (const check of ['settings', 'registry', 'disk', 'spool', 'store', 'clock', 'port api']) {
      expect(of(check), check).toMatchObject({ level: 'ok' });
    }
    expect(of('opcua opcua-automation')).toMatchObject({ level: 'warn' });
    const { out } = await jieyue(['doctor']);
    expect(out).toMatch(/^ok {4}settings/);
  });

  it('names a store that denies us and a clock that is off', async () => {
    const impostor = await startImpostor(3_600_000);
    const env = { JIEYUE_STORE: 'influx', JIEYUE_INFLUX_URL: impostor.url };
    const { code, of } = await doctor(env);
    impostor.close();
    expect(code).toBe(1);
    expect(of('rights')).toMatchObject({ level: 'fail', text: expect.stringContaining('403') });
    expect(of('clock')).toMatchObject({ level: 'fail', text: expect.stringMatching(/^3[56]\d\d/) });
  });

  it('accepts a store clock that agrees (control)', async () => {
    const impostor = await startImpostor(0);
    const env = { JIEYUE_STORE: 'influx', JIEYUE_INFLUX_URL: impostor.url };
    const { of } = await doctor(env);
    impostor.close();
    expect(of('clock')).toMatchObject({ level: 'ok' });
  });

  it('names faults of the registry, a folder that is not there, and settings that are wrong', async () => {
    await writeFile(join(data, 'broken.yaml'), 'meters: [{ id: X }]');
    const broken = await doctor({ JIEYUE_REGISTRY: data });
    expect(broken.of('registry')).toMatchObject({
      level: 'fail',
      text: expect.stringMatching(/broken\.yaml:1/),
    });
    const gone = await doctor({ JIEYUE_REGISTRY: join(data, 'gone') });
    expect(gone.of('registry')).toMatchObject({ level: 'fail' });
    const wrong = await doctor({ JIEYUE_STORE: 'paper' });
    expect(wrong.code).toBe(1);
    expect(wrong.of('settings')?.text).toContain('JIEYUE_STORE');
  });

  it('names a port that is taken', async () => {
    const server = createTcpServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { of } = await doctor({ JIEYUE_METRICS_PORT: String(port) });
    server.close();
    expect(of('port metrics')).toMatchObject({ level: 'warn', text: `127.0.0.1:${port} is taken` });
  });
});

describe('jieyue spool', () => {
  async function fill() {
    const spool = openSpool({ path: join(data, 'spool.db') });
    for (let index = 0; index < 300; index += 1) spool.record(reading(index, METER));
    spool.quarantine([reading(1000, METER), reading(1001, METER)], 'field type conflict');
    await spool.flush();
    return spool;
  }

  it('looks at a spool that a collector holds, and does not change it', async () => {
    const spool = await fill();
    const { out } = await jieyue(['spool', 'inspect', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      records: 300,
      oldestMs: T0_MS,
      newestMs: T0_MS + 299,
      quarantined: 2,
      quarantineReasons: [{ reason: 'field type conflict', records: 2 }],
    });
    expect((await jieyue(['spool', 'quarantine', 'list'])).out).toContain('field type conflict');
    const { code, out: told } = await jieyue(['spool', 'drain', '--seconds', '1']);
    expect(code).toBe(1);
    expect(told).toContain('0 of 300 records settled by the collector that runs');
    spool.record(reading(5000, METER));
    await spool.flush();
    expect(spool.figures()).toMatchObject({ records: 301, quarantined: 2 });
    await spool.close();
  });

  it('requeues what was refused and drains everything into the store', async () => {
    await (await fill()).close();
    const listed = await jieyue(['spool', 'quarantine', 'list', '--json']);
    const [first] = JSON.parse(listed.out);
    expect((await jieyue(['spool', 'quarantine', 'requeue', String(first.id)])).out).toMatch(/^1 /);
    expect((await jieyue(['spool', 'quarantine', 'requeue', 'x'])).err).toContain("found 'x'");
    expect((await jieyue(['spool', 'quarantine', 'requeue'])).out).toMatch(/^1 /);
    const drained = await jieyue(['spool', 'drain', '--seconds', '60']);
    expect(drained).toMatchObject({ code: 0 });
    expect(drained.out).toContain('302 of 302 records settled, 0 of them quarantined');
    const registry = await demoRegistry();
    const store = openStore({ kind: 'sqlite', path: join(data, 'store.db') }, registry);
    const range = { fromMs: T0_MS, toMs: T0_MS + 10_000 };
    expect(await store.readings(METER, range, 1000)).toHaveLength(302);
    await store.close();
  });

  it('says so when there is none', async () => {
    const { code, err } = await jieyue(['spool', 'inspect']);
    expect(code).toBe(1);
    expect(err).toContain('there is no such file');
  });
});
