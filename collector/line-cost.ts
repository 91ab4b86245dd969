/** What a read costs on a connection, in bus time: characters, silence, the device's own time. */
import type { ModbusConnection } from '../registry/schema.ts';
import { LINK_COSTS, type LinkCost, type ReadBlock } from './codec/plan.ts';
import { dataBytesOf } from './drivers/modbus/framing.ts';

type BlockSize = Pick<ReadBlock, 'functionCode' | 'count'>;

interface Line {
  readonly baud: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly dataBits: 7 | 8;
  readonly stopBits: 1 | 2;
}

/** Usual delivery state of gateways and meters, where the registry does not say. */
const USUAL_LINE: Line = { baud: 9600, parity: 'none', dataBits: 8, stopBits: 1 };

/** What a meter takes to answer. */
const TURNAROUND_MS = 30;
/** Above 19200 baud the silence between frames no longer shrinks (Modbus over Serial Line V1.02, §2.5.1.1). */
const FIXED_SILENCE_ABOVE_BAUD = 19_200;
const FIXED_SILENCE_MS = 1.75;
const SILENCE_CHARACTERS = 3.5;

const MBAP_REQUEST_BYTES = 12;
const MBAP_REPLY_BYTES = 9;
/** Characters of a request and of a reply without data. */
const RTU = { request: 8, reply: 5, perByte: 1 };
const ASCII = { request: 17, reply: 11, perByte: 2 };

function lineOf(connection: ModbusConnection): Line | undefined {
  if (connection.kind === 'modbus-tcp' && connection.baud === undefined) return undefined;
  const { baud, parity, dataBits, stopBits } = connection;
  return {
    baud: baud ?? USUAL_LINE.baud,
    parity: parity ?? USUAL_LINE.parity,
    dataBits: dataBits ?? USUAL_LINE.dataBits,
    stopBits: stopBits ?? USUAL_LINE.stopBits,
  };
}

function characterMs({ baud, parity, dataBits, stopBits }: Line): number {
  return ((1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits) / baud) * 1000;
}

/** Silence that ends a frame on an RTU line. */
function silenceMs(line: Line): number {
  if (line.baud > FIXED_SILENCE_ABOVE_BAUD) return FIXED_SILENCE_MS;
  return SILENCE_CHARACTERS * characterMs(line);
}

/** Least pause between a reply and the next request on a line of our own; gateways see to theirs. */
export function pauseMsOf(connection: ModbusConnection): number {
  const { gapMs = 0 } = connection;
  const line = lineOf(connection);
  if (connection.kind !== 'serial-rtu' || !line) return gapMs;
  return Math.max(gapMs, silenceMs(line));
}

/** Fits the measured 55/93/176/301 ms for 2/20/60/120 registers at 9600 8N1. */
export function costOf(connection: ModbusConnection): LinkCost {
  const { gapMs = 0 } = connection;
  const line = lineOf(connection);
  if (!line) {
    const { transactionMs, registerMs } = LINK_COSTS.tcp;
    return { transactionMs: transactionMs + gapMs, registerMs };
  }
  const isAscii = connection.kind === 'serial-ascii';
  const characters = isAscii ? ASCII : RTU;
  const perCharacterMs = characterMs(line);
  const silencesMs = isAscii ? 0 : 2 * silenceMs(line);
  const framesMs = (characters.request + characters.reply) * perCharacterMs;
  return {
    transactionMs: framesMs + silencesMs + TURNAROUND_MS + gapMs,
    registerMs: 2 * characters.perByte * perCharacterMs,
  };
}

/** Bytes a read moves over the wire, both ways. */
export function bytesOf({ kind }: ModbusConnection, request: BlockSize): number {
  const data = dataBytesOf(request);
  switch (kind) {
    case 'modbus-tcp':
      return MBAP_REQUEST_BYTES + MBAP_REPLY_BYTES + data;
    case 'serial-ascii':
      return ASCII.request + ASCII.reply + data * ASCII.perByte;
    case 'rtu-over-tcp':
    case 'serial-rtu':
      return RTU.request + RTU.reply + data;
  }
}
