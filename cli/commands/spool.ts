/** `jieyue spool`: what waits for the store, what the store refused, and sending that again. */
import type { Command } from 'commander';
import { inspectQuarantine, inspectSpool } from '../../collector/spool/inspect.ts';
import { askToRequeue } from '../../collector/spool/requests.ts';
import { AppError } from '../../domain/errors.ts';
import { drain } from '../spool-drain.ts';
import { openUnlessHeld, spoolPath } from '../spool-file.ts';
import { table } from '../table.ts';

interface JsonOption {
  readonly json?: boolean;
}

const LISTED = 100;

const instant = (atMs: number | undefined) =>
  atMs === undefined ? '-' : new Date(atMs).toISOString();

function inspect({ json = false }: JsonOption): void {
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

function listQuarantine({ json = false }: JsonOption): void {
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

/** Puts records back into the queue, by way of the collector while one runs. */
async function requeue(given: readonly string[]): Promise<void> {
  const wrong = given.find((id) => !/^\d+$/.test(id));
  if (wrong !== undefined) {
    throw new AppError(
      'config.invalid',
      `expected ids as 'spool quarantine list' prints them, found '${wrong}'`,
      { found: wrong },
    );
  }
  const ids = given.length > 0 ? { ids: given.map(Number) } : {};
  const spool = openUnlessHeld(spoolPath());
  const count = spool?.requeue(ids.ids) ?? (await askToRequeue({ path: spoolPath(), ...ids }));
  await spool?.close();
  console.log(`${count} records wait for the store${spool ? '' : '; the collector brings them'}`);
}

export function define(command: Command): void {
  command
    .command('inspect')
    .description('what waits and what was refused; also while the collector runs')
    .option('--json', 'for programs')
    .action(inspect);
  command
    .command('drain')
    .description('bring everything to the store; a collector that runs is watched doing so')
    .option('--seconds <seconds>', 'give up after this long', '600')
    .action(drain);
  const quarantine = command.command('quarantine').description('records the store refused');
  quarantine
    .command('list')
    .description('the oldest hundred, each with the reason')
    .option('--json', 'for programs')
    .action(listQuarantine);
  quarantine
    .command('requeue')
    .argument('[ids...]', 'as listed; all when absent')
    .description('send them to the store again; also while the collector runs')
    .action(requeue);
}
