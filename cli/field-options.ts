/** What field tools are given on the command line: each option read strictly, its fault named. */
import { AppError } from '../domain/errors.ts';
import { nearestName } from '../registry/fault.ts';
import type { ModbusConnection, SerialConnection } from '../registry/schema.ts';

/** The port registered for Modbus TCP. */
const MODBUS_PORT = 502;
const MAX_UNIT = 255;
const MIN_TIMEOUT_MS = 20;
const MAX_TIMEOUT_MS = 30_000;

export function wrong(option: string, expected: string, found: string): AppError {
  return new AppError('config.invalid', `${option}: expected ${expected}, found '${found}'`, {
    option,
    expected,
    found,
  });
}

/** A name that is not known, with the nearest that is. */
export function unknownName(kind: string, found: string, known: readonly string[]): AppError {
  const nearest = nearestName(found, known);
  const hint = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
  return new AppError('config.invalid', `no ${kind} '${found}'${hint}`, { found, nearest });
}

/** A whole number, decimal or `0x…`, within the range. */
export function wholeNumber(
  option: string,
  text: string,
  [min, max]: readonly [min: number, max: number],
): number {
  const number = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw wrong(option, `a whole number from ${min} to ${max}`, text);
}

export function unitNumber(text: string): number {
  return wholeNumber('--unit', text, [0, MAX_UNIT]);
}

/** `1-10,20`: unit ids in the order given, each once. */
export function unitList(text: string): number[] {
  const parts = text.split(',').map((part) => /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part.trim()));
  const units = parts.flatMap((part) => {
    const from = Number(part?.[1] ?? Number.NaN);
    const to = Number(part?.[2] ?? from);
    if (!(from <= to && to <= MAX_UNIT)) throw wrong('--units', 'such as 1-10,20', text);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(units)];
}

/** How a device is reached, as given on the command line. */
export interface LineOptions {
  readonly framing: string;
  readonly timeout: string;
  readonly baud: string;
  readonly parity: string;
}

const PARITIES = ['even', 'none', 'odd'] as const;
const BAUDS = [300, 1_000_000] as const;

function listOf<T>(text: string, read: (part: string) => T): T[] {
  return [...new Set(text.split(',').map((part) => read(part.trim())))];
}

function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw wrong(option, `one of ${known.join(', ')}`, text);
  return found;
}

/** Every combination of mode, speed and parity, in the order given. */
function serialLines(path: string, options: LineOptions, timeoutMs: number): SerialConnection[] {
  const framing = oneOf('--framing', options.framing, ['rtu', 'ascii', 'both']);
  const kinds = (['serial-rtu', 'serial-ascii'] as const).filter(
    (kind) => framing === 'both' || kind === `serial-${framing}`,
  );
  const parities = listOf(options.parity, (part) => oneOf('--parity', part, PARITIES));
  const bauds = listOf(options.baud, (part) => wholeNumber('--baud', part, BAUDS));
  return kinds.flatMap((kind) =>
    bauds.flatMap((baud) =>
      parities.map((parity) => ({
        id: 'field',
        kind,
        path,
        baud,
        parity,
        stopBits: 1 as const,
        timeoutMs,
      })),
    ),
  );
}

/** `host:port`, `host` or `[::1]:port`. */
function socketOf(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:\s/]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined)
    throw wrong('target', 'host:port or a serial line such as /dev/ttyUSB0', text);
  return { host, port: port === undefined ? MODBUS_PORT : wholeNumber('port', port, [1, 65_535]) };
}

/** The ways of reaching a target that the options leave open, in the order to try them. */
export function connectionsOf(text: string, options: LineOptions): ModbusConnection[] {
  const timeoutMs = wholeNumber('--timeout', options.timeout, [MIN_TIMEOUT_MS, MAX_TIMEOUT_MS]);
  if (text.startsWith('/')) return serialLines(text, options, timeoutMs);
  const socket = { id: 'field', ...socketOf(text), timeoutMs };
  const framing = oneOf('--framing', options.framing, ['tcp', 'rtu', 'both']);
  return (['modbus-tcp', 'rtu-over-tcp'] as const)
    .filter((kind) => framing === 'both' || (framing === 'tcp') === (kind === 'modbus-tcp'))
    .map((kind) => ({ ...socket, kind }));
}
