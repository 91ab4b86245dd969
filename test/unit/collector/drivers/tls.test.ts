/** Modbus over TLS: a device with a certificate of its own, and others that must not be believed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createModbusLink } from '../../../../collector/drivers/modbus/link.ts';
import { MBAP } from '../../../../collector/drivers/modbus/mbap.ts';
import type { ModbusLink } from '../../../../collector/drivers/modbus/modbus-link.ts';
import type { TlsFiles } from '../../../../collector/drivers/modbus/wire.ts';

const available = spawnSync('openssl', ['version']).status === 0;
if (!available && !process.env.CI)
  console.warn('skipped: openssl is not installed (apt install openssl)');

let folder = '';
const open: { server?: Server; links: ModbusLink[]; sockets: TLSSocket[] } = {
  links: [],
  sockets: [],
};

/** A key and a certificate that signs itself. */
function certify(name: string): { cert: string; key: string } {
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const out = ['-keyout', files.key, '-out', files.cert];
  execFileSync('openssl', ['req', '-x509', ...how, ...subject, ...out], { stdio: 'ignore' });
  return files;
}

let device: ReturnType<typeof certify>;
let client: ReturnType<typeof certify>;

afterEach(async () => {
  for (const link of open.links.splice(0)) link.close();
  for (const socket of open.sockets.splice(0)) socket.destroy();
  const { server } = open;
  if (server) await new Promise((closed) => server.close(closed));
  delete open.server;
});

/** Answers each read with its address; asks for the collector's certificate. */
async function serve(): Promise<number> {
  const server = createServer(
    {
      cert: readFileSync(device.cert),
      key: readFileSync(device.key),
      ca: readFileSync(client.cert),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (socket) => {
      open.sockets.push(socket);
      socket.on('error', () => socket.destroy());
      socket.on('data', (request: Buffer) => {
        const reply = Buffer.from([0, 0, 0, 0, 0, 5, request[6] ?? 0, 3, 2, 0, 0]);
        request.copy(reply, 0, 0, 2);
        request.copy(reply, 9, 8, 10);
        socket.write(reply);
      });
    },
  );
  server.on('tlsClientError', () => {});
  open.server = server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function linkTo(port: number, tls: TlsFiles | undefined): ModbusLink {
  const link = createModbusLink({
    host: '127.0.0.1',
    port,
    framing: MBAP,
    connectTimeoutMs: 3000,
    ...(tls ? { tls } : {}),
  });
  open.links.push(link);
  return link;
}

const READ = { unit: 1, functionCode: 3, address: 0x1234, count: 1 } as const;

describe.runIf(available || process.env.CI)('Modbus over TLS', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-'));
    device = certify('meter.example');
    client = certify('collector.example');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('reads a device whose certificate is trusted and carries its name', async () => {
    const port = await serve();
    const link = linkTo(port, { ca: device.cert, serverName: 'meter.example', ...client });
    await link.connect();
    expect((await link.read(READ, 2000)).readUInt16BE(0)).toBe(0x1234);
    expect((await link.read(READ, 2000)).readUInt16BE(0)).toBe(0x1234);
  });

  it.each([
    { name: 'a certificate nobody vouches for', files: () => ({ serverName: 'meter.example' }) },
    { name: 'a name that is not its own', files: () => ({ ca: device.cert }) },
    {
      name: 'a file that is not there',
      files: () => ({ ca: join(folder, 'none.crt'), serverName: 'meter.example' }),
    },
  ])('refuses $name', async ({ files }) => {
    const link = linkTo(await serve(), { ...client, ...files() });
    await expect(link.connect()).rejects.toMatchObject({ code: 'link.refused' });
    expect(link.isOpen).toBe(false);
  });

  it('gets no answer without TLS (control)', async () => {
    const link = linkTo(await serve(), undefined);
    await link.connect();
    await expect(link.read(READ, 500)).rejects.toMatchObject({
      code: expect.stringMatching(/modbus\.timeout|modbus\.frame|link\.closed/),
    });
  });
});
