/** The OPC UA worker against a real server: what becomes a reading, what must not, and how it comes back. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatusCodes } from 'node-opcua-client';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createOpcuaSource } from '../../../../collector/opcua/source.ts';
import { decideCertificate, listCertificates } from '../../../../collector/opcua/trust.ts';
import { opcuaBuildingAutomation } from '../../../../collector/profiles/opcua-building-automation.ts';
import type { MeterSource, PollOutcome } from '../../../../collector/source.ts';
import { QUALITY } from '../../../../domain/quality.ts';
import type { Meter } from '../../../../registry/schema.ts';
import {
  type AutomationServer,
  type AutomationServerOptions,
  startAutomationServer,
} from './automation-server.ts';
import { type FreezingProxy, startProxy } from './freezing-proxy.ts';

const HEAT = ['Heat.HeatEnergy', 'Heat.HeatPower', 'Heat.SupplyTemperature'];
const PERIOD_MS = 200;

const opened: {
  servers: AutomationServer[];
  proxies: FreezingProxy[];
  source?: MeterSource;
  folders: string[];
} = {
  servers: [],
  proxies: [],
  folders: [],
};
afterEach(async () => {
  await opened.source?.stop();
  await Promise.all(opened.proxies.splice(0).map((proxy) => proxy.close()));
  await Promise.all(opened.servers.splice(0).map((server) => server.close()));
  await Promise.all(
    opened.folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })),
  );
});

async function serve(options: Partial<AutomationServerOptions> = {}): Promise<AutomationServer> {
  const server = await startAutomationServer({ nodes: HEAT, ...options });
  opened.servers.push(server);
  for (const node of HEAT) server.set(node, options.integers?.includes(node) ? [0, 1] : 1);
  return server;
}

function meterOf(id: string, node: string): Meter {
  return {
    id,
    name: { zh: id, en: id },
    building: 'b',
    connection: 'automation',
    node,
    profile: opcuaBuildingAutomation.id,
    carrier: 'heat',
    level: 1,
    multiplier: [],
    replacements: [],
    pollSeconds: PERIOD_MS / 1000,
    maxPerHour: 1,
  };
}

async function collect(
  endpoint: string,
  more: {
    insecure?: boolean;
    pkiFolder?: string;
    nodes?: Record<string, string>;
    login?: { user: string; passwordFile: string };
    pollSeconds?: number;
    groups?: Record<string, number>;
  } = {},
) {
  const outcomes: PollOutcome[] = [];
  const times: number[] = [];
  const told: { readonly event: string; readonly status?: string }[] = [];
  const source = createOpcuaSource({
    connection: {
      id: 'automation',
      kind: 'opcua',
      endpoint,
      insecure: more.insecure ?? true,
      ...more.login,
      timeoutMs: 1000,
    },
    meters: Object.entries(more.nodes ?? { heat: 'Heat' }).map(([id, node]) => ({
      meter: {
        ...meterOf(id, node),
        pollSeconds: more.pollSeconds ?? PERIOD_MS / 1000,
        groups: more.groups,
      },
      profile: opcuaBuildingAutomation,
    })),
    now: Date.now,
    random: () => 0.2,
    logger: pino({}, { write: (line: string) => void told.push(JSON.parse(line)) }),
    otherClock: (atMs) => times.push(atMs),
    report: (outcome) => outcomes.push(outcome),
    ...(more.pkiFolder ? { pkiFolder: more.pkiFolder } : {}),
  });
  opened.source = source;
  await source.start();
  function tick(meterId = 'heat'): PollOutcome | undefined {
    source.poll(meterId);
    return outcomes.at(-1);
  }
  /** Ticks until there is an outcome as wanted, at most 20 s. */
  async function until(
    isWanted: (outcome: PollOutcome) => boolean,
    meterId = 'heat',
  ): Promise<PollOutcome> {
    const from = outcomes.length;
    let found: PollOutcome | undefined;
    await expect
      .poll(
        () => {
          tick(meterId);
          const news = outcomes.slice(from).filter((outcome) => outcome.meterId === meterId);
          found = news.find(isWanted);
          return found !== undefined;
        },
        { timeout: 20_000, interval: PERIOD_MS / 2 },
      )
      .toBe(true);
    if (!found) throw new Error('no outcome');
    return found;
  }
  return { source, tick, until, outcomes, told, times };
}

const hasEnergy = (value: number) => (outcome: PollOutcome) =>
  outcome.sample?.values.heatEnergy === value;

