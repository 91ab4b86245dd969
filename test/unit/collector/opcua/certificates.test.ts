/** F25: certificates that end, are replaced or are not trusted while they are in use: refused with the reason, and never for good. */
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { afterAll, expect, it, vi } from 'vitest';
import {
  type CertificateFacts,
  decideCertificate,
  listCertificates,
  readCertificate,
} from '../../../../collector/opcua/trust.ts';
import type { MeterSource, PollOutcome } from '../../../../collector/source.ts';
import { HEAT_METER, heatSource } from '../../../support/heat-source.ts';
import { type AutomationServer, startAutomationServer } from './automation-server.ts';

const DAY_MS = 86_400_000;
const PERIOD_MS = 200;
/** How long a certificate lasts that is to end: at least so long, and several times what a start takes here. */
const SHORT_MS = 5000;
const SHORT_STARTS = 6;
const OWN = join('own', 'certs', 'client_certificate.pem');
const SERVER = join('own', 'certs', 'certificate.pem');

const folders: string[] = [];
const sources: MeterSource[] = [];
const servers = new Set<AutomationServer>();
afterAll(async () => {
  await Promise.all(sources.map((source) => source.stop()));
  await Promise.all([...servers].map((server) => server.close()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

async function pki(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-certificates-'));
  folders.push(folder);
  return folder;
}

/** A new certificate in a PKI folder's own place, with the key that is there. */
async function certify(
  folder: string,
  place: string,
  how: { readonly applicationUri: string; readonly endsMs: number },
): Promise<CertificateFacts> {
  const manager = new OPCUACertificateManager({ rootFolder: folder, disableFileWatchers: true });
  await manager.initialize();
  const outputFile = join(folder, place);
  await manager.createSelfSignedCertificate({
    applicationUri: how.applicationUri,
    dns: ['localhost'],
    outputFile,
    subject: '/CN=Short',
    startDate: new Date(how.endsMs - 10 * DAY_MS),
    validity: 10,
  });
  await manager.dispose();
  const facts = await readCertificate(outputFile);
  if (!facts) throw new Error(`no certificate in ${outputFile}`);
  return facts;
}

async function serve(pkiFolder: string, port = 0): Promise<AutomationServer> {
  const server = await startAutomationServer({
    nodes: ['Heat.HeatEnergy'],
    isSecure: true,
    pkiFolder,
    port,
    valueAt: (nowMs) => nowMs / 1000,
  });
  servers.add(server);
  return server;
}

/** A server, and how long a certificate must last for another start and a session on this machine. */
async function serveTimed(pkiFolder: string) {
  const startMs = performance.now();
  const server = await serve(pkiFolder);
  return { server, shortMs: Math.max(SHORT_MS, SHORT_STARTS * (performance.now() - startMs)) };
}

async function close(server: AutomationServer): Promise<void> {
  servers.delete(server);
  await server.close();
}

const hasValue = ({ sample }: PollOutcome) => sample?.values.heatEnergy !== undefined;
const isRefused = ({ error }: PollOutcome) => error?.code === 'opcua.refused';

async function collect(endpoint: string, pkiFolder: string) {
  let newest: PollOutcome | undefined;
  const opened = heatSource({
    endpoint,
    pkiFolder,
    periodMs: PERIOD_MS,
    random: () => 0.05,
    report(outcome) {
      newest = outcome;
    },
  });
  sources.push(opened);
  await opened.start();
  /** Polls until the outcome is as wanted; fails with the newest one. */
  function until(
    isWanted: (outcome: PollOutcome) => boolean,
    timeout = 20_000,
  ): Promise<PollOutcome> {
    const look = () => {
      opened.poll(HEAT_METER);
      if (!newest || !isWanted(newest)) throw newest?.error ?? new Error('a reading, or nothing');
      return newest;
    };
    return vi.waitFor(look, { timeout, interval: PERIOD_MS / 2 });
  }
  return { until, figures: opened.figures };
}

type Until = Awaited<ReturnType<typeof collect>>['until'];

/** Trusts the server until there are values: a connection under way may put its certificate among the waiting once more. */
async function trustServer(pkiFolder: string, until: Until): Promise<void> {
  const look = async () => {
    const waiting = (await listCertificates(pkiFolder)).find(({ state }) => state === 'rejected');
    if (waiting) await decideCertificate(pkiFolder, waiting.thumbprint, 'trusted');
    await until(hasValue, 3000);
  };
  await vi.waitFor(look, { timeout: 30_000 });
}

it.concurrent('a server certificate that ends lets the session run, and no other; a new one counts once trusted', async () => {
  const [own, theirs] = [await pki(), await pki()];
  const { server: trial, shortMs } = await serveTimed(theirs);
  const { port, endpoint } = trial;
  await close(trial);
  const first = await readCertificate(join(theirs, SERVER));
  const applicationUri = first?.applicationUri ?? '';
  const endsMs = Date.now() + shortMs;
  const short = await certify(theirs, SERVER, { applicationUri, endsMs });
  const server = await serve(theirs, port);
  const { until, figures } = await collect(endpoint, own);
  await until(isRefused);
  await trustServer(own, until);
  expect(figures().server_certificate_days_left).toBe(0);
  await until(({ sample }) => (sample?.atMs ?? 0) > short.expiresMs + 500, shortMs + 20_000);
  expect(figures()).toMatchObject({
    connects: 1,
    server_certificate_days_left: -1,
  });

  server.endSessions();
  const ended = await until(isRefused);
  expect(ended.error?.message).toMatch(/its certificate 'Short' .* out of its time/);
  expect(ended.error?.message).toContain(short.thumbprint);
  await close(server);
  const renewed = await certify(theirs, SERVER, { applicationUri, endsMs: Date.now() + DAY_MS });
  await serve(theirs, port);
  const unknown = await until(({ error }) => /not trusted/.test(error?.message ?? ''));
  expect(unknown.error?.message).toContain(`jieyue trust approve ${renewed.thumbprint}`);
  await decideCertificate(own, renewed.thumbprint, 'trusted');
  await until(hasValue);
}, 120_000);

it.concurrent('our own certificate that ends is named, and replaced by deleting it', async () => {
  const [own, theirs] = [await pki(), await pki()];
  const { server, shortMs } = await serveTimed(theirs);
  const { endpoint, certificates } = server;
  const applicationUri = 'urn:jieyue:collector';
  const short = await certify(own, OWN, { applicationUri, endsMs: Date.now() + shortMs });
  const { until, figures } = await collect(endpoint, own);
  await until(isRefused);
  await trustServer(own, until);
  expect(figures().certificate_days_left).toBe(0);
  await until(({ sample }) => (sample?.atMs ?? 0) > short.expiresMs + 500, shortMs + 20_000);
  expect(figures()).toMatchObject({ connects: 1, certificate_days_left: -1 });

  server.endSessions();
  const ended = await until(isRefused);
  expect(ended.error?.message).toMatch(/refuses our certificate .* out of its time/);
  expect(ended.error?.message).toContain(short.thumbprint);
  await rm(join(own, OWN));
  await until(hasValue);
  const fresh = await readCertificate(join(own, OWN));
  expect(fresh?.thumbprint).not.toBe(short.thumbprint);
  expect(figures().certificate_days_left).toBeGreaterThan(365);

  // The server takes its trust back, and gives it again.
  const { raw } = new X509Certificate(await readFile(join(own, OWN)));
  certificates.automaticallyAcceptUnknownCertificate = false;
  await certificates.rejectCertificate(raw);
  server.endSessions();
  const distrusted = await until(isRefused);
  expect(distrusted.error?.message).toContain(`${fresh?.thumbprint}`);
  expect(distrusted.error?.message).toContain('must be trusted there');
  // A connection under way may make the server put it among the unknown ones once more.
  await vi.waitFor(
    async () => {
      await certificates.trustCertificate(raw);
      await until(hasValue, 3000);
    },
    { timeout: 20_000 },
  );
}, 120_000);
