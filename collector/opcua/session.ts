/** One OPC UA session with all its items: opened as a whole, and closed as a whole when anything fails. */
import type { DataValue } from 'node-opcua-client';
import { AppError } from '../../domain/errors.ts';
import { within } from '../within.ts';
import { inCalls, readLimits } from './calls.ts';
import {
  type Connected,
  type ConnectOptions,
  connectError,
  connectServer,
  duringSetup,
} from './connect.ts';
import { type ResolvedItem, resolveNode, type WantedItem } from './nodes.ts';
import { type MissingItem, subscribe } from './subscriptions.ts';

export interface SessionOptions extends ConnectOptions {
  /** Items by the period of their meters: one subscription each, or reads where it is long. */
  readonly groups: ReadonlyMap<number, readonly WantedItem[]>;
  onValue(item: WantedItem, dataValue: DataValue): void;
  /** A publish response came for the subscription of this period. */
  onHeard(periodMs: number): void;
}

export interface OpcuaSession extends Pick<Connected, 'ownCertificate' | 'serverCertificate'> {
  /** How long the subscription of a period may be silent. */
  readonly silenceMs: ReadonlyMap<number, number>;
  /** Items to be read at each tick of their meter. */
  readonly readItems: ReadonlyMap<string, readonly ResolvedItem[]>;
  /** Items the server does not have, with what it said. */
  readonly missing: readonly MissingItem[];
  /** Items the server would not monitor, with what it said; all of their meter is read instead. */
  readonly unmonitored: readonly MissingItem[];
  read(items: readonly ResolvedItem[]): Promise<DataValue[]>;
  close(): Promise<void>;
}

/** From here on a value is read when it is due: the server need not sample it all the time. */
const SLOW_PERIOD_MS = 60_000;
const NO_SUCH_NODE = /^BadNodeId/;

/** @throws AppError `opcua.connect`, `opcua.refused`, `config.invalid` */
export async function openSession(options: SessionOptions): Promise<OpcuaSession> {
  const { connection, groups, onValue, onHeard } = options;
  let isLost = false;
  function onLost(reason: string): void {
    if (isLost) return;
    isLost = true;
    options.onLost(reason);
  }
  const connected = await connectServer({ ...options, onLost });
  const { session } = connected;
  const missing: MissingItem[] = [];
  const unmonitored: MissingItem[] = [];
  const silenceMs = new Map<number, number>();
  let readItems: ReadonlyMap<string, readonly ResolvedItem[]> = new Map();

  /** The items whose namespace the server has; the others are missing. */
  function resolve(items: readonly WantedItem[], namespaces: readonly string[]): ResolvedItem[] {
    return items.flatMap((item) => {
      const nodeId = resolveNode(item.nodeId, namespaces);
      if (nodeId !== undefined) return [{ item, nodeId }];
      missing.push({ item, status: 'BadNamespaceUnknown' });
      return [];
    });
  }

  const { AttributeIds } = await import('node-opcua-client');
  const limits = await setUp(() => readLimits(session));

  function read(items: readonly ResolvedItem[]): Promise<DataValue[]> {
    return inCalls(items, limits.read, (slice) =>
      within(
        session.read(
          slice.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })),
          0,
        ),
        connection.timeoutMs,
        () => new AppError('opcua.silent', `no answer to a read in ${connection.timeoutMs} ms`),
      ),
    );
  }

  /** Of what is to be read, what the server has: asked once, so that no tick asks in vain. */
  async function keepReadable(items: readonly ResolvedItem[]): Promise<ResolvedItem[]> {
    const values = await read(items);
    return items.filter(({ item }, index) => {
      const status = values[index]?.statusCode.name ?? '';
      const exists = !NO_SUCH_NODE.test(status);
      if (!exists) missing.push({ item, status });
      return exists;
    });
  }

  async function openItems(): Promise<void> {
    const namespaces = await session.readNamespaceArray();
    const toRead: ResolvedItem[] = [];
    for (const [periodMs, wanted] of groups) {
      const resolved = resolve(wanted, namespaces);
      const isToRead = ({ item }: ResolvedItem) => item.isApart || periodMs >= SLOW_PERIOD_MS;
      toRead.push(...resolved.filter(isToRead));
      const items = resolved.filter((one) => !isToRead(one));
      if (items.length === 0) continue;
      const callSizes = limits.monitor;
      const done = await subscribe({
        session,
        periodMs,
        items,
        callSizes,
        onValue,
        onHeard,
        onLost,
      });
      missing.push(...done.missing);
      unmonitored.push(...done.refused);
      if (done.silenceMs !== undefined) silenceMs.set(periodMs, done.silenceMs);
      // All of a meter that is due with each poll is subscribed or read, so that it is of one moment.
      const meters = new Set(done.refused.map(({ item }) => item.meterId));
      const gone = new Set(done.missing.map(({ item }) => item));
      toRead.push(...items.filter(({ item }) => meters.has(item.meterId) && !gone.has(item)));
    }
    readItems = Map.groupBy(await keepReadable(toRead), ({ item }) => item.meterId);
  }

  async function setUp<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await duringSetup(work(), options.signal);
    } catch (error) {
      isLost = true;
      await connected.close();
      throw connectError(options, error);
    }
  }

  await setUp(openItems);
  const { ownCertificate, serverCertificate } = connected;
  return {
    ownCertificate,
    serverCertificate,
    silenceMs,
    readItems,
    missing,
    unmonitored,
    read,
    close() {
      isLost = true;
      return connected.close();
    },
  };
}
