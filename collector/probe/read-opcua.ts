/** Reads a configured OPC UA meter once, over a session such as the collector opens. */
import type { DataValue } from 'node-opcua-client';
import type { QuantityId } from '../../domain/quantities.ts';
import type { Meter, OpcuaConnection } from '../../registry/schema.ts';
import { numberIn, type WantedItem, wantedItems } from '../opcua/nodes.ts';
import { openSession } from '../opcua/session.ts';
import type { OpcuaProfile } from '../profile.ts';
import { createRangeCheck } from '../quality.ts';
import { qualityNames } from './quality-names.ts';
import type { Readout, ReadoutValue } from './readout.ts';

export interface OpcuaReadOptions {
  readonly meter: Pick<Meter, 'id'> & { readonly node: string };
  readonly profile: OpcuaProfile;
  readonly connection: OpcuaConnection;
  readonly pkiFolder: string;
  readonly now: () => number;
}

/** Items of so long a period are read, not subscribed to. */
const READ_PERIOD_MS = 3_600_000;

function readoutValue(
  { quantity, nodeId, toCanonical }: WantedItem,
  answer: DataValue | string | undefined,
  isOutside: (quantity: QuantityId, value: number) => boolean,
): ReadoutValue {
  if (answer === undefined || typeof answer === 'string') {
    return { quantity, where: nodeId, note: answer ?? 'no value came' };
  }
  const raw = String(answer.value?.value);
  const { statusCode } = answer;
  if (statusCode.isBad()) return { quantity, where: nodeId, note: statusCode.name };
  const number = numberIn(answer);
  if (number === undefined) return { quantity, where: nodeId, raw, note: 'not a number' };
  const value = toCanonical(number);
  const uncertain = statusCode.isGood() ? undefined : statusCode.name;
  const note = uncertain ?? (isOutside(quantity, value) ? 'out of range' : undefined);
  return { quantity, value, raw, where: nodeId, ...(note === undefined ? {} : { note }) };
}

/** @throws AppError `opcua.connect`, `opcua.silent` and others, naming the connection or the wait. */
export async function readOpcuaMeter(options: OpcuaReadOptions): Promise<Readout> {
  const { meter, profile, connection, pkiFolder, now } = options;
  const wanted = wantedItems({ meterId: meter.id, node: meter.node, profile });
  const startMs = performance.now();
  const session = await openSession({
    connection,
    pkiFolder,
    groups: new Map([[READ_PERIOD_MS, wanted]]),
    onValue: () => {},
    onHeard: () => {},
    onServerTime: () => {},
    onLost: () => {},
    onChatter: () => {},
    signal: new AbortController().signal,
  });
  try {
    const openedMs = performance.now();
    const items = session.readItems.get(meter.id) ?? [];
    const read = await session.read(items);
    const readMs = performance.now();
    const atMs = now();
    const answers = new Map<QuantityId, DataValue | string | undefined>([
      ...items.map(({ item }, index) => [item.quantity, read[index]] as const),
      ...session.missing.map(({ item, status }) => [item.quantity, status] as const),
    ]);
    const check = createRangeCheck(profile);
    const values = wanted.map((item) =>
      readoutValue(
        item,
        answers.get(item.quantity),
        (quantity, value) => check({ [quantity]: value }) !== 0,
      ),
    );
    const got = values.filter(({ value }) => value !== undefined).length;
    return {
      meter: meter.id,
      connection: connection.id,
      profile: profile.id,
      atMs,
      quality: qualityNames(
        check(Object.fromEntries(values.map(({ quantity, value }) => [quantity, value]))),
      ),
      requests: [
        { what: 'session', outcome: 'ok', isOk: true, roundTripMs: openedMs - startMs },
        {
          what: `${items.length} nodes`,
          outcome: `${got} values; ${session.missing.length} nodes unknown to the server`,
          isOk: got > 0,
          roundTripMs: readMs - openedMs,
        },
      ],
      values,
      ...(got === 0 ? { problem: `${meter.id}: none of its nodes has a value` } : {}),
    };
  } finally {
    await session.close();
  }
}
