/** One gateway with its meters, behind a fault proxy. */
import { PROFILES_BY_ID } from '../../../collector/profiles/index.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { Connection } from '../../../registry/schema.ts';
import { createFaultBoard, type FaultBoard } from '../../../simulators/faults/board.ts';
import { startModbusTcp } from '../../../simulators/modbus-tcp.ts';
import { createModbusUnit } from '../../../simulators/modbus-unit.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { type FaultProxy, startFaultProxy } from '../../../simulators/proxy.ts';
import { startRtuOverTcp } from '../../../simulators/rtu-over-tcp.ts';
import { indexOf, shownBy, TICK_MS } from './region.ts';

/** A board whose meters show what the soak expects of them. */
export function soakBoard(registry: Registry, startMs: number): FaultBoard {
  const truth = {
    ...createTruth({ registry }),
    meter: (id: string) => ({
      cumulative: () => 0,
      valuesAt: (atMs: number) => shownBy(indexOf(id), Math.floor((atMs - startMs) / TICK_MS)),
    }),
  };
  return createFaultBoard({ registry, truth, now: Date.now });
}

export interface GatewayOptions {
  readonly registry: Registry;
  readonly board: FaultBoard;
  readonly connection: Connection;
  readonly seed: number;
}

export interface Gateway {
  readonly proxy: FaultProxy;
  stop(): Promise<void>;
}

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { registry, board, connection, seed } = options;
  const units = registry.metersOn(connection.id).map((meter) => {
    const profile = PROFILES_BY_ID.get(meter.profile);
    if (profile?.protocol !== 'modbus') throw new RangeError(`${meter.profile} is not Modbus`);
    const unit = createModbusUnit({
      profile,
      values: () => board.valuesAt(meter.id, Date.now()),
      manner: () => board.mannerOf(meter.id),
    });
    return [meter.unit ?? 0, unit] as const;
  });
  const endpoint = { connectionId: connection.id, host: '127.0.0.1', port: 0 };
  const isTcp = connection.kind === 'modbus-tcp';
  const server = await (isTcp ? startModbusTcp : startRtuOverTcp)(endpoint, new Map(units));
  const { port } = server;
  const proxy = await startFaultProxy({ ...endpoint, port, framing: isTcp ? 'mbap' : 'rtu', seed });
  return {
    proxy,
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}