describe('the OPC UA source', () => {
  it('makes a reading of the nodes the server has, in canonical units, stamped by the source', async () => {
    const server = await serve({ otherNamespaces: ['urn:a', 'urn:b'] });
    const sourceMs = Date.now() - 2000;
    server.set('Heat.HeatEnergy', 12.5, { sourceMs });
    for (const node of HEAT.slice(1)) server.set(node, 42, { sourceMs });
    const { until, source } = await collect(server.endpoint);
    const { sample, error } = await until((outcome) => outcome.sample !== undefined);
    expect(error).toBeUndefined();
    expect(sample).toEqual({
      meterId: 'heat',
      atMs: sourceMs,
      quality: 0,
      values: { heatEnergy: 12.5, heatPower: 42, supplyTemperature: 42 },
    });
    expect(source.figures()).toMatchObject({ connects: 1, link_up: 1 });
  });

  it('tells the server’s time as a second clock', async () => {
    const server = await serve();
    const { until, times } = await collect(server.endpoint);
    await until(hasEnergy(1));
    expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(10_000);
  });

  it('keeps reading a register that does not change, by the server’s word', async () => {
    const server = await serve();
    server.set('Heat.HeatEnergy', 7);
    const { until } = await collect(server.endpoint);
    const first = await until(hasEnergy(7));
    const beyondMs = (first.sample?.atMs ?? 0) + PERIOD_MS * 8;
    const later = await until((outcome) => (outcome.sample?.atMs ?? 0) > beyondMs);
    expect(later).toMatchObject({ sample: { values: { heatEnergy: 7 }, quality: 0 } });
  });

  it('makes nothing of a bad status, and flags an uncertain one and a wrong clock', async () => {
    const server = await serve();
    const { until } = await collect(server.endpoint);
    await until(hasEnergy(1));
    server.set('Heat.HeatEnergy', 99, { status: StatusCodes.BadNoCommunication });
    const bad = await until((outcome) => outcome.error !== undefined);
    expect(bad.error).toMatchObject({
      code: 'opcua.bad-status',
      context: { quantity: 'heatEnergy' },
    });
    expect(bad.sample?.values ?? {}).not.toHaveProperty('heatEnergy');
    server.set('Heat.HeatEnergy', 3, { status: StatusCodes.UncertainLastUsableValue });
    expect((await until(hasEnergy(3))).sample?.quality).toBe(QUALITY.uncertain);
    server.set('Heat.HeatEnergy', 4, { sourceMs: Date.now() - 3_600_000 });
    const skewed = await until(hasEnergy(4));
    expect(skewed.sample?.quality).toBe(QUALITY.clockSkew);
    expect(Math.abs((skewed.sample?.atMs ?? 0) - Date.now())).toBeLessThan(10_000);
  });

  it('reads 64-bit integers exactly or not at all', async () => {
    const server = await serve({ integers: ['Heat.HeatEnergy'] });
    server.set('Heat.HeatEnergy', [1, 5]);
    const { until } = await collect(server.endpoint);
    await until(hasEnergy(2 ** 32 + 5));
    server.set('Heat.HeatEnergy', [0x200000, 1]);
    const tooLarge = await until((outcome) => outcome.error !== undefined);
    expect(tooLarge.sample?.values ?? {}).not.toHaveProperty('heatEnergy');
  });

  it('says of a meter without any node on the server which one is missing', async () => {
    const server = await serve();
    const { until } = await collect(server.endpoint, { nodes: { heat: 'Heat', ghost: 'Ghost' } });
    await until(hasEnergy(1));
    const ghost = await until((outcome) => outcome.error?.code === 'opcua.bad-status', 'ghost');
    expect(ghost.error?.message).toMatch(/ghost.*s=Ghost\.HeatEnergy.*BadNodeIdUnknown/);
    expect(ghost.sample).toBeUndefined();
  });

  it('never repeats the last value while the server is gone, and comes back by itself', async () => {
    const server = await serve();
    const { until, tick } = await collect(server.endpoint);
    await until(hasEnergy(1));
    const { port } = server;
    await server.close();
    opened.servers.pop();
    await until((outcome) => outcome.error !== undefined);
    for (let n = 0; n < 5; n += 1) expect(tick()?.sample).toBeUndefined();
    const again = await serve({ port });
    again.set('Heat.HeatEnergy', 2);
    await until(hasEnergy(2));
  });

  it('makes good a tick that found no session, once there are values', async () => {
    const { port, endpoint } = await serve();
    await opened.servers.pop()?.close();
    const { tick, outcomes } = await collect(endpoint);
    expect(tick()?.error?.code).toBe('opcua.connect');
    await serve({ port });
    await expect.poll(() => outcomes.at(-1)?.sample, { timeout: 20_000 }).toBeDefined();
    expect(outcomes).toHaveLength(2);
  });

  it('takes no value from a server that freezes, and builds a new session', async () => {
    const server = await serve();
    const proxy = await startProxy(server.port);
    opened.proxies.push(proxy);
    const { until, tick, source } = await collect(`opc.tcp://127.0.0.1:${proxy.port}`);
    await until(hasEnergy(1));
    proxy.freeze();
    server.set('Heat.HeatEnergy', 2);
    await until((outcome) => outcome.error?.code === 'opcua.silent');
    expect(tick()?.sample).toBeUndefined();
    proxy.thaw();
    await until(hasEnergy(2));
    expect(source.figures()).toMatchObject({ connects: 2 });
  });

  it('stops at once while it cannot connect, and leaves no session behind where it could', async () => {
    const nowhere = await collect('opc.tcp://127.0.0.1:1');
    await nowhere.until((outcome) => outcome.error?.code === 'opcua.connect');
    const startMs = performance.now();
    await nowhere.source.stop();
    expect(performance.now() - startMs).toBeLessThan(5000);
    const server = await serve();
    const { until, source } = await collect(server.endpoint);
    await until(hasEnergy(1));
    expect(server.sessions).toBe(1);
    await source.stop();
    expect(server.sessions).toBe(0);
  });
});

