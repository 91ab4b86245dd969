/** How a session is secured: SignAndEncrypt with our own certificate, or nothing where the registry says so. */
import type { OPCUAClientOptions } from 'node-opcua-client';
import { AppError } from '../../domain/errors.ts';
import type { OpcuaConnection } from '../../registry/schema.ts';

type Library = typeof import('node-opcua-client');

/** Fixed, so that a server's trust outlives a change of our host's name. */
export const APPLICATION_URI = 'urn:jieyue:collector';

export interface Security {
  readonly options: OPCUAClientOptions;
  /** After the client has disconnected. */
  dispose(): Promise<void>;
}

/**
 * Client options for a connection. A server whose certificate is not in `<pkiFolder>/trusted` is
 * refused; its certificate is left in `<pkiFolder>/rejected` for a person to look at.
 */
export async function securityOf(
  library: Library,
  connection: OpcuaConnection,
  pkiFolder: string | undefined,
): Promise<Security> {
  if (connection.insecure) {
    const { None } = library.SecurityPolicy;
    const securityMode = library.MessageSecurityMode.None;
    return { options: { securityMode, securityPolicy: None }, dispose: async () => {} };
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
  return {
    options: {
      securityMode: library.MessageSecurityMode.SignAndEncrypt,
      securityPolicy: library.SecurityPolicy.Basic256Sha256,
      clientCertificateManager: certificates,
    },
    dispose: () => certificates.dispose(),
  };
}
