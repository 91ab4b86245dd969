/** `jieyue check`: the registry as a whole, all faults at once, what may be wrong with it, and whether its buses can keep up. */

import { join } from 'node:path';
import type { Command } from 'commander';
import { type BusBudget, budgetOf } from '../../collector/budget.ts';
import { loadProfiles } from '../../collector/profile-files/load.ts';
import { openRefusals } from '../../collector/refusals.ts';
import { localDate } from '../../domain/period.ts';
import { dueVerifications } from '../../registry/equipment.ts';
import { formatFault, type RegistryFault } from '../../registry/fault.ts';
import { readRegistry } from '../../registry/loader.ts';
import type { Registry } from '../../registry/registry.ts';
import { readConfig } from '../config.ts';
import { percent, seconds, table } from '../table.ts';

interface CheckOptions {
  readonly json?: boolean;
}

/** What a person should do about a bus, or nothing. */
function adviceOn(bus: BusBudget): string {
  const dead = `a dead unit costs ${seconds(bus.deadUnitMs)} a poll until it is left alone`;
  if (bus.verdict === 'overloaded') {
    const [worst] = bus.meters.toSorted((a, b) => b.load - a.load);
    return `cannot keep up: poll less often, first ${worst?.meter} (${percent(worst?.load ?? 0)})`;
  }
  if (bus.verdict === 'tight') return `tight: ${dead}`;
  return bus.loadWithDeadUnit > 1 ? `${dead}: others wait (${percent(bus.loadWithDeadUnit)})` : '';
}

function printBuses(buses: readonly BusBudget[]): void {
  const rows = buses.map((bus) => [
    bus.connection,
    bus.kind,
    `${new Set(bus.meters.map(({ meter }) => meter)).size}`,
    percent(bus.load),
    seconds(bus.deadUnitMs),
    bus.verdict === 'ok' ? adviceOn(bus) : bus.verdict,
  ]);
  const head = ['connection', 'kind', 'meters', 'load', 'dead unit', ''];
  for (const line of table([head, ...rows])) console.log(line);
}

function printFaults(faults: readonly RegistryFault[], folder: string): void {
  for (const fault of faults) console.error(formatFault(fault));
  console.error(`${faults.length} fault(s) in ${folder}`);
}

function printWarnings(warnings: readonly RegistryFault[]): void {
  for (const warning of warnings) console.error(`warning: ${formatFault(warning)}`);
}

function printRegistry({ agencies, buildings, meters, connections }: Registry, at: string): void {
  console.log(
    `${at}: ${agencies.length} agencies, ${buildings.length} buildings, ${meters.length} meters on ${connections.length} connections, no fault`,
  );
}

function complain(buses: readonly BusBudget[]): void {
  for (const bus of buses) {
    if (bus.verdict === 'ok') continue;
    const word = bus.verdict === 'overloaded' ? 'error' : 'warning';
    console.error(`${word}: ${bus.connection} is at ${percent(bus.load)}, ${adviceOn(bus)}`);
  }
}

/** Meters to have verified: what the registry says, held against today. */
function toVerify({ meters, region: { zone } }: Registry) {
  const due = dueVerifications(meters, { date: localDate(Date.now(), zone), zone });
  return due.map(({ meter, until, isOverdue }) => ({ meter: meter.id, until, isOverdue }));
}

function printDue(due: ReturnType<typeof toVerify>): void {
  for (const { meter, until, isOverdue } of due) {
    const ends = isOverdue ? 'ended' : 'ends';
    console.error(`warning: the verification of ${meter} ${ends} on ${until}`);
  }
}

async function check({ json = false }: CheckOptions = {}): Promise<void> {
  const { registryFolder, profilesFolder, dataFolder } = readConfig();
  const { profiles, catalogue } = await loadProfiles(profilesFolder);
  const { registry, faults, warnings } = await readRegistry(registryFolder, catalogue);
  const refusals = openRefusals(join(dataFolder, 'refusals.json'));
  const buses = registry ? budgetOf(registry, profiles, refusals) : [];
  const due = registry ? toVerify(registry) : [];
  const isOverloaded = buses.some(({ verdict }) => verdict === 'overloaded');
  if (faults.length > 0 || isOverloaded) process.exitCode = 1;
  if (json) {
    const brief = buses.map(({ meters: _, ...bus }) => bus);
    const ok = process.exitCode !== 1;
    console.log(JSON.stringify({ ok, faults, warnings, due, buses: brief }, null, 2));
    return;
  }
  printWarnings(warnings);
  if (!registry) {
    printFaults(faults, registryFolder);
    return;
  }
  printRegistry(registry, registryFolder);
  printDue(due);
  printBuses(buses);
  complain(buses);
}

export function define(command: Command): void {
  command.option('--json', 'for programs').action(check);
}
