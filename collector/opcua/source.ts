/** The worker of one OPC UA server: keeps a session up and makes a reading per meter at each tick. */
import type { DataValue } from 'node-opcua-client';
import type { Logger } from 'pino';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { Meter, OpcuaConnection } from '../../registry/schema.ts';
import type { MeterProfile } from '../profile.ts';
import type { MeterSource, PollOutcome } from '../source.ts';
import { createCertificateWatch } from './certificate-watch.ts';
import { createSessionKeeper } from './keeper.ts';
import { createMeterValues, type MeterValues, type Notification } from './meter-values.ts';
import { numberIn, type WantedItem, wantedItems } from './nodes.ts';
import { createReadQueue } from './reads.ts';
import { type OpcuaSession, openSession } from './session.ts';

export interface OpcuaSourceOptions {
  readonly connection: OpcuaConnection;
  readonly meters: readonly { readonly meter: Meter; readonly profile: MeterProfile }[];
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Logger;
  readonly pkiFolder?: string;
  report(outcome: PollOutcome): void;
}

/** Severity in the two highest bits of a status code (OPC UA Part 4, §7.39). */
const UNCERTAIN = 1;
/** Reads without an answer in a row that end a session: one may be a slow device behind the server. */
const READS_TO_SILENCE = 2;
const CLOCK_WARN_MS = 5000;
const WATCH_EVERY_MS = 500;

interface OpcuaMeter {
  readonly periodMs: number;
  readonly items: readonly WantedItem[];
  readonly values: MeterValues;
}

function opcuaMeter({ meter, profile }: OpcuaSourceOptions['meters'][number]): OpcuaMeter {
  if (profile.protocol !== 'opcua' || meter.node === undefined) {
    const context = { meter: meter.id, profile: meter.profile };
    const text = `${meter.id}: needs an OPC UA profile and a node`;
    throw new AppError('config.invalid', text, context);
  }
  const items = wantedItems(meter.id, meter.node, profile);
  return { periodMs: meter.pollSeconds * 1000, items, values: createMeterValues(meter.id) };
}

function notificationOf(item: WantedItem, dataValue: DataValue): Notification {
  const { statusCode, sourceTimestamp } = dataValue;
  const isBad = statusCode.isBad();
  const raw = isBad ? undefined : numberIn(dataValue);
  return {
    quantity: item.quantity,
    value: raw === undefined ? undefined : item.toCanonical(raw),
    isUncertain: statusCode.value >>> 30 === UNCERTAIN,
    status: isBad ? statusCode.name : 'not a number',
    sourceMs: sourceTimestamp?.getTime(),
  };
}

