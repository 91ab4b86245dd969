/** Meters of one OPC UA server, sixteen numbers each: what the server and its clients in the bench agree on. */
import type { MeterProfile, OpcuaProfile } from '../../collector/profile.ts';
import { QUANTITIES, QUANTITY_IDS, type QuantityId } from '../../domain/quantities.ts';
import type { Registry } from '../../registry/registry.ts';
import { parkRegistry } from './meter-park.ts';

export const OPCUA_PERIOD_MS = 1_000;

const quantities = QUANTITY_IDS.slice(0, 16);

function nodeIdOf(node: string, quantity: QuantityId): string {
  return `ns=1;s=${node}.${quantity}`;
}

const profile: OpcuaProfile = {
  id: 'opcua-park',
  vendor: 'none',
  model: 'park',
  status: 'unverified',
  source: 'none: a meter of the bench',
  protocol: 'opcua',
  points: Object.fromEntries(
    quantities.map((quantity) => [
      quantity,
      { nodeId: nodeIdOf('{node}', quantity), unit: QUANTITIES[quantity].unit, range: [0, 1_000] },
    ]),
  ),
};

export const OPCUA_PARK_PROFILES: ReadonlyMap<string, MeterProfile> = new Map([
  [profile.id, profile],
]);

function nodesFor(items: number): string[] {
  return Array.from({ length: Math.ceil(items / quantities.length) }, (_, at) => `m${at}`);
}

export function opcuaNodeIds(items: number): string[] {
  return nodesFor(items).flatMap((node) => quantities.map((name) => nodeIdOf(node, name)));
}

export function createOpcuaPark(items: number, endpoint: string): Registry {
  return parkRegistry(
    [{ id: 'opc', kind: 'opcua', endpoint, timeoutMs: 1_000, insecure: true }],
    nodesFor(items).map((node) => ({ connection: 'opc', node, profile: profile.id })),
  );
}