describe('reads', () => {
  it('serve slow meters without a subscription, split as the server wants, and tell age from a wrong clock', async () => {
    const server = await serve({ capabilities: { operationLimits: { maxNodesPerRead: 2 } } });
    const sourceMs = Date.now() - 3_600_000;
    server.set('Heat.HeatEnergy', 5, { sourceMs });
    const { until, source } = await collect(server.endpoint, { pollSeconds: 60 });
    const first = await until(hasEnergy(5));
    expect(first).toMatchObject({ sample: { quality: 0 } });
    expect(first.error).toBeUndefined();
    expect(server.subscriptions).toBe(0);
    expect(source.figures()).toMatchObject({ items_wanted: 7, items_created: 3, items_good: 3 });
    server.set('Heat.HeatEnergy', 6, { sourceMs: sourceMs + 1000 });
    expect((await until(hasEnergy(6))).sample?.quality).toBe(QUALITY.clockSkew);
    server.set('Heat.HeatEnergy', 7, { status: StatusCodes.BadNoCommunication });
    const bad = await until(({ error }) => error?.code === 'opcua.bad-status');
    expect(bad.sample?.values ?? {}).not.toHaveProperty('heatEnergy');
  });

  it('take the place of monitored items that the server has no room for', async () => {
    const server = await serve({ capabilities: { maxMonitoredItemsPerSubscription: 1 } });
    const { until, source } = await collect(server.endpoint);
    const { sample } = await until(hasEnergy(1));
    expect(Object.keys(sample?.values ?? {})).toHaveLength(3);
    server.set('Heat.HeatEnergy', 2);
    await until(hasEnergy(2));
    expect(source.figures().reads).toBeGreaterThan(0);
  });

  it.each([
    ['has no subscriptions', 'subscriptions', 'BadServiceUnsupported'],
    ['does not take our filter', 'filter', 'BadFilterNotAllowed'],
  ] as const)('are all there is of a server that %s, and are told of', async (_, lacks, status) => {
    const server = await serve({ lacks });
    const { until, source, told } = await collect(server.endpoint);
    await until(hasEnergy(1));
    server.set('Heat.HeatEnergy', 2);
    const { sample, error } = await until(hasEnergy(2));
    expect(error).toBeUndefined();
    expect(Object.keys(sample?.values ?? {})).toHaveLength(3);
    expect(source.figures()).toMatchObject({ items_read: 3, items_created: 3, notifications: 0 });
    expect(told.filter(({ event }) => event === 'opcua.not-monitored')).toMatchObject([{ status }]);
    server.set('Heat.HeatEnergy', 3, { status: StatusCodes.BadNoCommunication });
    const bad = await until((outcome) => outcome.error?.code === 'opcua.bad-status');
    expect(bad.sample?.values ?? {}).not.toHaveProperty('heatEnergy');
  });

  it('bring a group at its own period, along with what is subscribed', async () => {
    const server = await serve();
    const groups = { counters: 2 };
    const { until, source } = await collect(server.endpoint, { groups });
    const first = await until(hasEnergy(1));
    server.set('Heat.HeatEnergy', 2);
    server.set('Heat.HeatPower', 7);
    const between = await until(({ sample }) => sample?.values.heatPower === 7);
    expect(between.sample?.values).not.toHaveProperty('heatEnergy');
    expect(between.error).toBeUndefined();
    const again = await until(hasEnergy(2));
    const apartMs = (again.sample?.atMs ?? 0) - (first.sample?.atMs ?? 0);
    expect(apartMs).toBeGreaterThan(1500);
    expect(again.sample?.values).toMatchObject({ heatPower: 7 });
    const { items_read, reads, polls = 0 } = source.figures();
    expect(items_read).toBe(1);
    expect(reads).toBeGreaterThanOrEqual(2);
    // One that comes before the next publish response makes no reading and is repeated.
    expect(reads).toBeLessThan(polls / 2);
  });

  it('of a group are asked for again while they are bad, and cost nothing else its value', async () => {
    const server = await serve();
    server.set('Heat.HeatEnergy', 9, { status: StatusCodes.BadNoCommunication });
    const { until } = await collect(server.endpoint, { groups: { counters: 3600 } });
    const bad = await until(({ sample }) => sample?.values.heatPower === 1);
    expect(bad.error).toMatchObject({ context: { quantity: 'heatEnergy' } });
    server.set('Heat.HeatEnergy', 3);
    await until(hasEnergy(3));
  });

  it('stop with a server that freezes, say so, and go on in a new session', async () => {
    const server = await serve();
    const proxy = await startProxy(server.port);
    opened.proxies.push(proxy);
    const endpoint = `opc.tcp://127.0.0.1:${proxy.port}`;
    const { until } = await collect(endpoint, { pollSeconds: 60 });
    await until(hasEnergy(1));
    proxy.freeze();
    await until(({ error }) => /no answer to a read/.test(error?.message ?? ''));
    server.set('Heat.HeatEnergy', 2);
    proxy.thaw();
    await until(hasEnergy(2));
  });
});

