/** A building automation server: the meters of one OPC UA connection as flat, readable nodes. */
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  DataType,
  DataValue,
  MessageSecurityMode,
  SecurityPolicy,
  StatusCodes,
  Variant,
} from 'node-opcua-client';
import { OPCUAServer } from 'node-opcua-server';
import { scalingOf } from '../collector/codec/scaling.ts';
import type { OpcuaPoint, OpcuaProfile } from '../collector/profile.ts';
import { QUANTITIES, type QuantityId } from '../domain/quantities.ts';
import type { Manner } from './faults/fault.ts';
import type { Values } from './model/values.ts';
import { type Endpoint, listenError, type SimulatedServer } from './server.ts';

export interface OpcuaMeter {
  readonly id: string;
  /** Its own part of the node ids. */
  readonly node: string;
  readonly profile: OpcuaProfile;
  valuesAt(atMs: number): Values;
  manner(): Manner | undefined;
}

export interface OpcuaOptions {
  readonly endpoint: Endpoint;
  readonly meters: readonly OpcuaMeter[];
  /** Name clients call the server by, which its endpoint and certificate must bear. */
  readonly hostname: string;
  /** Keys and certificates of this server; made on the first start, kept for the next. */
  readonly pkiFolder: string;
  readonly now: () => number;
}

const NODE_ID = /^nsu=([^;]+);(s=.+)$/;
const FASTEST_SAMPLING_MS = 250;

/** A node's value with the time it was measured; a bad status and no value when the meter is away. */
function readPoint(meter: OpcuaMeter, quantity: QuantityId, nowMs: number): DataValue {
  const manner = meter.manner();
  const atMs = manner?.kind === 'late' ? nowMs - manner.delayMs : nowMs;
  const sourceTimestamp = new Date(atMs);
  if (manner?.kind === 'silent' || manner?.kind === 'exception') {
    const statusCode =
      manner.kind === 'silent' ? StatusCodes.BadNoCommunication : StatusCodes.BadDeviceFailure;
    return new DataValue({ statusCode, sourceTimestamp });
  }
  const point: OpcuaPoint | undefined = meter.profile.points[quantity];
  const value = meter.valuesAt(atMs)[quantity];
  if (!point || value === undefined) {
    return new DataValue({ statusCode: StatusCodes.BadNoData, sourceTimestamp });
  }
  return new DataValue({
    statusCode: StatusCodes.Good,
    sourceTimestamp,
    value: new Variant({
      dataType: DataType.Double,
      value: scalingOf(quantity, point).toRaw(value),
    }),
  });
}

/** One folder a meter, one variable a quantity it has; read-only. */
function addMeter(server: OPCUAServer, meter: OpcuaMeter, now: () => number): void {
  const space = server.engine.addressSpace;
  if (!space) throw new RangeError('the address space is not there before initialize()');
  const folder = space.getOwnNamespace().addFolder('ObjectsFolder', { browseName: meter.id });
  for (const quantity of Object.keys(meter.valuesAt(now())) as QuantityId[]) {
    const [, uri, nodeId] =
      NODE_ID.exec(meter.profile.points[quantity]?.nodeId.replace('{node}', meter.node) ?? '') ??
      [];
    if (uri === undefined || nodeId === undefined) continue;
    space.registerNamespace(uri).addVariable({
      organizedBy: folder,
      nodeId,
      browseName: quantity,
      displayName: QUANTITIES[quantity].en,
      dataType: DataType.Double,
      accessLevel: 'CurrentRead',
      userAccessLevel: 'CurrentRead',
      minimumSamplingInterval: FASTEST_SAMPLING_MS,
      value: { timestamped_get: () => readPoint(meter, quantity, now()) },
    });
  }
}

/**
 * Offers unencrypted sessions for the demo and SignAndEncrypt beside them, anonymous users in both.
 * @throws AppError `config.invalid` when the port is taken.
 */
export async function startOpcua(options: OpcuaOptions): Promise<SimulatedServer> {
  const { endpoint, hostname, meters, pkiFolder, now } = options;
  const certificates = (name: string) =>
    new OPCUACertificateManager({
      rootFolder: join(pkiFolder, name),
      // A simulator trusts every collector that calls; a real server must not.
      automaticallyAcceptUnknownCertificate: true,
    });
  const server = new OPCUAServer({
    port: endpoint.port,
    host: endpoint.host,
    hostname,
    resourcePath: '',
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    allowAnonymous: true,
    serverCertificateManager: certificates('server'),
    userCertificateManager: certificates('user'),
    serverInfo: { applicationUri: 'urn:jieyue:simulator' },
    buildInfo: { productName: 'Jieyue simulator' },
  });
  try {
    await server.initialize();
    for (const meter of meters) addMeter(server, meter, now);
    await server.start();
  } catch (error) {
    await server.shutdown(0).catch(() => undefined);
    throw listenError(endpoint, error);
  }
  return {
    port: server.endpoints[0]?.port ?? endpoint.port,
    stop: () => server.shutdown(0),
  };
}
