/** `jieyue plan`: which registers are read together, and what each read costs. */

import { join } from 'node:path';
import type { Command } from 'commander';
import { type BusBudget, budgetOf, type MeterBudget } from '../../collector/budget.ts';
import { loadProfiles } from '../../collector/profile-files/load.ts';
import { openRefusals } from '../../collector/refusals.ts';
import { AppError } from '../../domain/errors.ts';
import { nearestName } from '../../registry/fault.ts';
import { loadRegistry } from '../../registry/loader.ts';
import { readConfig } from '../config.ts';
import { percent, seconds, table } from '../table.ts';

interface PlanOptions {
  readonly json?: boolean;
}

/** The buses, or those with the connection or meter of that name, cut down to it. */
function select(buses: readonly BusBudget[], name: string | undefined): BusBudget[] {
  if (name === undefined) return [...buses];
  const chosen = buses.flatMap((bus) => {
    if (bus.connection === name) return [bus];
    const meters = bus.meters.filter(({ meter }) => meter === name);
    return meters.length > 0 ? [{ ...bus, meters }] : [];
  });
  if (chosen.length > 0) return chosen;
  const known = buses.flatMap(({ connection, meters }) => [
    connection,
    ...meters.map(({ meter }) => meter),
  ]);
  const text = `expected a Modbus connection or a meter on one, found '${name}'; did you mean '${nearestName(name, known)}'?`;
  throw new AppError('config.invalid', text, { name });
}

function rowsOf(budget: MeterBudget): string[][] {
  const { meter, unit, group, periodMs, blocks } = budget;
  const who = group === undefined ? meter : `${meter}/${group}`;
  return blocks.map(({ functionCode, address, count, bytes, ms, quantities }, index) => [
    index === 0 ? who : '',
    index === 0 ? `${unit}` : '',
    index === 0 ? seconds(periodMs) : '',
    `${functionCode}`,
    `${address}+${count}`,
    `${bytes}`,
    ms.toFixed(0),
    quantities.join(' '),
  ]);
}

const HEAD = ['meter', 'unit', 'every', 'fc', 'registers', 'bytes', 'ms', 'quantities'];

/** @throws AppError `registry.invalid`, or `config.invalid` for a name the registry does not have */
async function plan(name: string | undefined, { json = false }: PlanOptions): Promise<void> {
  const { registryFolder, profilesFolder, dataFolder } = readConfig();
  const { profiles, catalogue } = await loadProfiles(profilesFolder);
  const registry = await loadRegistry(registryFolder, catalogue);
  const refusals = openRefusals(join(dataFolder, 'refusals.json'));
  const buses = select(budgetOf(registry, profiles, refusals), name);
  if (json) {
    console.log(JSON.stringify(buses, null, 2));
    return;
  }
  for (const { connection, kind, load, meters } of buses) {
    console.log(`${connection} (${kind}), load ${percent(load)}`);
    for (const line of table([HEAD, ...meters.flatMap(rowsOf)])) console.log(`  ${line}`);
  }
}

export function define(command: Command): void {
  command
    .argument('[name]', 'a connection or a meter; all when absent')
    .option('--json', 'for programs')
    .action(plan);
}
