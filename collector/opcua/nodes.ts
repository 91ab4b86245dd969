/** What is asked of an OPC UA server: node ids with the namespace by name, and numbers out of variants. */
import type { DataValue } from 'node-opcua-client';
import type { QuantityId } from '../../domain/quantities.ts';
import { scalingOf } from '../codec/scaling.ts';
import type { OpcuaProfile } from '../profile.ts';

export interface WantedItem {
  readonly meterId: string;
  readonly quantity: QuantityId;
  /** As in the profile, with the meter's own part filled in. */
  readonly nodeId: string;
  readonly toCanonical: (raw: number) => number;
  /** Of a group with a period of its own: read when it is due, never subscribed to. */
  readonly isApart: boolean;
}

/** An item with the node id as this session's server knows it. */
export interface ResolvedItem {
  readonly item: WantedItem;
  readonly nodeId: string;
}

export interface MeterItems {
  readonly meterId: string;
  /** The meter's own part of its node ids. */
  readonly node: string;
  readonly profile: OpcuaProfile;
  /** Quantities of groups with a period of their own. */
  readonly apart?: ReadonlySet<QuantityId>;
}

/** All items of a meter; those its server does not have are found out when they are asked for. */
export function wantedItems({ meterId, node, profile, apart }: MeterItems): WantedItem[] {
  return Object.entries(profile.points).map(([id, point]) => {
    const quantity = id as QuantityId;
    const { toCanonical } = scalingOf(quantity, point);
    const nodeId = point.nodeId.replaceAll('{node}', node);
    return { meterId, quantity, nodeId, toCanonical, isApart: apart?.has(quantity) ?? false };
  });
}

/**
 * The node id with this session's namespace index: a URI stays the same when a server is set up
 * anew, an index need not. `undefined` when the server lacks the namespace.
 */
export function resolveNode(nodeId: string, namespaces: readonly string[]): string | undefined {
  const named = /^nsu=([^;]+);(.+)$/.exec(nodeId);
  if (!named) return nodeId;
  const index = namespaces.indexOf(named[1] ?? '');
  return index < 0 ? undefined : `ns=${index};${named[2]}`;
}

/** The number in a data value; 64-bit integers come as two halves and must be exact. */
export function numberIn(dataValue: DataValue): number | undefined {
  const raw: unknown = dataValue.value?.value;
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  const halves = raw instanceof Uint32Array ? [...raw] : raw;
  if (!Array.isArray(halves) || halves.length !== 2) return undefined;
  const [high, low] = halves;
  if (typeof high !== 'number' || typeof low !== 'number') return undefined;
  // Two's complement of an Int64 shows in the high half.
  const isSigned = dataValue.value.dataType === INT64;
  const number = (isSigned ? high | 0 : high >>> 0) * 2 ** 32 + (low >>> 0);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** `DataType.Int64` (OPC UA Part 6, §5.1.2), named here so that nothing is loaded for it. */
const INT64 = 8;
