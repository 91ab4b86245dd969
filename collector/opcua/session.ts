/** One OPC UA session with its subscriptions: opened as a whole, and closed as a whole when anything fails. */
import type { ClientSession, ClientSubscription, DataValue, OPCUAClient } from 'node-opcua-client';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { OpcuaConnection } from '../../registry/schema.ts';
import { within } from '../within.ts';
import { resolveNode, type WantedItem } from './nodes.ts';
import { APPLICATION_URI, type Security, securityOf } from './security.ts';

type Library = typeof import('node-opcua-client');

export interface SessionOptions {
  readonly connection: OpcuaConnection;
  readonly pkiFolder?: string;
  /** Ends the attempt to open. */
  readonly signal: AbortSignal;
  /** Items by publishing interval: one subscription each. */
  readonly groups: ReadonlyMap<number, readonly WantedItem[]>;
  onValue(item: WantedItem, dataValue: DataValue): void;
  /** A publish response came for the subscription of this interval. */
  onHeard(periodMs: number): void;
  /** The session is no good any more; said once. */
  onLost(reason: string): void;
  /** What the library would print. */
  onChatter(text: string): void;
}

export interface OpcuaSession {
  /** How long each subscription may be silent: three keep-alives, as the server revised them. */
  readonly silenceMs: ReadonlyMap<number, number>;
  /** Items the server does not have, with what it said. */
  readonly missing: readonly { readonly item: WantedItem; readonly status: string }[];
  close(): Promise<void>;
}

/** A session takes several round trips and an RSA handshake: slow controllers need seconds. */
const SETUP_MS = 15_000;
const CLOSE_MS = 3000;
const SESSION_TIMEOUT_MS = 60_000;
const MAX_ITEMS_A_CALL = 1000;
/** Servers that take fewer items than they say are asked for ever less. */
const SMALLER_CALLS = [100, 10];
const KEEPALIVES_TO_SILENCE = 3;
/** Sampled twice a period, so that every tick finds news whatever the phases of server and ticks. */
const NEWS_PER_TICK = 2;
const SUBSCRIPTION_LIFETIME_COUNT = 60;
/** Loses no sample when one publish response is late. */
const QUEUE_SIZE = 2;

/** Ends everything, deadlines included: a server that does not answer keeps nothing open here. */
async function closeAll(opened: {
  readonly client: OPCUAClient;
  readonly session: ClientSession | undefined;
  readonly security: Security;
}): Promise<void> {
  const { client, session, security } = opened;
  const late = () => new Error('no answer to closing');
  try {
    if (session) await within(session.close(true), CLOSE_MS, late);
  } catch {
    // The server is gone or forgets the session by its own timeout: disconnecting is what is left.
  }
  await within(client.disconnect(), CLOSE_MS, late).catch(() => undefined);
  await security.dispose();
}

async function itemsPerCall(library: Library, session: ClientSession): Promise<number> {
  const { VariableIds, AttributeIds } = library;
  const nodeId = VariableIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall;
  const limit = await session.read({ nodeId: `i=${nodeId}`, attributeId: AttributeIds.Value });
  const most = Number(limit.value?.value ?? 0);
  return most > 0 ? Math.min(most, MAX_ITEMS_A_CALL) : MAX_ITEMS_A_CALL;
}

interface Resolved {
  readonly item: WantedItem;
  readonly nodeId: string;
}

