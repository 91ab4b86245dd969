/** `jieyue doctor`: what would keep the collector from doing its work here, a line a check. */

import { join } from 'node:path';
import type { Command } from 'commander';
import { type LoadedProfiles, loadProfiles } from '../../collector/profile-files/load.ts';
import { isAppError, messageOf } from '../../domain/errors.ts';
import { readRegistry } from '../../registry/loader.ts';
import type { Registry } from '../../registry/registry.ts';
import { type Config, readConfig } from '../config.ts';
import { type Finding, finding, worst } from '../doctor/finding.ts';
import * as host from '../doctor/host.ts';
import * as site from '../doctor/site.ts';
import { checkClock, checkRights, checkStore } from '../doctor/store.ts';
import { table } from '../table.ts';

async function siteFindings(
  config: Config,
  registry: Registry,
  { profiles }: Pick<LoadedProfiles, 'profiles'>,
): Promise<Finding[]> {
  return [
    site.checkRegistry(config.registryFolder, registry),
    site.checkProfiles(registry, profiles),
    ...site.checkBudgets(registry, profiles),
    ...(await Promise.all(registry.connections.flatMap(host.checkConnection))),
    ...(await host.checkCertificates(join(config.dataFolder, 'pki', 'collector'), registry)),
  ];
}

async function hostFindings(
  { dataFolder, store, metrics, ...api }: Config,
  registry: Registry | undefined,
): Promise<Finding[]> {
  return [
    await host.checkDisk(dataFolder),
    host.checkSpool(dataFolder),
    await checkStore(store, registry),
    ...(await checkRights(store)),
    await checkClock(store),
    await host.checkPort('api', api.host, api.port),
    ...(metrics && metrics.port !== 0
      ? [await host.checkPort('metrics', metrics.host, metrics.port)]
      : []),
  ];
}

async function readSite({ registryFolder, profilesFolder }: Config) {
  const { profiles, catalogue } = await loadProfiles(profilesFolder);
  return { profiles, ...(await readRegistry(registryFolder, catalogue)) };
}

async function examine(): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [finding('settings', 'fail', error.message)];
  }
  const folder = config.registryFolder;
  const read = await readSite(config).catch(messageOf);
  const registry = typeof read === 'string' ? undefined : read.registry;
  return [
    finding('settings', 'ok', `data in ${config.dataFolder}, store ${config.store.kind}`),
    ...(typeof read === 'string' || !read.registry
      ? [site.checkFaults(folder, read)]
      : await siteFindings(config, read.registry, read)),
    ...(await hostFindings(config, registry)),
  ];
}

async function doctor({ json = false }: { readonly json?: boolean }): Promise<void> {
  const findings = await examine();
  const level = worst(findings);
  if (level === 'fail') process.exitCode = 1;
  if (json) {
    console.log(JSON.stringify({ level, findings }, null, 2));
    return;
  }
  const rows = findings.map(({ check, level: at, text, advice }) => [
    at,
    check,
    advice === undefined ? text : `${text} → ${advice}`,
  ]);
  for (const line of table(rows)) console.log(line);
}

export function define(command: Command): void {
  command.option('--json', 'for programs').action(doctor);
}
