/** The certificates a person has allowed or not: files in a PKI folder, named here by their thumbprints. */
import { X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';

const FOLDERS = { trusted: join('trusted', 'certs'), rejected: 'rejected' } as const;

export type TrustState = keyof typeof FOLDERS;

export interface CertificateFacts {
  /** SHA-1 of the certificate in lower-case hex, as OPC UA names certificates (Part 4, §7.2). */
  readonly thumbprint: string;
  /** Common name. */
  readonly name: string;
  readonly applicationUri: string;
  readonly expiresMs: number;
}

export interface KnownCertificate extends CertificateFacts {
  readonly state: TrustState;
  readonly file: string;
}

/** Facts of a certificate, PEM or DER; of a chain, its first. @throws Error when it is none */
export function certificateFacts(content: Buffer): CertificateFacts {
  const certificate = new X509Certificate(content);
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', '').toLowerCase(),
    name: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject.replaceAll('\n', ', '),
    applicationUri: /URI:([^,]+)/.exec(certificate.subjectAltName ?? '')?.[1] ?? '',
    expiresMs: certificate.validToDate.getTime(),
  };
}

/** `undefined` where there is no such file, or it holds no certificate. */
export async function readCertificate(file: string): Promise<CertificateFacts | undefined> {
  try {
    return certificateFacts(await readFile(file));
  } catch {
    return undefined;
  }
}

/** Days until a certificate ends; below 0 when it has ended. */
export function daysLeft({ expiresMs }: CertificateFacts, nowMs: number): number {
  return Math.floor((expiresMs - nowMs) / 86_400_000);
}

async function inFolder(pkiFolder: string, state: TrustState): Promise<KnownCertificate[]> {
  const folder = join(pkiFolder, FOLDERS[state]);
  const files = await readdir(folder).catch(() => []);
  const known = await Promise.all(
    files.map(async (name) => {
      const file = join(folder, name);
      const facts = await readCertificate(file);
      return facts ? [{ ...facts, state, file }] : [];
    }),
  );
  return known.flat();
}

/** All server certificates seen so far, those waiting for a decision first. */
export async function listCertificates(pkiFolder: string): Promise<KnownCertificate[]> {
  return [...(await inFolder(pkiFolder, 'rejected')), ...(await inFolder(pkiFolder, 'trusted'))];
}

/**
 * Allows or disallows the certificate whose thumbprint starts so; colons and case do not matter.
 * @throws AppError `request.not-found` when none or several start so
 */
export async function decideCertificate(
  pkiFolder: string,
  thumbprint: string,
  state: TrustState,
): Promise<KnownCertificate> {
  const wanted = thumbprint.replaceAll(':', '').toLowerCase();
  const all = await listCertificates(pkiFolder);
  const found = all.filter((one) => wanted !== '' && one.thumbprint.startsWith(wanted));
  const [first] = found;
  if (!first || new Set(found.map((one) => one.thumbprint)).size > 1) {
    const known = all.map((one) => one.thumbprint).join(', ') || 'none';
    const what = first ? 'is the start of several certificates' : 'is no certificate we have seen';
    throw new AppError('request.not-found', `'${thumbprint}' ${what}; known: ${known}`);
  }
  const folder = join(pkiFolder, FOLDERS[state]);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${first.thumbprint}.pem`);
  // Of several copies the last one moved stays: none may be left where it counts for the opposite.
  for (const copy of found) await rename(copy.file, file);
  return { ...first, state, file };
}
