/** Service calls no larger than a server takes (OperationLimits, OPC UA Part 5, §6.3.11). */
import type { ClientSession } from 'node-opcua-client';
import { messageOf } from '../../domain/errors.ts';

/** Most nodes a call, and what to fall back to; a size that proves too large is dropped for good. */
export type CallSizes = number[];

export interface CallLimits {
  readonly read: CallSizes;
  readonly monitor: CallSizes;
  readonly browse: CallSizes;
}

/** Servers that take fewer nodes than they say are asked for ever less. */
const SIZES = [1000, 100, 10];
const TOO_LARGE = /Bad(TooMany|EncodingLimitsExceeded|(Request|Response|TcpMessage)TooLarge)/;

/** 0 and absent mean that the server names no limit. */
export function callSizes(limit: number): CallSizes {
  const [largest = 1, ...smaller] = SIZES;
  const most = limit > 0 ? Math.min(limit, largest) : largest;
  return [most, ...smaller.filter((size) => size < most)];
}

/** What the server says it takes; one that says nothing is believed to take all. */
export async function readLimits(session: ClientSession): Promise<CallLimits> {
  const { AttributeIds, VariableIds } = await import('node-opcua-client');
  const limits = [
    VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
    VariableIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
    VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
  ].map((id) => ({ nodeId: `i=${id}`, attributeId: AttributeIds.Value }));
  // One server's limit is a single node.
  const values = await inCalls(limits, [limits.length, 1], (slice) => session.read([...slice]));
  const [read = [], monitor = [], browse = []] = values.map((value) =>
    callSizes(Number(value.value?.value ?? 0)),
  );
  return { read, monitor, browse };
}

/** One result for each item, asked for in calls of the sizes the server takes. */
export async function inCalls<T, R>(
  items: readonly T[],
  sizes: CallSizes,
  call: (slice: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const results: R[] = [];
  for (let next = 0; next < items.length; ) {
    const slice = items.slice(next, next + (sizes[0] ?? 1));
    try {
      results.push(...(await call(slice)));
      next += slice.length;
    } catch (error) {
      if (sizes.length <= 1 || !TOO_LARGE.test(messageOf(error))) throw error;
      sizes.shift();
    }
  }
  return results;
}
