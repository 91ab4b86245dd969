/** `jieyue spool`: what waits for the store, what the store refused, and bringing both on. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { inspectQuarantine, inspectSpool } from '../../collector/spool/inspect.ts';
import { openSpool } from '../../collector/spool.ts';
import { createWriter } from '../../collector/writer.ts';
import { AppError } from '../../domain/errors.ts';
import { openStore } from '../../store/index.ts';
import { readConfig } from '../config.ts';
import { createProgress } from '../progress.ts';
import { openRuntime } from '../runtime.ts';
import { table } from '../table.ts';

interface JsonOption {
  readonly json?: boolean;
}

const DRAIN_LOOK_MS = 200;
const LISTED = 100;

const spoolPath = () => join(readConfig().dataFolder, 'spool.db');
const instant = (atMs: number | undefined) =>
  atMs === undefined ? '-' : new Date(atMs).toISOString();

export function inspect({ json = false }: JsonOption): void {
  const found = inspectSpool(spoolPath());
  if (json) {
    console.log(JSON.stringify(found, null, 2));
    return;
  }
  const rows = [
    ['file', found.path],
    ['size', `${(found.bytes / 1024 ** 2).toFixed(1)} MiB`],
    ['waiting', `${found.records} records in ${found.batches} batches`],
    ['oldest', instant(found.oldestMs)],
    ['newest', instant(found.newestMs)],
    ['thinned', `${found.thinnedBatches} batches`],
    ['quarantined', `${found.quarantined} records`],
    ...found.quarantineReasons.map(({ reason, records }) => ['', `${records}: ${reason}`]),
  ];
  for (const line of table(rows)) console.log(line);
}

export function listQuarantine({ json = false }: JsonOption): void {
  const found = inspectQuarantine(spoolPath(), LISTED);
  if (json) {
    console.log(JSON.stringify(found, null, 2));
    return;
  }
  const rows = found.map((one) => [
    String(one.id),
    instant(one.lastMs),
    `${one.tries}×`,
    one.reason,
    one.record,
  ]);
  for (const line of table([['id', 'last', 'tries', 'reason', 'record'], ...rows]))
    console.log(line);
}

/** Puts records back into the queue. @throws AppError `spool.locked` while a collector runs */
export async function requeue(ids: readonly string[]): Promise<void> {
  const wanted = ids.map(Number);
  const wrong = ids.find((id) => !/^\d+$/.test(id));
  if (wrong !== undefined) {
    throw new AppError(
      'config.invalid',
      `expected ids as 'spool quarantine list' prints them, found '${wrong}'`,
      { found: wrong },
    );
  }
  const spool = openSpool({ path: spoolPath() });
  try {
    const count = spool.requeue(wanted.length > 0 ? wanted : undefined);
    console.log(`${count} records wait for the store again`);
  } finally {
    await spool.close();
  }
}

/** Brings everything to the store without polling a meter; what the store refuses is quarantined. */
export async function drain({ seconds = '600' }: { readonly seconds?: string }): Promise<void> {
  const deadlineMs = Number(seconds) * 1000;
  if (!(deadlineMs > 0)) {
    const text = `--seconds: expected a positive number, found '${seconds}'`;
    throw new AppError('config.invalid', text, { found: seconds });
  }
  const { config, registry } = await openRuntime('spool');
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const store = openStore(config.store, registry);
  // A store that is away or not ours is told now, before anything could be refused by it.
  await store.init();
  const spool = openSpool({ path: join(config.dataFolder, 'spool.db'), logger });
  const writer = createWriter({ spool, sink: store, logger });
  const { records: before } = spool.figures();
  const progress = createProgress('records stored');
  const endMs = performance.now() + deadlineMs;
  writer.start();
  let left = before;
  while (left > 0 && performance.now() < endMs) {
    await delay(DRAIN_LOOK_MS);
    left = spool.figures().records;
    progress(before - left, before);
  }
  await writer.stop();
  await spool.close();
  await store.close();
  const { quarantined } = writer.figures();
  console.log(`${before - left} of ${before} records settled, ${quarantined} of them quarantined`);
  if (left > 0) process.exitCode = 1;
}
