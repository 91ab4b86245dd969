/** `jieyue read`: what a configured meter says right now, over its own connection; nothing is stored. */

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { openLine } from '../../collector/probe/lines.ts';
import { readModbusMeter } from '../../collector/probe/read-modbus.ts';
import { readOpcuaMeter } from '../../collector/probe/read-opcua.ts';
import type { Readout } from '../../collector/probe/readout.ts';
import { AppError } from '../../domain/errors.ts';
import { QUANTITIES } from '../../domain/quantities.ts';
import type { Meter } from '../../registry/schema.ts';
import { unknownName, wholeNumber } from '../field-options.ts';
import { openRuntime, type Runtime } from '../runtime.ts';
import { formatTable } from '../table.ts';

interface ReadOptions {
  /** Seconds between reads; true for the meter's own period. */
  readonly watch?: string | true;
  readonly json?: true;
}

const MAX_WATCH_SECONDS = 3600;

interface Reader {
  read(): Promise<Readout>;
  close(): void;
}

function readerOf(meter: Meter, { config, registry, profiles }: Runtime): Reader {
  const profile = profiles.get(meter.profile);
  const connection = registry.connection(meter.connection);
  const { id, unit, node } = meter;
  if (connection.kind === 'opcua') {
    if (profile?.protocol !== 'opcua' || node === undefined) throw misplaced(meter);
    const pkiFolder = join(config.dataFolder, 'pki', 'collector');
    const read = () =>
      readOpcuaMeter({ meter: { id, node }, profile, connection, pkiFolder, now: Date.now });
    return { read, close: () => {} };
  }
  if (profile?.protocol !== 'modbus' || unit === undefined) throw misplaced(meter);
  const line = openLine(connection);
  return {
    read: () => readModbusMeter(line, { meter: { id, unit, profile }, connection, now: Date.now }),
    close: () => line.close(),
  };
}

function misplaced({ id, profile, connection }: Meter): AppError {
  const text = `${id}: profile '${profile}' does not go with connection '${connection}'`;
  return new AppError('config.invalid', text, { meter: id, profile, connection });
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(1);
}

function print(readout: Readout, meter: Meter): void {
  const { requests, values, quality, problem, atMs } = readout;
  const where = meter.unit === undefined ? `node ${meter.node}` : `unit ${meter.unit}`;
  const asked = formatTable(
    [{ title: '请求 request' }, { title: '结果 outcome' }, { title: 'ms', align: 'right' }],
    requests.map(({ what, outcome, roundTripMs }) => [what, outcome, milliseconds(roundTripMs)]),
  );
  const read = formatTable(
    [
      { title: '量 quantity' },
      { title: '' },
      { title: '值 value', align: 'right' },
      { title: '单位 unit' },
      { title: '原始 raw' },
      { title: '位置 where' },
      { title: '备注 note' },
    ],
    values.map(({ quantity, value, raw = '', where: at, note = '' }) => [
      QUANTITIES[quantity].zh,
      quantity,
      value === undefined ? '–' : String(Number(value.toPrecision(12))),
      QUANTITIES[quantity].unit,
      raw,
      at,
      note,
    ]),
  );
  console.log(
    `${meter.name.zh} ${meter.id} · ${readout.connection} ${where} · ${readout.profile} · ${new Date(atMs).toISOString()}`,
  );
  console.log(`\n${asked}\n\n${read}\n\n质量 quality: ${quality.join(', ')}`);
  if (problem !== undefined) console.error(problem);
}

async function read(meterId: string, options: ReadOptions): Promise<void> {
  const runtime = await openRuntime('read');
  const meter = runtime.registry.findMeter(meterId);
  if (!meter)
    throw unknownName(
      'meter',
      meterId,
      runtime.registry.meters.map(({ id }) => id),
    );
  const everySeconds =
    typeof options.watch === 'string'
      ? wholeNumber('--watch', options.watch, [1, MAX_WATCH_SECONDS])
      : meter.pollSeconds;
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  const reader = readerOf(meter, runtime);
  try {
    do {
      const readout = await reader.read();
      if (options.json) console.log(JSON.stringify(readout));
      else print(readout, meter);
      process.exitCode = readout.problem === undefined ? 0 : 1;
      if (options.watch === undefined) return;
      await delay(everySeconds * 1000, undefined, { signal: stopping.signal }).catch(() => {});
    } while (!stopping.signal.aborted);
  } finally {
    reader.close();
  }
}

export function define(command: Command): void {
  command
    .argument('<meter>', 'id of a meter of the registry')
    .option(
      '--watch [seconds]',
      "again and again, at the meter's own period when no seconds are given",
    )
    .option('--json', 'one line of JSON a read')
    .action(read);
}
