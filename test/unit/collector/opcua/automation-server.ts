/** A small OPC UA server in this process: nodes whose values, statuses and times a test sets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  DataType,
  DataValue,
  type DataValueOptions,
  MessageSecurityMode,
  SecurityPolicy,
  type StatusCode,
  StatusCodes,
  VariantArrayType,
} from 'node-opcua-client';
import { OPCUAServer } from 'node-opcua-server';

const NAMESPACE = 'urn:jieyue:building-automation';

export interface AutomationServer {
  readonly endpoint: string;
  readonly port: number;
  /** What a node answers from now on. */
  set(
    name: string,
    value: number | readonly [high: number, low: number],
    more?: { status?: StatusCode; sourceMs?: number },
  ): void;
  readonly certificates: OPCUACertificateManager;
  readonly sessions: number;
  close(): Promise<void>;
}

export interface AutomationServerOptions {
  readonly nodes: readonly string[];
  /** Those of them that are UInt64. */
  readonly integers?: readonly string[];
  readonly port?: number;
  readonly isSecure?: boolean;
  /** Registered first, so that the namespace index differs. */
  readonly otherNamespaces?: readonly string[];
}

const PLAIN = {
  securityModes: [MessageSecurityMode.None],
  securityPolicies: [SecurityPolicy.None],
};
/** The plain channel stays for discovery: a client learns the server's certificate over it. */
const ENCRYPTED = {
  securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
  securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
};

export async function startAutomationServer(
  options: AutomationServerOptions,
): Promise<AutomationServer> {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-opcua-'));
  const certificates = new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  const server = new OPCUAServer({
    port: options.port ?? 0,
    hostname: '127.0.0.1',
    serverCertificateManager: certificates,
    ...(options.isSecure ? ENCRYPTED : PLAIN),
    disableDiscovery: true,
  });
  await server.initialize();
  const { addressSpace } = server.engine;
  if (!addressSpace) throw new Error('the server has no address space');
  for (const uri of options.otherNamespaces ?? []) addressSpace.registerNamespace(uri);
  const namespace = addressSpace.registerNamespace(NAMESPACE);
  const state = new Map<string, DataValueOptions>();
  for (const name of options.nodes) {
    state.set(name, { statusCode: StatusCodes.BadWaitingForInitialData });
    const variable = namespace.addVariable({
      browseName: name,
      nodeId: `s=${name}`,
      organizedBy: addressSpace.rootFolder.objects,
      dataType: options.integers?.includes(name) ? DataType.UInt64 : DataType.Double,
      minimumSamplingInterval: 50,
    });
    variable.bindVariable({ timestamped_get: () => new DataValue(state.get(name)) }, true);
  }
  await server.start();
  const port = server.endpoints[0]?.port ?? 0;
  return {
    port,
    endpoint: `opc.tcp://127.0.0.1:${port}`,
    certificates,
    get sessions() {
      return server.engine.currentSessionCount;
    },
    set(name, value, more = {}) {
      const dataType = typeof value === 'number' ? DataType.Double : DataType.UInt64;
      state.set(name, {
        value: { dataType, arrayType: VariantArrayType.Scalar, value },
        statusCode: more.status ?? StatusCodes.Good,
        sourceTimestamp: new Date(more.sourceMs ?? Date.now()),
      });
    },
    async close() {
      await server.shutdown(0);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