/** Keys are made and several sessions opened: a busy machine takes its time. */
describe('an encrypted OPC UA connection', { timeout: 60_000 }, () => {
  async function pki(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'jieyue-pki-'));
    opened.folders.push(folder);
    return folder;
  }

  it('refuses a server whose certificate is not trusted, and reads once it is', async () => {
    const server = await serve({ isSecure: true });
    const pkiFolder = await pki();
    const { until } = await collect(server.endpoint, { insecure: false, pkiFolder });
    const refused = await until((outcome) => /certificate/i.test(outcome.error?.message ?? ''));
    expect(refused.error?.code).toBe('opcua.refused');
    const rejected = await readdir(join(pkiFolder, 'rejected'));
    expect(rejected.length).toBeGreaterThan(0);
    await opened.source?.stop();
    const [waiting] = await listCertificates(pkiFolder);
    expect(refused.error?.message).toContain(`jieyue trust approve ${waiting?.thumbprint}`);
    await decideCertificate(pkiFolder, waiting?.thumbprint.slice(0, 8) ?? '', 'trusted');
    const trusting = await collect(server.endpoint, { insecure: false, pkiFolder });
    await trusting.until(hasEnergy(1));
    expect(trusting.source.figures().certificate_days_left).toBeGreaterThan(365);
    expect(trusting.source.figures().server_certificate_days_left).toBeGreaterThan(365);
  });

  it('logs in with the password in a file, and with no other', async () => {
    const server = await serve({ isSecure: true, users: { meter: 'right horse' } });
    const pkiFolder = await pki();
    const passwordFile = join(pkiFolder, 'password');
    const login = { user: 'meter', passwordFile };
    const attempt = () => collect(server.endpoint, { insecure: false, pkiFolder, login });
    const without = await attempt();
    const missing = await without.until((outcome) => outcome.error?.code === 'config.invalid');
    expect(missing.error?.message).toMatch(/password of 'meter'/);
    await without.source.stop();
    await writeFile(passwordFile, 'wrong\n');
    const unseen = await attempt();
    await unseen.until((outcome) => /not trusted/.test(outcome.error?.message ?? ''));
    await unseen.source.stop();
    const [waiting] = await listCertificates(pkiFolder);
    await decideCertificate(pkiFolder, waiting?.thumbprint ?? '', 'trusted');
    const wrong = await attempt();
    const denied = await wrong.until((outcome) => /login/.test(outcome.error?.message ?? ''));
    expect(denied.error?.code).toBe('opcua.refused');
    expect(denied.error?.message).not.toContain('wrong');
    await wrong.source.stop();
    await writeFile(passwordFile, 'right horse\n');
    const right = await attempt();
    await right.until(hasEnergy(1));
  });

  it('sends no password unencrypted', async () => {
    const login = { user: 'meter', passwordFile: 'x' };
    const { until } = await collect('opc.tcp://127.0.0.1:1', { login });
    const refused = await until((outcome) => outcome.error?.code === 'config.invalid');
    expect(refused.error?.message).toMatch(/unencrypted/);
  });

  it('does not fall back to an unencrypted session', async () => {
    const server = await serve({ isSecure: false });
    const { until, source } = await collect(server.endpoint, {
      insecure: false,
      pkiFolder: await pki(),
    });
    await until((outcome) => outcome.error?.code === 'opcua.connect');
    expect(source.figures()).toMatchObject({ connects: 0 });
  });

  it('asks for a PKI folder', async () => {
    const { until } = await collect('opc.tcp://127.0.0.1:1', { insecure: false });
    await until((outcome) => outcome.error?.code === 'config.invalid');
  });
});
