/** Certificates that end soon, and trust that is taken back. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCertificateWatch } from '../../../../collector/opcua/certificate-watch.ts';
import type { OpcuaSession } from '../../../../collector/opcua/session.ts';
import {
  type CertificateFacts,
  decideCertificate,
  readCertificate,
} from '../../../../collector/opcua/trust.ts';

const DAY_MS = 86_400_000;
const AT = Date.UTC(2026, 10, 1);

let folder = '';
let certificate: CertificateFacts;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-watch-'));
  const manager = new OPCUACertificateManager({ rootFolder: folder, disableFileWatchers: true });
  await manager.initialize();
  const outputFile = join(folder, 'server.pem');
  await manager.createSelfSignedCertificate({
    applicationUri: 'urn:server',
    dns: ['localhost'],
    outputFile,
    subject: '/CN=Server',
    startDate: new Date(AT),
    validity: 20,
  });
  await manager.dispose();
  await mkdir(join(folder, 'trusted', 'certs'), { recursive: true });
  await copyFile(outputFile, join(folder, 'trusted', 'certs', 'server.pem'));
  const facts = await readCertificate(outputFile);
  if (!facts) throw new Error('no certificate');
  certificate = facts;
  // Making keys takes long on a busy machine.
}, 60_000);
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a watch says when a session opens at this time. */
async function watchAt(atMs: number) {
  const warnings: number[] = [];
  const reasons: string[] = [];
  const sink = { write: (line: string) => void warnings.push(JSON.parse(line).days) };
  const looked = Promise.withResolvers<void>();
  const watch = createCertificateWatch({
    bus: 'automation',
    pkiFolder: folder,
    now: () => atMs,
    logger: pino({}, sink),
    onRevoked(reason) {
      reasons.push(reason);
      looked.resolve();
    },
  });
  const session: Pick<OpcuaSession, 'ownCertificate' | 'serverCertificate'> = {
    ownCertificate: undefined,
    serverCertificate: certificate,
  };
  watch.opened(session);
  watch.opened(session);
  watch.closed();
  return { warnings, reasons, looked: looked.promise, figures: watch.figures() };
}

describe('createCertificateWatch', () => {
  it('warns once a day within the last month, and counts the days', async () => {
    const { warnings, figures } = await watchAt(AT + 5 * DAY_MS);
    expect(figures.server_certificate_days_left).toBeGreaterThanOrEqual(14);
    expect(figures.server_certificate_days_left).toBeLessThanOrEqual(15);
    expect(warnings).toEqual([figures.server_certificate_days_left]);
    expect((await watchAt(AT - 60 * DAY_MS)).warnings).toEqual([]);
  });

  it('ends a session whose certificate is trusted no more, and only such', async () => {
    await decideCertificate(folder, certificate.thumbprint, 'rejected');
    const { looked, reasons } = await watchAt(AT);
    await looked;
    expect(reasons[0]).toContain(certificate.thumbprint);
    await decideCertificate(folder, certificate.thumbprint.slice(0, 6).toUpperCase(), 'trusted');
    const trusted = await watchAt(AT);
    await Promise.race([trusted.looked, delay(200)]);
    expect(trusted.reasons).toEqual([]);
  });

  it('decides on no certificate it does not know', async () => {
    await expect(decideCertificate(folder, 'abc', 'trusted')).rejects.toMatchObject({
      code: 'request.not-found',
      message: expect.stringContaining(certificate.thumbprint),
    });
    await expect(decideCertificate(folder, '', 'trusted')).rejects.toThrow('no certificate');
  });
});
