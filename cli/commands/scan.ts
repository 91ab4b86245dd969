/** `jieyue scan`: which unit ids answer behind a gateway or on a serial line, and which profile each might be. */
import type { Command } from 'commander';
import { costOf } from '../../collector/line-cost.ts';
import { exceptionText } from '../../collector/probe/line.ts';
import { lineName, openLine } from '../../collector/probe/lines.ts';
import { type ProfileMatch, rankProfiles } from '../../collector/probe/match.ts';
import { type FoundUnit, type ScanResult, scanUnits } from '../../collector/probe/scan.ts';
import type { ModbusConnection } from '../../registry/schema.ts';
import { connectionsOf, type LineOptions, unitList } from '../field-options.ts';
import { modbusProfiles } from '../modbus-profiles.ts';
import { createProgress } from '../progress.ts';
import { formatTable } from '../table.ts';

interface ScanOptions extends LineOptions {
  readonly units: string;
  readonly identify?: true;
  readonly json?: true;
}

interface Identified extends FoundUnit {
  /** The best profiles, when asked for. */
  readonly profiles?: readonly Pick<ProfileMatch, 'profile' | 'score'>[];
}

interface Scan extends Omit<ScanResult, 'found'> {
  readonly line: string;
  readonly found: readonly Identified[];
}

const SHOWN_PROFILES = 3;
/** More devices than a line carries (RS-485), and no silence: the device does not look at the unit id. */
const EVERY_UNIT = 32;

/** Adds to each unit the profiles that read best from it. */
async function identified(
  connection: ModbusConnection,
  found: readonly FoundUnit[],
): Promise<Identified[]> {
  const known = await modbusProfiles();
  const total = found.length * known.length;
  const progress = createProgress('识别 identifying', process.stderr);
  const line = openLine(connection);
  const cost = costOf(connection);
  const units: Identified[] = [];
  let done = 0;
  try {
    for (const one of found) {
      const ranked = await rankProfiles({ line, unit: one.unit, cost }, known, () => {
        done += 1;
        progress(done, total);
      });
      const profiles = ranked
        .filter(({ score }) => score > 0)
        .slice(0, SHOWN_PROFILES)
        .map(({ profile, score }) => ({ profile, score }));
      units.push({ ...one, profiles });
    }
  } finally {
    line.close();
  }
  return units;
}

/** Scans in each way until one is answered in, by units or by a gateway for them. */
async function scanLines(
  connections: readonly ModbusConnection[],
  units: readonly number[],
  isIdentifying: boolean,
): Promise<Scan[]> {
  const progress = createProgress('扫描 scanning', process.stderr);
  const total = connections.length * units.length;
  const scans: Scan[] = [];
  for (const [index, connection] of connections.entries()) {
    const line = openLine(connection);
    const result = await scanUnits(line, units, (asked) =>
      progress(index * units.length + asked, total),
    ).finally(() => line.close());
    const isAnswered = result.found.length + result.unreached > 0;
    if (isAnswered) progress(total, total);
    const found = isIdentifying ? await identified(connection, result.found) : result.found;
    scans.push({ line: lineName(connection), ...result, found });
    if (isAnswered || result.unreachable !== undefined) break;
  }
  return scans;
}

/** What a person should know beside the list. */
function notesOf({ found, asked, garbled, lateReplies, unreached, unreachable }: Scan): string[] {
  const notes: string[] = [];
  if (unreachable !== undefined) notes.push(`无法连接 no connection: ${unreachable}`);
  if (found.length === asked && asked >= EVERY_UNIT) {
    notes.push('每个地址都有应答 every unit id answers: the device does not look at the unit id');
  }
  if (lateReplies > 0) {
    notes.push(`应答过晚 ${lateReplies} answer(s) came too late: repeat with a longer --timeout`);
  }
  const [bad] = garbled;
  if (bad) {
    const what = '有设备，但串口参数可能不对 a device is there, the line settings may be wrong';
    notes.push(`${what}: ${garbled.length} × ${bad.reason}`);
  }
  if (unreached > 0) notes.push(`网关代答 the gateway could not reach ${unreached} unit(s)`);
  return notes;
}

function scanText(target: string, scan: Scan): string {
  const { line, found, asked } = scan;
  const rows = found.map(({ unit, functionCode, answer, roundTripMs, profiles = [] }) => [
    String(unit),
    `FC${functionCode}`,
    answer === 'data' ? 'data' : `exception ${exceptionText(answer)}`,
    roundTripMs.toFixed(1),
    profiles.map(({ profile, score }) => `${profile} ${Math.round(score * 100)} %`).join(', '),
  ]);
  const columns = [
    { title: '单元 unit', align: 'right' },
    { title: '功能码' },
    { title: '应答 answer' },
    { title: 'ms', align: 'right' },
    { title: '可能的型号 profile' },
  ] as const;
  const hasProfiles = found.some(({ profiles }) => profiles !== undefined);
  const table = formatTable(hasProfiles ? columns : columns.slice(0, 4), rows);
  return [
    `${target} (${line}): ${found.length} / ${asked} 个地址应答 units answer`,
    ...(rows.length > 0 ? [table] : []),
    ...notesOf(scan),
  ].join('\n');
}

async function scan(target: string, options: ScanOptions): Promise<void> {
  const connections = connectionsOf(target, options);
  const units = unitList(options.units);
  const scans = await scanLines(connections, units, options.identify === true);
  if (options.json) console.log(JSON.stringify({ target, scans }));
  else for (const one of scans) console.log(scanText(target, one));
  process.exitCode = scans.some(({ found }) => found.length > 0) ? 0 : 1;
}

export function define(command: Command): void {
  command
    .argument('<target>', 'host:port, or a serial line such as /dev/ttyUSB0')
    .option('--units <list>', 'such as 1-10,20', '1-247')
    .option('--framing <name>', 'tcp, rtu, ascii (serial) or both', 'both')
    .option('--baud <list>', 'serial: speeds to try', '9600,19200,2400,4800')
    .option('--parity <list>', 'serial: parities to try', 'none,even,odd')
    .option('--timeout <ms>', 'how long each answer may take', '300')
    .option('--identify', 'hold all profiles against each unit found')
    .option('--json', 'one line of JSON')
    .action(scan);
}