/** Opens a session and subscribes to everything. @throws AppError `opcua.connect`, `config.invalid` */
export async function openSession(options: SessionOptions): Promise<OpcuaSession> {
  const { connection, pkiFolder, groups } = options;
  const { endpoint, id } = connection;
  const library: Library = await import('node-opcua-client');
  const chatter = (...parts: unknown[]) => options.onChatter(parts.map(String).join(' '));
  library.setWarningLogger(chatter);
  library.setErrorLogger(chatter);
  const security = await securityOf(library, connection, pkiFolder);
  const client = library.OPCUAClient.create({
    applicationName: 'Jieyue collector',
    applicationUri: APPLICATION_URI,
    clientName: 'jieyue-collector',
    // We reconnect ourselves: the library's own ways end in sessions that look alive and are not.
    connectionStrategy: { maxRetry: 0, initialDelay: 1000, maxDelay: 1000 },
    endpointMustExist: false,
    keepSessionAlive: true,
    requestedSessionTimeout: SESSION_TIMEOUT_MS,
    transportTimeout: Math.max(connection.timeoutMs, SETUP_MS),
    ...security.options,
  });
  const missing: { item: WantedItem; status: string }[] = [];
  const silenceMs = new Map<number, number>();
  let session: ClientSession | undefined;
  let isLost = false;

  function lost(reason: string): void {
    if (isLost) return;
    isLost = true;
    options.onLost(reason);
  }

  /** The items whose namespace the server has; the others are missing. */
  function resolve(items: readonly WantedItem[], namespaces: readonly string[]): Resolved[] {
    return items.flatMap((item) => {
      const nodeId = resolveNode(item.nodeId, namespaces);
      if (nodeId !== undefined) return [{ item, nodeId }];
      missing.push({ item, status: 'BadNamespaceUnknown' });
      return [];
    });
  }

  async function monitor(
    subscription: ClientSubscription,
    items: readonly Resolved[],
    periodMs: number,
  ): Promise<void> {
    const { DataChangeFilter, DataChangeTrigger, DeadbandType, AttributeIds } = library;
    const group = await subscription.monitorItems(
      items.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })),
      {
        samplingInterval: periodMs / NEWS_PER_TICK,
        queueSize: QUEUE_SIZE,
        discardOldest: true,
        filter: new DataChangeFilter({
          trigger: DataChangeTrigger.StatusValueTimestamp,
          deadbandType: DeadbandType.None,
        }),
      },
      library.TimestampsToReturn.Both,
    );
    group.on('changed', (_monitored, dataValue, index) => {
      const changed = items[index];
      if (changed) options.onValue(changed.item, dataValue);
    });
    group.monitoredItems.forEach((monitored, index) => {
      const asked = items[index];
      const { statusCode } = monitored;
      if (asked && statusCode?.isNotGood()) {
        missing.push({ item: asked.item, status: statusCode.name });
      }
    });
  }

  /** In calls the server allows; one that still finds a call too large is asked for less at a time. */
  async function monitorAll(
    subscription: ClientSubscription,
    items: readonly Resolved[],
    limits: { readonly periodMs: number; readonly perCall: number },
  ): Promise<void> {
    const sizes = [limits.perCall, ...SMALLER_CALLS.filter((size) => size < limits.perCall)];
    let next = 0;
    while (next < items.length) {
      const size = sizes[0] ?? 1;
      try {
        await monitor(subscription, items.slice(next, next + size), limits.periodMs);
        next += size;
      } catch (error) {
        if (sizes.length === 1 || !/BadTooMany/.test(messageOf(error))) throw error;
        sizes.shift();
      }
    }
  }

  async function subscribe(
    active: ClientSession,
    periodMs: number,
    items: readonly Resolved[],
    perCall: number,
  ): Promise<void> {
    const subscription = await active.createSubscription2({
      requestedPublishingInterval: periodMs / NEWS_PER_TICK,
      requestedMaxKeepAliveCount: 1,
      requestedLifetimeCount: SUBSCRIPTION_LIFETIME_COUNT,
      maxNotificationsPerPublish: 0,
      publishingEnabled: true,
    });
    const keepAliveMs = subscription.publishingInterval * subscription.maxKeepAliveCount;
    silenceMs.set(periodMs, Math.max(periodMs, keepAliveMs) * KEEPALIVES_TO_SILENCE);
    subscription.on('received_notifications', () => options.onHeard(periodMs));
    subscription.on('keepalive', () => options.onHeard(periodMs));
    subscription.on('terminated', () => lost('subscription terminated'));
    subscription.on('status_changed', (status) => lost(`subscription ${status.name}`));
    subscription.on('internal_error', (error) => lost(error.message));
    await monitorAll(subscription, items, { periodMs, perCall });
  }

  async function setUp(): Promise<void> {
    await client.connect(endpoint);
    session = await client.createSession();
    session.on('session_closed', () => lost('session closed'));
    session.on('keepalive_failure', () => lost('session keep-alive failed'));
    const namespaces = await session.readNamespaceArray();
    const perCall = await itemsPerCall(library, session);
    for (const [periodMs, items] of groups) {
      await subscribe(session, periodMs, resolve(items, namespaces), perCall);
    }
  }

  client.on('connection_lost', () => lost('connection lost'));
  client.on('close', () => lost('connection closed'));
  const stopped = Promise.withResolvers<never>();
  const onAbort = () => stopped.reject(new Error('stopped'));
  options.signal.addEventListener('abort', onAbort);
  try {
    const opened = Promise.race([setUp(), stopped.promise]);
    await within(opened, SETUP_MS, () => new Error(`no session in ${SETUP_MS} ms`));
  } catch (error) {
    isLost = true;
    await closeAll({ client, session, security });
    const text = `${id} at ${endpoint}: ${messageOf(error)}`;
    throw new AppError('opcua.connect', text, { connection: id, endpoint }, { cause: error });
  } finally {
    options.signal.removeEventListener('abort', onAbort);
  }
  return {
    silenceMs,
    missing,
    close() {
      isLost = true;
      return closeAll({ client, session, security });
    },
  };
}
