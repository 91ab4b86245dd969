/** What the store's contract is checked with: the demo meters, many more like them, and instants. */
import { join } from 'node:path';
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import type { MeterConsumption } from '../../domain/consumption.ts';
import { DAY_MS, type TimeRange } from '../../domain/period.ts';
import type { Reading } from '../../domain/reading.ts';
import { loadRegistry } from '../../registry/loader.ts';
import type { MeterLookup } from '../../store/checks.ts';
import type { Store } from '../../store/port.ts';

export interface Opened {
  readonly store: Store;
  /** Closes the store and opens another over the same data. */
  reopen(): Promise<Store>;
  dispose(): Promise<void>;
}

export type OpenStore = (meters: MeterLookup) => Promise<Opened>;

const demoFolder = join(import.meta.dirname, '../../registry/demo');
const demo = await loadRegistry(demoFolder, PROFILE_CATALOGUE);

export const MAIN = 'baiyan-center-e';
export const OTHER = 'baiyan-center-e-a';
/** More than a query may name at once. */
export const CROWD = Array.from({ length: 450 }, (_, n) => `crowd-${String(n).padStart(3, '0')}`);

const crowd = new Map(CROWD.map((id) => [id, { ...demo.meter(MAIN), id }]));
export const METERS: MeterLookup = { findAnyMeter: (id) => crowd.get(id) ?? demo.findMeter(id) };

/** A midnight some weeks ago: InfluxDB refuses what is older than its retention. */
export const T0 = Math.floor(Date.now() / DAY_MS) * DAY_MS - 40 * DAY_MS;
export const ALL: TimeRange = { fromMs: T0 - DAY_MS, toMs: T0 + 39 * DAY_MS };

export function reading(meterId: string, atMs: number, values: Reading['values']): Reading {
  return { meterId, atMs, quality: 0, values };
}

export function hourRow(
  meterId: string,
  startMs: number,
  change: Partial<MeterConsumption> = {},
): MeterConsumption {
  return {
    meterId,
    counter: 'activeEnergyImport',
    resolution: 'hour',
    startMs,
    value: 1.5,
    coverage: 1,
    manual: 0,
    estimated: 0,
    known: 1,
    class: 'measured',
    ruleVersion: 1,
    flags: [],
    revision: 0,
    ...change,
  };
}
