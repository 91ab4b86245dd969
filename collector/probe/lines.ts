/** Opens a line of any kind: of the registry, or one that somebody is trying out. */
import type { ModbusConnection } from '../../registry/schema.ts';
import type { ReadRequest } from '../drivers/modbus/framing.ts';
import { FRAMINGS } from '../drivers/modbus/framings.ts';
import { createModbusLink } from '../drivers/modbus/link.ts';
import { pauseMsOf } from '../line-cost.ts';
import { createLine, isGatewayAnswer, type Line, outcomeOf } from './line.ts';

export function openLine(connection: ModbusConnection): Line {
  const { kind, timeoutMs, connectDelayMs = 0 } = connection;
  const link = createModbusLink({
    ...connection,
    framing: FRAMINGS[kind],
    connectTimeoutMs: timeoutMs,
  });
  return createLine(link, { timeoutMs, connectDelayMs, pauseMs: pauseMsOf(connection) });
}

/** `RTU over TCP`, `serial RTU 9600 8E1`. */
export function lineName(connection: ModbusConnection): string {
  switch (connection.kind) {
    case 'modbus-tcp':
      return 'Modbus TCP';
    case 'rtu-over-tcp':
      return 'RTU over TCP';
    case 'serial-rtu':
    case 'serial-ascii': {
      const { kind, baud, parity, dataBits = 8, stopBits } = connection;
      const mode = kind === 'serial-rtu' ? 'RTU' : 'ASCII';
      return `serial ${mode} ${baud} ${dataBits}${parity[0]?.toUpperCase()}${stopBits}`;
    }
  }
}

export interface LineTrial {
  readonly line: string;
  /** An answer in this framing came, be it a refusal of the device or of the gateway. */
  readonly speaks: boolean;
  /** A gateway answered that it cannot reach the unit. */
  readonly unitIsUnreached: boolean;
  readonly outcome: string;
}

/** Asks for one register in both tables, as some devices are silent where they should refuse. */
export async function tryLine(
  connection: ModbusConnection,
  where: Pick<ReadRequest, 'unit' | 'address'>,
): Promise<LineTrial> {
  const line = openLine(connection);
  try {
    let answer = await line.ask({ ...where, functionCode: 3, count: 1 });
    if (answer.kind === 'silent') answer = await line.ask({ ...where, functionCode: 4, count: 1 });
    return {
      line: lineName(connection),
      speaks: answer.kind === 'data' || answer.kind === 'exception',
      unitIsUnreached: isGatewayAnswer(answer),
      outcome: outcomeOf(answer),
    };
  } finally {
    line.close();
  }
}
