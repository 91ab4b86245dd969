/** 10,000 OPC UA items a second: our worker, the whole path behind it, and a bare client of the same library. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeFlags } from '../../../cli/node-flags.ts';
import type { Row } from '../table.ts';
import { type Bench, median } from './bench.ts';
import { cpuMs, type Figures, type Helper, rssMb, startHelper } from './watch.ts';

const ITEMS = 10_000;
const ROUNDS = 3;
const SECONDS = 15;
const WARM_UP_MS = 8_000;

type Kind = 'worker' | 'whole' | 'bare';

function startClient(kind: Kind, args: readonly (string | number)[], sink: Helper) {
  if (kind === 'bare') return startHelper('opcua-client', args, nodeFlags('collect'));
  const storePort = kind === 'whole' ? (sink.hello.port ?? 0) : 'none';
  return startHelper('opcua-collector', [...args, storePort], nodeFlags('collect'));
}

async function observe(client: Helper, server: Helper): Promise<Figures> {
  await delay(WARM_UP_MS);
  client.begin();
  const [fromCpuMs, fromMs] = [cpuMs(client.pid), performance.now()];
  await delay(SECONDS * 1000);
  const usedMs = cpuMs(client.pid) - fromCpuMs;
  const elapsedMs = performance.now() - fromMs;
  const { values = Number.NaN } = await client.figures();
  return {
    ...(await server.figures()),
    valuesPerSecond: (values * 1000) / elapsedMs,
    cpuUsPerValue: (usedMs * 1000) / values,
    rssMb: rssMb(client.pid),
  };
}

/** A server and a sink of their own, so that no round inherits anything. */
async function round(kind: Kind, folder: string): Promise<Figures> {
  const own = mkdtempSync(join(folder, `opcua-${kind}-`));
  const server = await startHelper('opcua-server', [own, ITEMS]);
  const sink = await startHelper('sink');
  try {
    const client = await startClient(kind, [own, ITEMS, server.hello.port ?? 0], sink);
    try {
      return await observe(client, server);
    } finally {
      await client.stop();
    }
  } finally {
    await Promise.all([server.stop(), sink.stop()]);
  }
}

const FIGURES = [
  { name: 'valuesPerSecond', what: 'values', unit: '1/s' },
  { name: 'cpuUsPerValue', what: 'CPU a value', unit: 'µs', goal: 4 },
  { name: 'createMs', what: 'items created', unit: 'ms', goal: 1_000 },
  { name: 'rssMb', what: 'memory', unit: 'MB' },
] as const;
const KINDS = [
  ['worker', 'OPC UA worker'],
  ['whole', 'whole collector'],
  ['bare', 'bare client'],
] as const;

export const opcua: Bench = {
  name: 'opcua',
  takes: 'five minutes',
  note: 'worker: polls and quality, nothing behind them; whole collector: with spool, writer and an HTTP store; bare client: node-opcua with the same subscription, which only counts',
  async run(folder) {
    const rounds: Record<Kind, Figures[]> = { worker: [], whole: [], bare: [] };
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      for (const [kind] of KINDS) rounds[kind].push(await round(kind, folder));
    }
    return KINDS.flatMap(([kind, name]) =>
      FIGURES.map(
        ({ name: figure, what, unit, ...rest }): Row => ({
          what: `${ITEMS} items at 1 s, ${name}: ${what}`,
          value: median(rounds[kind], figure),
          unit,
          ...(kind === 'worker' ? rest : {}),
        }),
      ),
    );
  },
};
