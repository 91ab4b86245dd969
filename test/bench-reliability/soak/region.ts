/** Two hundred meters on twenty gateways, whose values say which meter they are of, and of when. */

import { createRegistry, type Registry } from '../../../registry/registry.ts';
import type { Connection, Meter } from '../../../registry/schema.ts';
import { polled } from '../../../simulators/backfill.ts';
import type { Values } from '../../../simulators/model/values.ts';
import { demoRegistry } from '../../support/registry.ts';

export const GATEWAYS = 20;
export const METERS_PER_GATEWAY = 10;
export const PERIOD_MS = 1000;
export const TIMEOUT_MS = 250;
/** Values change with every tick. */
export const TICK_MS = 50;
/** Ticks told apart by a register: longer than any soak. */
const TICKS = 20_000;
const PROFILES = [
  'acrel-adw300',
  'chint-dtsu666',
  'eastron-sdm630',
  'abb-b23',
  'schneider-iem3155',
];

export const gatewayId = (gateway: number) => `gw${String(gateway).padStart(2, '0')}`;
const meterId = (index: number) => `m${String(index).padStart(3, '0')}`;
export const indexOf = (id: string) => Number(id.slice(1));

/** Ports are 1 until the servers have told theirs. */
export async function soakRegistry(ports: readonly number[] = []): Promise<Registry> {
  const demo = await demoRegistry();
  const connections = Array.from({ length: GATEWAYS }, (_, gateway): Connection => {
    const kind = gateway % 4 < 2 ? 'modbus-tcp' : 'rtu-over-tcp';
    const port = ports[gateway] ?? 1;
    return { id: gatewayId(gateway), kind, host: '127.0.0.1', port, timeoutMs: TIMEOUT_MS };
  });
  const [model] = demo.meters.filter(({ carrier }) => carrier === 'electricity');
  if (!model) throw new RangeError('the demo region has no electricity meter');
  const { parent: _parent, agency: _agency, ...rest } = model;
  const meters = Array.from({ length: GATEWAYS * METERS_PER_GATEWAY }, (_, index): Meter => {
    const connection = gatewayId(Math.floor(index / METERS_PER_GATEWAY));
    const unit = 1 + (index % METERS_PER_GATEWAY);
    const profile = PROFILES[index % PROFILES.length] ?? model.profile;
    const pollSeconds = PERIOD_MS / 1000;
    return { ...rest, id: meterId(index), connection, unit, profile, multiplier: [], pollSeconds };
  });
  const stations = demo.stations.map(({ sensor: _sensor, ...station }) => station);
  return createRegistry({ ...demo, stations, connections, meters }, demo.profiles);
}

/** What meter `index` shows in a tick: no other meter shows the same energy, in any tick. */
export function shownBy(index: number, tick: number): Values {
  const counted = index * TICKS + tick;
  const cycle = (step: number, length: number) => (index * 37 + tick * step) % length;
  const voltage = (phase: number) => 200 + cycle(7 + phase, 500) / 10;
  const current = (phase: number) => cycle(3 + phase, 1000) / 100;
  return {
    activeEnergyImport: counted / 100,
    activeEnergyExport: counted / 100 + 1,
    voltageL1: voltage(1),
    voltageL2: voltage(2),
    voltageL3: voltage(3),
    currentL1: current(1),
    currentL2: current(2),
    currentL3: current(3),
    activePower: cycle(11, 10_000) / 1000,
    powerFactor: cycle(1, 100) / 100,
    frequency: 45 + cycle(1, 1000) / 100,
  };
}

/** What a poll must make of what the meter shows. */
export function truthOf(meter: Meter): (tick: number) => Values {
  const poll = polled(meter);
  const known = new Map<number, Values>();
  return (tick) => {
    const values = known.get(tick) ?? poll(shownBy(indexOf(meter.id), tick));
    known.set(tick, values);
    return values;
  };
}
