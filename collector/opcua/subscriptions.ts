/** One subscription a publishing interval; what a server will not monitor is left to reads. */
import type { ClientSession, ClientSubscription, DataValue } from 'node-opcua-client';
import { messageOf } from '../../domain/errors.ts';
import { type CallSizes, inCalls } from './calls.ts';
import type { ResolvedItem, WantedItem } from './nodes.ts';

export interface SubscribeOptions {
  readonly session: ClientSession;
  readonly periodMs: number;
  readonly items: readonly ResolvedItem[];
  readonly callSizes: CallSizes;
  onValue(item: WantedItem, dataValue: DataValue): void;
  /** A publish response came, a keep-alive too. */
  onHeard(periodMs: number): void;
  onLost(reason: string): void;
}

export interface Subscribed {
  /** How long it may be silent: three keep-alives, as the server revised them; absent when there is none. */
  readonly silenceMs?: number;
  /** Items the server has but will not monitor, with what it said. */
  readonly refused: readonly MissingItem[];
  /** Items the server does not have, with what it said. */
  readonly missing: readonly MissingItem[];
}

export interface MissingItem {
  readonly item: WantedItem;
  readonly status: string;
}

const KEEPALIVES_TO_SILENCE = 3;
/** A busy server, or ours, may hold back several keep-alives of a short period. */
const MIN_SILENCE_MS = 2000;
/** Sampled twice a period, so that every tick finds news whatever the phases of server and ticks. */
const NEWS_PER_TICK = 2;
/** Some servers send a keep-alive no more often than every third time: that must still be each period. */
const PUBLISHED_PER_TICK = 4;
const LIFETIME_COUNT = 120;
/** Larger answers outlive the young heap while they are handled, at about twice the CPU a value. */
const MAX_NOTIFICATIONS = 500;
/** Loses no sample when one publish response is late. */
const QUEUE_SIZE = 2;
/** What a server says that reads but does not monitor, or not so many, or not with our filter. */
const WILL_NOT_MONITOR =
  /Bad(ServiceUnsupported|NotSupported|NotImplemented|TooManySubscriptions|TooManyMonitoredItems|OutOfMemory|ResourceUnavailable|MonitoredItemFilter\w+|FilterNotAllowed)/;

/** All items refused, where the error says so. */
function refusalOf(error: unknown, all: readonly WantedItem[]): Subscribed {
  const [status] = WILL_NOT_MONITOR.exec(messageOf(error)) ?? [];
  if (status === undefined) throw error;
  return { refused: all.map((item) => ({ item, status })), missing: [] };
}

/** The status of each item, as the server created it. */
async function monitor(
  subscription: ClientSubscription,
  slice: readonly ResolvedItem[],
  options: SubscribeOptions,
): Promise<string[]> {
  const { AttributeIds, DataChangeFilter, DataChangeTrigger, DeadbandType, TimestampsToReturn } =
    await import('node-opcua-client');
  const group = await subscription.monitorItems(
    slice.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })),
    {
      samplingInterval: options.periodMs / NEWS_PER_TICK,
      queueSize: QUEUE_SIZE,
      discardOldest: true,
      filter: new DataChangeFilter({
        trigger: DataChangeTrigger.StatusValueTimestamp,
        deadbandType: DeadbandType.None,
      }),
    },
    TimestampsToReturn.Source,
  );
  group.on('changed', (_monitored, dataValue, index) => {
    const changed = slice[index];
    if (changed) options.onValue(changed.item, dataValue);
  });
  return group.monitoredItems.map(({ statusCode }) => statusCode?.name ?? 'Good');
}

/** Subscribes to everything of one period, as far as the server will. */
export async function subscribe(options: SubscribeOptions): Promise<Subscribed> {
  const { session, periodMs, items, callSizes, onHeard, onLost } = options;
  const all = items.map(({ item }) => item);
  let subscription: ClientSubscription;
  try {
    subscription = await session.createSubscription2({
      requestedPublishingInterval: periodMs / PUBLISHED_PER_TICK,
      requestedMaxKeepAliveCount: 1,
      requestedLifetimeCount: LIFETIME_COUNT,
      maxNotificationsPerPublish: MAX_NOTIFICATIONS,
      publishingEnabled: true,
    });
  } catch (error) {
    return refusalOf(error, all);
  }
  let statuses: readonly string[];
  try {
    statuses = await inCalls(items, callSizes, (slice) => monitor(subscription, slice, options));
  } catch (error) {
    const refused = refusalOf(error, all);
    await subscription.terminate();
    return refused;
  }
  subscription.on('received_notifications', () => onHeard(periodMs));
  subscription.on('keepalive', () => onHeard(periodMs));
  subscription.on('terminated', () => onLost('subscription terminated'));
  subscription.on('status_changed', (status) => onLost(`subscription ${status.name}`));
  subscription.on('internal_error', (error) => onLost(error.message));
  const keepAliveMs = subscription.publishingInterval * subscription.maxKeepAliveCount;
  const bad = all.flatMap((item, index) => {
    const status = statuses[index] ?? 'Good';
    return status.startsWith('Bad') ? [{ item, status }] : [];
  });
  return {
    silenceMs: Math.max(keepAliveMs * KEEPALIVES_TO_SILENCE, MIN_SILENCE_MS),
    refused: bad.filter(({ status }) => WILL_NOT_MONITOR.test(status)),
    missing: bad.filter(({ status }) => !WILL_NOT_MONITOR.test(status)),
  };
}
