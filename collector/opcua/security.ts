/** How a session is secured: SignAndEncrypt with our own certificate, or nothing where the registry says so. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OPCUAClientOptions, UserIdentityInfo } from 'node-opcua-client';
import { AppError } from '../../domain/errors.ts';
import type { OpcuaConnection } from '../../registry/schema.ts';
import { type CertificateFacts, certificateFacts, readCertificate } from './trust.ts';

type Library = typeof import('node-opcua-client');

/** Fixed, so that a server's trust outlives a change of our host's name. */
export const APPLICATION_URI = 'urn:jieyue:collector';

export interface SecureOptions {
  readonly connection: OpcuaConnection;
  readonly pkiFolder?: string;
}

export interface Security {
  readonly options: OPCUAClientOptions;
  /** The server's certificate, once it was looked at. */
  serverCertificate(): CertificateFacts | undefined;
  ownCertificate(): Promise<CertificateFacts | undefined>;
  /** After the client has disconnected. */
  dispose(): Promise<void>;
}

/**
 * Client options for a connection. A server whose certificate is not in `<pkiFolder>/trusted` is
 * refused; its certificate is left in `<pkiFolder>/rejected` for a person to look at.
 */
export async function securityOf(library: Library, options: SecureOptions): Promise<Security> {
  const { connection, pkiFolder } = options;
  if (connection.insecure) {
    return {
      options: {
        securityMode: library.MessageSecurityMode.None,
        securityPolicy: library.SecurityPolicy.None,
      },
      serverCertificate: () => undefined,
      ownCertificate: async () => undefined,
      dispose: async () => {},
    };
  }
  if (pkiFolder === undefined) {
    const text = `${connection.id}: an encrypted OPC UA connection needs a PKI folder`;
    throw new AppError('config.invalid', text, { connection: connection.id });
  }
  const { OPCUACertificateManager } = await import('node-opcua-certificate-manager');
  const certificates = new OPCUACertificateManager({
    rootFolder: pkiFolder,
    automaticallyAcceptUnknownCertificate: false,
    // The folder is read anew for every session: what a person trusts counts from the next one on.
    disableFileWatchers: true,
  });
  await certificates.initialize();
  let seen: CertificateFacts | undefined;
  const verify = certificates.verifyCertificate.bind(certificates);
  certificates.verifyCertificate = (certificate, how) => {
    const [leaf] = [certificate].flat();
    if (leaf) seen = certificateFacts(leaf);
    return verify(certificate, how);
  };
  return {
    options: {
      securityMode: library.MessageSecurityMode.SignAndEncrypt,
      securityPolicy: library.SecurityPolicy.Basic256Sha256,
      clientCertificateManager: certificates,
    },
    serverCertificate: () => seen,
    ownCertificate: () =>
      readCertificate(join(pkiFolder, 'own', 'certs', 'client_certificate.pem')),
    dispose: () => certificates.dispose(),
  };
}

/** Who we say we are; the password is read anew for every session, so a changed one counts. */
export async function loginOf(
  library: Library,
  connection: OpcuaConnection,
): Promise<UserIdentityInfo> {
  const { id, user, passwordFile, insecure } = connection;
  if (user === undefined || passwordFile === undefined) {
    return { type: library.UserTokenType.Anonymous };
  }
  const invalid = (text: string) =>
    new AppError('config.invalid', `${id}: ${text}`, { connection: id, user });
  if (insecure) throw invalid(`no password for '${user}' is sent over an unencrypted connection`);
  const content = await readFile(passwordFile, 'utf8').catch(() => '');
  const password = content.trim();
  if (password === '') {
    throw invalid(
      `the password of '${user}': expected a readable file, found none or an empty one`,
    );
  }
  return { type: library.UserTokenType.UserName, userName: user, password };
}
