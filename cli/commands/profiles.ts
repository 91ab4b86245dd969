/** `jieyue profiles`: what meters can be read here, one of them in full, and whether all are sound. */
import type { Command } from 'commander';
import type { MeterProfile } from '../../collector/profile.ts';
import { lintProfiles, loadProfiles } from '../../collector/profile-files/load.ts';
import { AppError } from '../../domain/errors.ts';
import { formatFault, nearestName } from '../../registry/fault.ts';
import { readConfig } from '../config.ts';
import { profileLine, profileTable } from '../profile-table.ts';
import { table } from '../table.ts';

interface Output {
  readonly json?: boolean;
}

function print(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

/** Every profile, the site's own included. @throws AppError `config.invalid` */
async function list({ json = false }: Output): Promise<void> {
  const { profiles } = await loadProfiles(readConfig().profilesFolder);
  const rows = [...profiles.values()].map(({ id, vendor, model, protocol, status, points }) => {
    return { id, vendor, model, protocol, status, quantities: Object.keys(points) };
  });
  if (json) return print(rows);
  const lines = rows.map(({ quantities, ...row }) => [
    ...Object.values(row),
    `${quantities.length}`,
  ]);
  const head = ['profile', 'vendor', 'model', 'protocol', 'status', 'quantities'];
  for (const line of table([head, ...lines])) console.log(line);
}

function printProfile(profile: MeterProfile): void {
  const { id, vendor, model, status, source, quirks = [] } = profile;
  console.log(`${id}: ${vendor} ${model}, ${status}\n${profileLine(profile)}\nsource: ${source}`);
  for (const quirk of quirks) console.log(`- ${quirk}`);
  const { header, rows } = profileTable(profile);
  for (const line of table([header, ...rows])) console.log(line);
}

/** @throws AppError `config.invalid` naming the profile nearest to the one asked for */
async function show(id: string, { json = false }: Output): Promise<void> {
  const { profiles } = await loadProfiles(readConfig().profilesFolder);
  const profile = profiles.get(id);
  if (!profile) {
    const nearest = nearestName(id, [...profiles.keys()]);
    throw new AppError(
      'config.invalid',
      `expected a meter profile, found '${id}'; did you mean '${nearest}'?`,
      { profile: id },
    );
  }
  if (json) print(profile);
  else printProfile(profile);
}

/** Shipped profiles and those of a folder: every fault, in shape, sense and style. Exit 1 with one. */
async function lint(folder: string | undefined, { json = false }: Output): Promise<void> {
  const { checked, faults } = await lintProfiles(folder ?? readConfig().profilesFolder);
  if (faults.length > 0) process.exitCode = 1;
  if (json) return print({ ok: faults.length === 0, checked, faults });
  for (const fault of faults) console.error(formatFault(fault));
  console.log(
    `${checked} profiles, ${faults.length === 0 ? 'no fault' : `${faults.length} fault(s)`}`,
  );
}

export function define(command: Command): void {
  command
    .command('list')
    .description('all of them, with what they measure')
    .option('--json', 'for programs')
    .action(list);
  command
    .command('show')
    .argument('<id>', 'as in the list')
    .description('its registers, as a table to hold against the manual')
    .option('--json', 'for programs')
    .action(show);
  command
    .command('lint')
    .argument('[folder]', 'profile files to check; JIEYUE_PROFILES when absent')
    .description('every fault in shape, sense and style; exit 1 when there is one')
    .option('--json', 'for programs')
    .action(lint);
}
