/** `jieyue probe`: which framing a port speaks, how the registers round an address may be read, which profile fits. */
import type { Command } from 'commander';
import type { Sought } from '../../collector/probe/candidates.ts';
import { type ProbeWish, probeUnit } from '../../collector/probe/probe.ts';
import type { ModbusProfile } from '../../collector/profile.ts';
import { QUANTITY_IDS } from '../../domain/quantities.ts';
import {
  connectionsOf,
  type LineOptions,
  unitNumber,
  unknownName,
  wholeNumber,
  wrong,
} from '../field-options.ts';
import { modbusProfiles } from '../modbus-profiles.ts';
import { probeText } from '../probe-text.ts';
import { createProgress } from '../progress.ts';

interface ProbeOptions extends LineOptions {
  readonly unit: string;
  readonly profile?: string;
  readonly address?: string;
  readonly count: string;
  readonly quantity?: string;
  readonly display?: string;
  readonly all?: true;
  readonly json?: true;
}

const MAX_COUNT = 64;
const LAST_REGISTER = 0xffff;

function soughtOf({ quantity, display }: ProbeOptions): Sought {
  const known = QUANTITY_IDS.find((id) => id === quantity);
  if (quantity !== undefined && !known) throw unknownName('quantity', quantity, QUANTITY_IDS);
  const shown = display === undefined ? undefined : Number(display);
  if (shown !== undefined && !Number.isFinite(shown)) {
    throw wrong('--display', 'a number', String(display));
  }
  return {
    ...(known === undefined ? {} : { quantity: known }),
    ...(shown === undefined ? {} : { display: shown }),
  };
}

async function profilesOf(id: string | undefined): Promise<readonly ModbusProfile[]> {
  if (id === undefined) return [];
  const known = await modbusProfiles();
  if (id === 'all') return known;
  const profile = known.find((one) => one.id === id);
  if (profile) return [profile];
  throw unknownName('Modbus profile', id, [...known.map((one) => one.id), 'all']);
}

async function wishOf(text: string, options: ProbeOptions): Promise<ProbeWish> {
  const { address } = options;
  const range = address !== undefined && {
    address: wholeNumber('--address', address, [0, LAST_REGISTER]),
    count: wholeNumber('--count', options.count, [1, MAX_COUNT]),
  };
  return {
    connections: connectionsOf(text, options),
    unit: unitNumber(options.unit),
    sought: soughtOf(options),
    profiles: await profilesOf(options.profile),
    onProgress: createProgress('探测 probing', process.stderr),
    ...(range && { range }),
  };
}

/** Registers as `{ "72": 17254 }`. */
function withoutMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

async function probe(text: string, options: ProbeOptions): Promise<void> {
  const result = await probeUnit(await wishOf(text, options));
  console.log(
    options.json
      ? JSON.stringify({ target: text, ...result }, withoutMaps)
      : probeText(text, result, options.all === true),
  );
  process.exitCode = result.problem === undefined ? 0 : 1;
}

export function define(command: Command): void {
  command
    .argument('<target>', 'host:port, or a serial line such as /dev/ttyUSB0')
    .requiredOption('--unit <id>', 'unit id')
    .option('--framing <name>', 'tcp, rtu, ascii (serial) or both', 'both')
    .option('--baud <list>', 'serial: speeds to try', '9600,19200,2400,4800')
    .option('--parity <list>', 'serial: parities to try', 'none,even,odd')
    .option('--address <register>', 'wire address, from 0; decimal or 0x…')
    .option('--count <registers>', 'how many registers from there', '1')
    .option('--quantity <id>', 'what should lie there, e.g. voltageL1')
    .option('--display <value>', "what the meter's display shows")
    .option('--profile <id|all>', 'hold a profile against the device, or rank all')
    .option('--timeout <ms>', 'how long each answer may take', '1000')
    .option('--all', 'list implausible ways of reading too')
    .option('--json', 'one line of JSON')
    .action(probe);
}
