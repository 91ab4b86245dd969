/**
 * The newest values of one OPC UA meter, and the reading they make at each tick.
 *
 * What is current? A subscription sends changes only, so silence of one item means "unchanged",
 * but only while its subscription is heard: every publish response, a keep-alive too, says that
 * the server sampled all its items and has nothing else to tell; a lost device must show as a bad
 * status (OPC UA Part 4, §5.13.1 and §5.14.1). So a value is as fresh as the last publish response
 * of its subscription, not as its last change: a water meter at night keeps its register. Items
 * ask for the trigger `StatusValueTimestamp`, so servers that stamp each sample say more often
 * and more exactly when a value was true. When the subscription falls silent all its values are
 * absent at once, and a tick without news since the last reading makes no reading.
 *
 * A read (where the server will not monitor, or the period is long) is heard when it is answered.
 */
import { AppError } from '../../domain/errors.ts';
import { QUALITY } from '../../domain/quality.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { Values } from '../codec/decode.ts';
import type { PollOutcome } from '../source.ts';

export interface Notification {
  readonly quantity: QuantityId;
  /** In canonical units; absent when the status is bad or the value is not a number. */
  readonly value: number | undefined;
  readonly isUncertain: boolean;
  /** e.g. `BadNoCommunication`. */
  readonly status: string;
  readonly sourceMs: number | undefined;
  /** Read at a tick, not sent because it changed. */
  readonly isRead?: boolean;
}

export interface MeterValues {
  notify(notification: Notification, arrivedMs: number): void;
  /**
   * Of all quantities, or of those that are due. `heardMs`: when the subscription last answered;
   * absent when it is silent.
   */
  assemble(heardMs: number | undefined, due?: ReadonlySet<QuantityId>): PollOutcome;
  /** The session is lost: nothing is known any more. */
  forget(): void;
  /** Items that have a value now. */
  readonly good: number;
}

/** Changed in place: a new one a value would live just long enough to burden the old heap. */
interface Item {
  /** NaN while there is none: a number that may be absent would be a new object each time. */
  value: number;
  status: string;
  quality: number;
  atMs: number;
  sourceMs: number;
  arrivedMs: number;
}

/** Source times further from ours are not stored. */
const MAX_SKEW_MS = 60_000;

export function createMeterValues(meterId: string): MeterValues {
  const items = new Map<QuantityId, Item>();
  let lastAtMs = Number.NEGATIVE_INFINITY;

  /**
   * A change long ago is age, not a wrong clock: the first value may tell of one, and a read too,
   * unless its stamp is new since the read before and yet older than that.
   */
  function mayBeOld(sent: Notification, before: Item): boolean {
    if (before.arrivedMs === Number.NEGATIVE_INFINITY) return true;
    const { isRead = false, sourceMs = 0 } = sent;
    return isRead && (sourceMs === before.sourceMs || sourceMs >= before.arrivedMs - MAX_SKEW_MS);
  }

  function update(item: Item, sent: Notification, arrivedMs: number): void {
    const { sourceMs = arrivedMs } = sent;
    const isNear = Math.abs(sourceMs - arrivedMs) <= MAX_SKEW_MS;
    const isOld = sourceMs < arrivedMs && mayBeOld(sent, item);
    const skew = isNear || isOld ? 0 : QUALITY.clockSkew;
    item.value = sent.value ?? Number.NaN;
    item.status = sent.status;
    item.quality = skew | (sent.isUncertain ? QUALITY.uncertain : 0);
    item.atMs = isNear ? sourceMs : arrivedMs;
    item.sourceMs = sourceMs;
    item.arrivedMs = arrivedMs;
  }

  function itemOf(quantity: QuantityId): Item {
    const known = items.get(quantity);
    if (known) return known;
    const never = Number.NEGATIVE_INFINITY;
    const item: Item = {
      value: Number.NaN,
      status: '',
      quality: 0,
      atMs: never,
      sourceMs: never,
      arrivedMs: never,
    };
    items.set(quantity, item);
    return item;
  }

  /** Source time of the newest change; where nothing changed, when the server last said so. */
  function stampOf(newestMs: number, heardMs: number): number | undefined {
    if (newestMs > lastAtMs) return newestMs;
    return heardMs > lastAtMs ? heardMs : undefined;
  }

  function failureOf(quantity: QuantityId): AppError {
    const status = items.get(quantity)?.status;
    const text = `${meterId}: ${quantity} is ${status}`;
    return new AppError('opcua.bad-status', text, { meter: meterId, quantity, status });
  }

  return {
    notify(notification, arrivedMs) {
      update(itemOf(notification.quantity), notification, arrivedMs);
    },
    assemble(heardMs, due) {
      if (heardMs === undefined || items.size === 0) {
        const text = `${meterId}: its subscription is silent`;
        return { meterId, error: new AppError('opcua.silent', text, { meter: meterId }) };
      }
      const values: Values = {};
      let quality = 0;
      let newestMs = Number.NEGATIVE_INFINITY;
      let isKnown = false;
      let bad: QuantityId | undefined;
      for (const [quantity, item] of items) {
        if (due && !due.has(quantity)) continue;
        newestMs = Math.max(newestMs, item.atMs);
        if (Number.isNaN(item.value)) {
          bad ??= quantity;
          continue;
        }
        isKnown = true;
        values[quantity] = item.value;
        quality |= item.quality;
      }
      const atMs = isKnown ? stampOf(newestMs, heardMs) : undefined;
      if (atMs !== undefined) lastAtMs = atMs;
      return {
        meterId,
        ...(atMs === undefined ? {} : { sample: { meterId, atMs, quality, values } }),
        ...(bad === undefined ? {} : { error: failureOf(bad) }),
      };
    },
    forget: () => items.clear(),
    get good() {
      return [...items.values()].filter(({ value }) => !Number.isNaN(value)).length;
    },
  };
}
