/** Checks of this machine: serial ports, files, certificates, disk, ports. */
import { constants } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { daysLeft, listCertificates, readCertificate } from '../../collector/opcua/trust.ts';
import { inspectSpool } from '../../collector/spool/inspect.ts';
import { quotaBytes } from '../../collector/spool.ts';
import { isAppError, messageOf } from '../../domain/errors.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Connection } from '../../registry/schema.ts';
import { type Finding, finding } from './finding.ts';

const GIB = 1024 ** 3;
const FREE_WARN_BYTES = GIB;
const FREE_FAIL_BYTES = GIB / 10;
const DAYS_WARN = 30;
const BACKLOG_WARN_MS = 3_600_000;

async function checkSerial(id: string, path: string): Promise<Finding> {
  const check = `serial ${id}`;
  try {
    await access(path, constants.F_OK);
  } catch {
    const advice = 'is the adapter plugged in? names under /dev/serial/by-id survive replugging';
    return finding(check, 'fail', `there is no ${path}`, advice);
  }
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return finding(check, 'ok', `${path} can be read and written`);
  } catch {
    const advice = `ls -l ${path} names its group, usually dialout; add this user to it`;
    return finding(check, 'fail', `no permission for ${path}`, advice);
  }
}

async function checkFile(check: string, path: string): Promise<Finding> {
  const content = await readFile(path).catch(() => undefined);
  if (content && content.length > 0) return finding(check, 'ok', `${path} can be read`);
  return finding(check, 'fail', `${path}: expected a readable file, found none or an empty one`);
}

/** Files and devices each connection needs before the first poll. */
export function checkConnection(connection: Connection): Promise<Finding>[] {
  const { id, kind } = connection;
  if (kind === 'serial-rtu' || kind === 'serial-ascii') return [checkSerial(id, connection.path)];
  if (kind === 'opcua') {
    const insecure = finding(`opcua ${id}`, 'warn', 'not encrypted, as the registry permits');
    return [
      ...(connection.insecure ? [Promise.resolve(insecure)] : []),
      ...(connection.passwordFile ? [checkFile(`password ${id}`, connection.passwordFile)] : []),
    ];
  }
  if (kind !== 'modbus-tcp' || !connection.tls) return [];
  const { ca, cert, key } = connection.tls;
  return [ca, cert, key].flatMap((file) => (file ? [checkFile(`tls ${id}`, file)] : []));
}

function ageFinding(check: string, name: string, days: number): Finding {
  if (days < 0) return finding(check, 'fail', `${name} ended ${-days} days ago`, 'renew it');
  return finding(check, days < DAYS_WARN ? 'warn' : 'ok', `${name}: ${days} days left`);
}

export async function checkCertificates(pkiFolder: string, registry: Registry): Promise<Finding[]> {
  const isEncrypted = ({ kind, ...rest }: Connection) =>
    kind === 'opcua' && !('insecure' in rest && rest.insecure);
  if (!registry.connections.some(isEncrypted)) return [];
  const nowMs = Date.now();
  const own = await readCertificate(join(pkiFolder, 'own', 'certs', 'client_certificate.pem'));
  const known = await listCertificates(pkiFolder);
  return [
    own
      ? ageFinding('certificate', 'our own', daysLeft(own, nowMs))
      : finding('certificate', 'ok', 'our own is made at the first encrypted session'),
    ...known.map((one) =>
      one.state === 'trusted'
        ? ageFinding('certificate', one.name, daysLeft(one, nowMs))
        : finding(
            'certificate',
            'warn',
            `${one.name} waits for a decision`,
            `jieyue trust approve ${one.thumbprint.slice(0, 8)}`,
          ),
    ),
  ];
}

export async function checkDisk(dataFolder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataFolder);
  const free = bavail * bsize;
  const quota = (quotaBytes(dataFolder) / GIB).toFixed(1);
  const text = `${(free / GIB).toFixed(1)} GiB free for ${dataFolder}; the spool may take ${quota}`;
  if (free < FREE_FAIL_BYTES) return finding('disk', 'fail', text, 'make room');
  return free < FREE_WARN_BYTES
    ? finding('disk', 'warn', text, 'make room')
    : finding('disk', 'ok', text);
}

export function checkSpool(dataFolder: string): Finding {
  try {
    const { records, oldestMs, quarantined } = inspectSpool(join(dataFolder, 'spool.db'));
    const ageMs = oldestMs === undefined ? 0 : Date.now() - oldestMs;
    const text = `${records} records wait, the oldest for ${Math.round(ageMs / 60_000)} min; ${quarantined} quarantined`;
    if (quarantined > 0) return finding('spool', 'warn', text, 'jieyue spool quarantine list');
    if (ageMs <= BACKLOG_WARN_MS) return finding('spool', 'ok', text);
    return finding('spool', 'warn', text, 'is the store away? jieyue spool drain');
  } catch (error) {
    if (isAppError(error) && /no such file/.test(error.message))
      return finding('spool', 'ok', 'none yet; the collector makes it');
    return finding('spool', 'fail', messageOf(error), 'the collector moves a damaged file aside');
  }
}

/** Whether a port could be listened on now. */
export function checkPort(name: string, host: string, port: number): Promise<Finding> {
  const check = `port ${name}`;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      const isBusy = 'code' in error && error.code === 'EADDRINUSE';
      const text = isBusy ? `${host}:${port} is taken` : `${host}:${port}: ${error.message}`;
      const advice = isBusy ? 'well if that is Jieyue running' : undefined;
      resolve(finding(check, isBusy ? 'warn' : 'fail', text, advice));
    });
    server.listen({ host, port, exclusive: true }, () =>
      server.close(() => resolve(finding(check, 'ok', `${host}:${port} is free`))),
    );
  });
}
