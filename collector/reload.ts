/** What another registry means for the buses: only those it touches are restarted. */
import { hash } from 'node:crypto';
import type { Registry } from '../registry/registry.ts';
import type { Meter } from '../registry/schema.ts';
import type { Profiles } from './open-source.ts';

/** Ids of connections. */
export interface ReloadPlan {
  readonly kept: readonly string[];
  /** Restarted, since the connection, its meters or their profiles differ. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What a meter says about accounts; all else changes how it is read, fields yet to come included. */
const FOR_ACCOUNTS: ReadonlySet<string> = new Set<keyof Meter>([
  'name',
  'building',
  'carrier',
  'item',
  'level',
  'parent',
  'agency',
  'shares',
  'waterUse',
  'counter',
  'multiplier',
  'replacements',
  'maxPerHour',
  'accuracyClass',
  'diameterMm',
  'serialNumber',
  'verification',
]);

/** A hash of all a bus depends on, by connection that has meters; the text of thousands would be megabytes. */
export function busKeys(registry: Registry, profiles: Profiles): Map<string, string> {
  const keys = new Map<string, string>();
  for (const connection of registry.connections) {
    const meters = registry.metersOn(connection.id);
    if (meters.length === 0) continue;
    const read = meters.map((meter) =>
      Object.entries(meter).filter(([field]) => !FOR_ACCOUNTS.has(field)),
    );
    const used = [...new Set(meters.map(({ profile }) => profile))].sort();
    const tables = used.map((profile) => profiles.get(profile));
    keys.set(connection.id, hash('sha256', JSON.stringify([connection, read, tables]), 'base64'));
  }
  return keys;
}

export function planReload(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ReloadPlan {
  const both = [...after.keys()].filter((id) => before.has(id));
  return {
    kept: both.filter((id) => before.get(id) === after.get(id)),
    changed: both.filter((id) => before.get(id) !== after.get(id)),
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
  };
}
