/** Starts the simulated meters of a registry, each connection on its real protocol. */
import { join } from 'node:path';
import type { MeterProfile } from '../collector/profile.ts';
import { PROFILES_BY_ID } from '../collector/profiles/index.ts';
import { AppError } from '../domain/errors.ts';
import { createRegistry, type Registry } from '../registry/registry.ts';
import type { Connection, Meter, SerialConnection } from '../registry/schema.ts';
import { createFaultBoard, type FaultBoard, type Faults } from './faults/board.ts';
import { startModbusTcp } from './modbus-tcp.ts';
import { createModbusUnit, type ModbusUnit } from './modbus-unit.ts';
import { createTruth, type Truth } from './model/truth.ts';
import type { OpcuaMeter } from './opcua.ts';
import { startRtuOverTcp } from './rtu-over-tcp.ts';
import type { SimulatedServer } from './server.ts';

export interface SimulatorOptions {
  readonly registry: Registry;
  /** The shipped ones when absent. */
  readonly profiles?: ReadonlyMap<string, MeterProfile>;
  readonly seed?: number;
  readonly now?: () => number;
  /** Address to listen on; loopback when absent. */
  readonly host?: string;
  /** The ports the registry names, or free ones the system chooses. */
  readonly ports: 'registry' | 'ephemeral';
  /** Where the OPC UA servers keep keys and certificates. */
  readonly pkiFolder: string;
}

export interface Simulators {
  /** The registry given, with the host and port each connection really has. */
  readonly registry: Registry;
  readonly faults: Faults;
  readonly truth: Truth;
  stop(): Promise<void>;
}

interface Context extends SimulatorOptions {
  readonly profiles: ReadonlyMap<string, MeterProfile>;
  readonly board: FaultBoard;
  readonly now: () => number;
  readonly host: string;
}

function modbusUnits(
  meters: readonly Meter[],
  { board, now, profiles }: Context,
): Map<number, ModbusUnit> {
  return new Map(
    meters.flatMap((meter) => {
      const profile = profiles.get(meter.profile);
      if (profile?.protocol !== 'modbus' || meter.unit === undefined) return [];
      const unit = createModbusUnit({
        profile,
        values: () => board.valuesAt(meter.id, now()),
        manner: () => board.mannerOf(meter.id),
      });
      return [[meter.unit, unit] as const];
    }),
  );
}

function opcuaMeters(meters: readonly Meter[], { board, profiles }: Context): OpcuaMeter[] {
  return meters.flatMap((meter) => {
    const profile = profiles.get(meter.profile);
    if (profile?.protocol !== 'opcua' || meter.node === undefined) return [];
    return {
      id: meter.id,
      node: meter.node,
      profile,
      valuesAt: (atMs: number) => board.valuesAt(meter.id, atMs),
      manner: () => board.mannerOf(meter.id),
    };
  });
}

function withoutSimulator({ id, path }: SerialConnection): AppError {
  const text = `${id}: expected a connection over the network, found the serial line ${path}, which has no simulator`;
  return new AppError('config.invalid', text, { connection: id, path });
}

/** Name and port in an endpoint such as `opc.tcp://host:4840/path`. */
function addressOf(connection: Connection): { readonly host: string; readonly port: number } {
  if ('path' in connection) throw withoutSimulator(connection);
  if (connection.kind !== 'opcua') return connection;
  const { hostname, port } = new URL(connection.endpoint.replace(/^opc\.tcp/, 'http'));
  // 4840 is the port registered for OPC UA binary.
  return { host: hostname, port: Number(port || 4840) };
}

async function startServer(connection: Connection, context: Context): Promise<SimulatedServer> {
  const { registry, host, ports, now, pkiFolder } = context;
  const port = ports === 'ephemeral' ? 0 : addressOf(connection).port;
  const endpoint = { connectionId: connection.id, host, port };
  const meters = registry.metersOn(connection.id);
  switch (connection.kind) {
    case 'modbus-tcp':
      return startModbusTcp(endpoint, modbusUnits(meters, context));
    case 'rtu-over-tcp':
      return startRtuOverTcp(endpoint, modbusUnits(meters, context));
    case 'serial-rtu':
    case 'serial-ascii':
      throw withoutSimulator(connection);
    case 'opcua': {
      // Half a second and 70 MB that a registry without OPC UA need not pay.
      const { startOpcua } = await import('./opcua.ts');
      return startOpcua({
        endpoint,
        hostname: addressOf(connection).host,
        meters: opcuaMeters(meters, context),
        pkiFolder: join(pkiFolder, connection.id),
        now,
      });
    }
  }
}

/** Where clients reach a server that listens on `host`. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function located(connection: Connection, host: string, port: number): Connection {
  if (connection.kind === 'opcua') return { ...connection, endpoint: `opc.tcp://${host}:${port}` };
  return 'path' in connection ? connection : { ...connection, host, port };
}

/**
 * All servers of the registry's connections; none when one of them cannot start.
 * @throws AppError `config.invalid` naming the connection and the port that is taken.
 */
export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const { registry, now = Date.now, host = '127.0.0.1' } = options;
  const truth = createTruth(options);
  const board = createFaultBoard({ registry, truth, now });
  const { profiles = PROFILES_BY_ID } = options;
  const context: Context = { ...options, profiles, board, now, host };

  const outcomes = await Promise.allSettled(
    registry.connections.map(async (connection) => ({
      connection,
      server: await startServer(connection, context),
    })),
  );
  const started = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value] : [],
  );
  const stop = async () => {
    await Promise.all(started.map(({ server }) => server.stop()));
  };
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }

  const connections = started.map(({ connection, server }) =>
    located(connection, reachable(host), server.port),
  );
  return {
    registry: createRegistry({ ...registry, connections }, registry.profiles),
    faults: board,
    truth,
    stop,
  };
}
