/** A small OPC UA server in this process: nodes whose values, statuses and times a test sets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  type CreateMonitoredItemsRequest,
  DataType,
  DataValue,
  type DataValueOptions,
  EventFilter,
  MessageSecurityMode,
  SecurityPolicy,
  type StatusCode,
  StatusCodes,
  VariantArrayType,
} from 'node-opcua-client';
import { OPCUAServer, type ServerCapabilitiesOptions } from 'node-opcua-server';

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
  readonly subscriptions: number;
  /** As a server does that runs out of room, or whose operator tidies up. */
  endSubscriptions(): void;
  endSessions(): void;
  close(): Promise<void>;
}

export interface AutomationServerOptions {
  readonly nodes: readonly string[];
  /** Those of them that are UInt64. */
  readonly integers?: readonly string[];
  readonly port?: number;
  readonly isSecure?: boolean;
  /** Values from the clock instead of `set`. */
  valueAt?(nowMs: number): number;
  /** Keeps its keys here from one start to the next. */
  readonly pkiFolder?: string;
  /** Names and passwords; anonymous sessions too when absent. */
  readonly users?: Readonly<Record<string, string>>;
  readonly capabilities?: ServerCapabilitiesOptions;
  /** What it lacks: the service CreateSubscription, or room for the filter we ask for. */
  readonly lacks?: 'subscriptions' | 'filter';
  /** Told the security mode of each session. */
  onSession?(mode: string): void;
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

/** The server has no such service any more and says BadServiceUnsupported by itself. */
function withoutSubscriptions(server: OPCUAServer): void {
  Object.assign(server, { _on_CreateSubscriptionRequest: undefined });
}

/** Takes our filter for one that a value cannot have, and says BadFilterNotAllowed by itself. */
function withoutOurFilter(server: OPCUAServer): void {
  const name = '_on_CreateMonitoredItemsRequest';
  const create: unknown = Reflect.get(server, name);
  if (typeof create !== 'function') throw new Error(`the server has no ${name}`);
  Object.assign(server, {
    [name](message: { request: CreateMonitoredItemsRequest }, channel: unknown) {
      for (const { requestedParameters } of message.request.itemsToCreate ?? [])
        requestedParameters.filter = new EventFilter();
      create.call(server, message, channel);
    },
  });
}

export async function startAutomationServer(
  options: AutomationServerOptions,
): Promise<AutomationServer> {
  const folder = options.pkiFolder ?? (await mkdtemp(join(tmpdir(), 'jieyue-opcua-')));
  const certificates = new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  const isValidUser = (name: string, password: string) => options.users?.[name] === password;
  const server = new OPCUAServer({
    port: options.port ?? 0,
    hostname: '127.0.0.1',
    serverCertificateManager: certificates,
    ...(options.isSecure ? ENCRYPTED : PLAIN),
    disableDiscovery: true,
    ...(options.capabilities ? { serverCapabilities: options.capabilities } : {}),
    ...(options.users ? { allowAnonymous: false, userManager: { isValidUser } } : {}),
  });
  if (options.lacks === 'subscriptions') withoutSubscriptions(server);
  if (options.lacks === 'filter') withoutOurFilter(server);
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
    variable.bindVariable({ timestamped_get: () => currentOf(name) }, true);
  }
  server.on('create_session', (session) => {
    options.onSession?.(MessageSecurityMode[session.channel?.securityMode ?? 0] ?? 'unknown');
  });
  await server.start();

  function currentOf(name: string): DataValue {
    const nowMs = Date.now();
    const value = options.valueAt?.(nowMs);
    if (value === undefined) return new DataValue(state.get(name));
    return new DataValue({
      value: { dataType: DataType.Double, value },
      statusCode: StatusCodes.Good,
      sourceTimestamp: new Date(nowMs),
    });
  }
  const port = server.endpoints[0]?.port ?? 0;
  return {
    port,
    endpoint: `opc.tcp://127.0.0.1:${port}`,
    certificates,
    get sessions() {
      return server.engine.currentSessionCount;
    },
    get subscriptions() {
      return server.engine.currentSubscriptionCount;
    },
    endSubscriptions() {
      for (const session of server.engine.getSessions()) {
        for (const { id } of session.publishEngine.subscriptions) session.deleteSubscription(id);
      }
    },
    endSessions() {
      for (const { authenticationToken } of server.engine.getSessions()) {
        server.engine.closeSession(authenticationToken, true, 'Terminated');
      }
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
      if (options.pkiFolder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