export function createOpcuaSource(options: OpcuaSourceOptions): MeterSource {
  const { connection, now, random, logger, pkiFolder } = options;
  const { id, endpoint } = connection;
  const pki = pkiFolder === undefined ? {} : { pkiFolder };
  const meters = new Map(options.meters.map((entry) => [entry.meter.id, opcuaMeter(entry)]));
  const all = [...meters.values()];
  const groups = new Map(
    [...Map.groupBy(all, (meter) => meter.periodMs)].map(([periodMs, members]) => [
      periodMs,
      members.flatMap((meter) => meter.items),
    ]),
  );
  const counts = { polls: 0, ok: 0, failed: 0, skipped: 0, connects: 0 };
  const seen = { notifications: 0, reads: 0, bad_statuses: 0 };
  /** When each subscription was last heard, on both clocks: one to stamp, one to wait. */
  const heard = new Map<number, { readonly wallMs: number; readonly atMs: number }>();
  /** Meters of which the server has no node at all. */
  const unknown = new Map<string, string>();
  let watchdog: NodeJS.Timeout | undefined;
  let readsMissed = 0;
  let clockOffsetMs: number | undefined;
  let isClockWarned = false;
  let isStopped = false;

  const keeper = createSessionKeeper({
    connection,
    periodMs: Math.min(...groups.keys()),
    random,
    logger,
    open: (how) =>
      openSession({
        ...how,
        ...pki,
        connection,
        groups,
        onValue,
        onHeard,
        onServerTime: (atMs) => noteClock(atMs - now()),
        onChatter: (text) => logger.debug({ event: 'opcua.library', bus: id }, text),
      }),
    onOpened(session) {
      counts.connects += 1;
      readsMissed = 0;
      for (const periodMs of session.silenceMs.keys()) {
        if (!heard.has(periodMs)) onHeard(periodMs);
      }
      noteMissing(session);
      certificates.opened(session);
      watchdog = setInterval(watch, WATCH_EVERY_MS);
    },
    onClosed() {
      clearInterval(watchdog);
      certificates.closed();
      forgetAll();
    },
  });
  const certificates = createCertificateWatch({
    bus: id,
    pkiFolder,
    now,
    logger,
    onRevoked: keeper.end,
  });
  const queue = createReadQueue(readMeters);

  function onHeard(periodMs: number): void {
    heard.set(periodMs, { wallMs: now(), atMs: performance.now() });
    keeper.succeeded();
  }

  function onValue(item: WantedItem, dataValue: DataValue): void {
    if (keeper.session?.readItems.has(item.meterId)) return;
    seen.notifications += 1;
    note(item, dataValue, false);
  }

  function note(item: WantedItem, dataValue: DataValue, isRead: boolean): void {
    if (dataValue.statusCode.isBad()) seen.bad_statuses += 1;
    const arrivedMs = now();
    const notification = notificationOf(item, dataValue);
    meters.get(item.meterId)?.values.notify({ ...notification, isRead }, arrivedMs);
  }

  function noteClock(offsetMs: number): void {
    clockOffsetMs = offsetMs;
    const isOff = Math.abs(offsetMs) > CLOCK_WARN_MS;
    if (isOff && !isClockWarned)
      logger.warn({ event: 'opcua.clock', bus: id, offsetMs }, 'its clock differs from ours');
    isClockWarned = isOff;
  }

  function noteMissing({ missing }: OpcuaSession): void {
    unknown.clear();
    for (const [meterId, { items }] of meters) {
      const gone = missing.filter(({ item }) => item.meterId === meterId);
      const [first] = gone;
      if (first && gone.length === items.length) {
        unknown.set(meterId, `${first.item.nodeId} is ${first.status}`);
      }
    }
  }

  function forgetAll(): void {
    heard.clear();
    for (const meter of all) meter.values.forget();
  }

  /** When the meter's subscription was last heard; absent when that is too long ago. */
  function heardMs(periodMs: number): number | undefined {
    const last = heard.get(periodMs);
    return last && silentMs(periodMs) <= 0 ? last.wallMs : undefined;
  }

  /** How much longer than it may a subscription has been silent. */
  function silentMs(periodMs: number): number {
    const last = heard.get(periodMs);
    const allowedMs = keeper.session?.silenceMs.get(periodMs);
    if (!last || allowedMs === undefined) return 0;
    return Math.max(0, performance.now() - last.atMs - allowedMs);
  }

  function watch(): void {
    for (const periodMs of heard.keys()) {
      if (silentMs(periodMs) > 0)
        keeper.end(`no publish response for the period of ${periodMs} ms`);
    }
  }

  function settle(outcome: PollOutcome): void {
    if (isStopped) return;
    if (outcome.error) counts.failed += 1;
    else counts.ok += 1;
    options.report(outcome);
  }

  /** Never throws: each meter gets its values, or the reason why there are none. */
  async function readMeters(meterIds: readonly string[]): Promise<void> {
    const { session } = keeper;
    const items = meterIds.flatMap((meterId) => session?.readItems.get(meterId) ?? []);
    try {
      if (!session) throw keeper.failure;
      const values = await session.read(items);
      // Values of a session that ended meanwhile count no more than its others.
      if (session !== keeper.session) throw keeper.failure;
      for (const [index, { item }] of items.entries()) {
        const value = values[index];
        if (value) note(item, value, true);
      }
      seen.reads += 1;
      readsMissed = 0;
      keeper.succeeded();
      for (const meterId of meterIds) {
        const outcome = meters.get(meterId)?.values.assemble(now());
        if (outcome) settle(outcome);
      }
    } catch (error) {
      const reason = messageOf(error);
      readsMissed += 1;
      if (session && readsMissed >= READS_TO_SILENCE) keeper.end(reason);
      for (const meterId of meterIds) {
        const context = { meter: meterId, endpoint };
        const text = `${meterId}: ${reason}`;
        settle({ meterId, error: new AppError('opcua.silent', text, context, { cause: error }) });
      }
    }
  }

  /** What is known at once; `undefined` when the answer comes later. */
  function outcomeOf(meterId: string, meter: OpcuaMeter): PollOutcome | undefined {
    const { session } = keeper;
    if (!session) return { meterId, error: keeper.failure };
    const gone = unknown.get(meterId);
    if (gone !== undefined) {
      const text = `${meterId}: ${endpoint} has none of its nodes; ${gone}`;
      const context = { meter: meterId, endpoint };
      return { meterId, error: new AppError('opcua.bad-status', text, context) };
    }
    if (!session.readItems.has(meterId)) return meter.values.assemble(heardMs(meter.periodMs));
    if (queue.add(meterId)) return undefined;
    counts.skipped += 1;
    const text = `${meterId}: the read before is not finished`;
    return { meterId, error: new AppError('poll.skipped', text, { meter: meterId, endpoint }) };
  }

  return {
    async start() {
      if (connection.insecure)
        logger.warn(
          { event: 'opcua.unencrypted', bus: id, endpoint },
          'not encrypted, as the registry permits',
        );
      keeper.start();
    },
    poll(meterId) {
      const meter = meters.get(meterId);
      if (!meter || isStopped) return;
      counts.polls += 1;
      const outcome = outcomeOf(meterId, meter);
      if (outcome) settle(outcome);
    },
    async stop() {
      isStopped = true;
      await keeper.stop();
    },
    figures() {
      const { session } = keeper;
      const wanted = all.flatMap((meter) => meter.items).length;
      return {
        ...counts,
        ...seen,
        items_wanted: wanted,
        items_created: session ? wanted - session.missing.length : 0,
        items_good: all.reduce((sum, meter) => sum + meter.values.good, 0),
        ...certificates.figures(),
        ...(clockOffsetMs === undefined ? {} : { clock_offset_ms: clockOffsetMs }),
        link_up: session ? 1 : 0,
      };
    },
  };
}
