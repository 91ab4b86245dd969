/** A registry of any number of equal meters, each with 20 float32 in one read and a connection of its own. */

import type { MeterProfile, ModbusProfile } from '../../collector/profile.ts';
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import { QUANTITIES, QUANTITY_IDS } from '../../domain/quantities.ts';
import { createRegistry, type Registry } from '../../registry/registry.ts';
import type { Connection, ModbusConnection } from '../../registry/schema.ts';

const VALUES = 20;
const named = QUANTITY_IDS.slice(0, VALUES);

/** As many of the 20 as there are quantities; the last lies at the end, so that all 40 registers are read. */
const profile: ModbusProfile = {
  id: 'park',
  vendor: 'none',
  model: 'park',
  status: 'unverified',
  source: 'none: a meter of the bench',
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 125,
  points: Object.fromEntries(
    named.map((quantity, at) => [
      quantity,
      {
        address: 2 * (at === named.length - 1 ? VALUES - 1 : at),
        type: 'float32',
        unit: QUANTITIES[quantity].unit,
        range: [0, 1_000],
      },
    ]),
  ),
};

export const PARK_PROFILES: ReadonlyMap<string, MeterProfile> = new Map([[profile.id, profile]]);

function connectionOf(at: number, port: number): ModbusConnection {
  return { id: `c${at}`, kind: 'modbus-tcp', host: '127.0.0.1', port, timeoutMs: 800 };
}

interface ParkMeter {
  readonly connection: string;
  readonly profile: string;
  readonly unit?: number;
  readonly node?: string;
}

/** Meters once a second in one building. */
export function parkRegistry(
  connections: readonly Connection[],
  meters: readonly ParkMeter[],
): Registry {
  return createRegistry(
    {
      region: {
        id: 'bench',
        name: { zh: '台架', en: 'Bench' },
        zone: 'Asia/Shanghai',
        climateZone: '1C',
        heatingSeason: { from: '10-15', to: '04-15' },
      },
      connections: [...connections],
      meters: meters.map((meter, at) => ({
        ...meter,
        id: `meter-${at}`,
        name: { zh: `表${at}`, en: `Meter ${at}` },
        building: 'house',
        carrier: 'electricity',
        level: 1,
        multiplier: [],
        replacements: [],
        pollSeconds: 1,
        maxPerHour: 1_000,
      })),
    },
    PROFILE_CATALOGUE,
  );
}

export function createMeterPark(count: number, port: number): Registry {
  const connections = Array.from({ length: count }, (_, at) => connectionOf(at, port));
  return parkRegistry(
    connections,
    connections.map(({ id }) => ({ connection: id, unit: 1, profile: profile.id })),
  );
}
