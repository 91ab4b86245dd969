/** The worker of one OPC UA server: keeps a session up and makes a reading per meter at each tick. */
import type { DataValue } from 'node-opcua-client';
import type { Logger } from 'pino';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { Meter, OpcuaConnection } from '../../registry/schema.ts';
import type { MeterProfile } from '../profile.ts';
import type { MeterSource, PollOutcome } from '../source.ts';
import { createCertificateWatch } from './certificate-watch.ts';
import { createSessionKeeper } from './keeper.ts';
import { createOpcuaMeter, notificationOf, type OpcuaMeter } from './meter.ts';
import type { ResolvedItem, WantedItem } from './nodes.ts';
import { createReadQueue } from './reads.ts';
import { createServerClock } from './server-clock.ts';
import { type OpcuaSession, openSession } from './session.ts';
import { createSilence } from './silence.ts';

export interface OpcuaSourceOptions {
  readonly connection: OpcuaConnection;
  readonly meters: readonly { readonly meter: Meter; readonly profile: MeterProfile }[];
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Logger;
  readonly pkiFolder?: string;
  /** Told the server's time at each of its answers. */
  otherClock?(atMs: number): void;
  report(outcome: PollOutcome): void;
}

/** Reads without an answer in a row that end a session: one may be a slow device behind the server. */
const READS_TO_SILENCE = 2;
const WATCH_EVERY_MS = 500;

/** What a meter has to tell at a tick. */
interface Due {
  readonly meterId: string;
  readonly meter: OpcuaMeter;
  readonly quantities: ReadonlySet<QuantityId>;
  /** What of that is to be asked for. */
  readonly reads: readonly ResolvedItem[];
  /** All that has no period of its own comes by subscription. */
  readonly isSubscribed: boolean;
}

export function createOpcuaSource(options: OpcuaSourceOptions): MeterSource {
  const { connection, now, random, logger, pkiFolder } = options;
  const { id, endpoint } = connection;
  const pki = pkiFolder === undefined ? {} : { pkiFolder };
  const meters = new Map(
    options.meters.map(({ meter, profile }) => [meter.id, createOpcuaMeter(meter, profile)]),
  );
  const all = [...meters.values()];
  const groups = new Map(
    [...Map.groupBy(all, (meter) => meter.periodMs)].map(([periodMs, members]) => [
      periodMs,
      members.flatMap((meter) => meter.items),
    ]),
  );
  const counts = { polls: 0, ok: 0, failed: 0, skipped: 0, connects: 0 };
  const seen = { notifications: 0, reads: 0, bad_statuses: 0 };
  /** Meters of which the server has no node at all. */
  const unknown = new Map<string, string>();
  /** Meters whose tick found no session: they are polled as soon as there is one with values. */
  const owed = new Set<string>();
  let watchdog: NodeJS.Timeout | undefined;
  let readsMissed = 0;
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
        onServerTime: clock.note,
        onChatter: (text) => logger.debug({ event: 'opcua.library', bus: id }, text),
      }),
    onOpened(session) {
      counts.connects += 1;
      readsMissed = 0;
      for (const periodMs of session.silenceMs.keys()) {
        if (silence.heardMs(periodMs) === undefined) onHeard(periodMs);
      }
      noteMissing(session);
      noteUnmonitored(session);
      certificates.opened(session);
      watchdog = setInterval(watch, WATCH_EVERY_MS);
      for (const meterId of owed) {
        const isRead = session.readItems.get(meterId)?.some(({ item }) => !item.isApart);
        if (isRead || meters.get(meterId)?.values.good) makeGood(meterId);
      }
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
  const clock = createServerClock({ bus: id, now, logger, otherClock: options.otherClock });
  const silence = createSilence(now, (periodMs) => keeper.session?.silenceMs.get(periodMs));
  const queue = createReadQueue(readMeters);

  function onHeard(periodMs: number): void {
    silence.heard(periodMs);
    keeper.succeeded();
  }

  function onValue(item: WantedItem, dataValue: DataValue): void {
    const reads = keeper.session?.readItems.get(item.meterId);
    if (reads?.some((read) => read.item === item)) return;
    seen.notifications += 1;
    note(item, dataValue, false);
    makeGood(item.meterId);
  }

  /** Once all values that came together are known; values may come before the session counts as open. */
  function makeGood(meterId: string): void {
    if (owed.size > 0 && keeper.session && owed.delete(meterId)) setImmediate(poll, meterId);
  }

  function note(item: WantedItem, dataValue: DataValue, isRead: boolean): void {
    if (dataValue.statusCode.isBad()) seen.bad_statuses += 1;
    meters.get(item.meterId)?.values.notify(notificationOf(item, dataValue, isRead), now());
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

  function noteUnmonitored({ unmonitored: [first, ...others] }: OpcuaSession): void {
    if (!first) return;
    const { item, status } = first;
    const items = others.length + 1;
    logger.warn(
      { event: 'opcua.not-monitored', bus: id, items, node: item.nodeId, status },
      'what the server does not monitor is read at each poll',
    );
  }

  function forgetAll(): void {
    silence.forget();
    for (const meter of all) meter.values.forget();
  }

  function watch(): void {
    const periodMs = silence.silent;
    if (periodMs !== undefined) keeper.end(`no publish response for the period of ${periodMs} ms`);
  }

  function settle(outcome: PollOutcome): void {
    if (isStopped) return;
    if (outcome.error) counts.failed += 1;
    else counts.ok += 1;
    options.report(outcome);
  }

  function dueOf(meterId: string): Due[] {
    const meter = meters.get(meterId);
    if (!meter) return [];
    const quantities = meter.due(performance.now());
    const all = keeper.session?.readItems.get(meterId) ?? [];
    const reads = all.filter(({ item }) => quantities.has(item.quantity));
    const isSubscribed = all.every(({ item }) => item.isApart);
    return [{ meterId, meter, quantities, reads, isSubscribed }];
  }

  /** The reading of what is due, as far as it is known. */
  function assemble({ meter, quantities, isSubscribed }: Due): PollOutcome {
    const heardAtMs = isSubscribed ? silence.heardMs(meter.periodMs) : now();
    return meter.assemble({ heardMs: heardAtMs, due: quantities, atMs: performance.now() });
  }

  /** What came by subscription alone, and why there is no more. */
  function unread(due: Due, cause: unknown): PollOutcome {
    const { meterId, reads } = due;
    const quantities = new Set(due.quantities);
    for (const { item } of reads) quantities.delete(item.quantity);
    const { sample } = assemble({ ...due, quantities });
    const text = `${meterId}: ${messageOf(cause)}`;
    const error = new AppError('opcua.silent', text, { meter: meterId, endpoint }, { cause });
    return { meterId, error, ...(sample ? { sample } : {}) };
  }

  /** Never throws: each meter gets its values, or the reason why there are none. */
  async function readMeters(meterIds: readonly string[]): Promise<void> {
    const { session } = keeper;
    const due = meterIds.flatMap(dueOf);
    const items = due.flatMap(({ reads }) => reads);
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
      for (const one of due) settle(assemble(one));
    } catch (error) {
      readsMissed += 1;
      if (session && readsMissed >= READS_TO_SILENCE) keeper.end(messageOf(error));
      for (const one of due) settle(unread(one, error));
    }
  }

  /** What is known at once; `undefined` when the answer comes later. */
  function outcomeOf(meterId: string): PollOutcome | undefined {
    const { session } = keeper;
    if (!session) {
      owed.add(meterId);
      return { meterId, error: keeper.failure };
    }
    const gone = unknown.get(meterId);
    if (gone !== undefined) {
      const text = `${meterId}: ${endpoint} has none of its nodes; ${gone}`;
      const context = { meter: meterId, endpoint };
      return { meterId, error: new AppError('opcua.bad-status', text, context) };
    }
    const [due] = dueOf(meterId);
    if (due?.reads.length === 0) return assemble(due);
    if (queue.add(meterId)) return undefined;
    counts.skipped += 1;
    const text = `${meterId}: the read before is not finished`;
    return { meterId, error: new AppError('poll.skipped', text, { meter: meterId, endpoint }) };
  }

  function poll(meterId: string): void {
    if (isStopped || !meters.has(meterId)) return;
    counts.polls += 1;
    const outcome = outcomeOf(meterId);
    if (outcome) settle(outcome);
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
    poll,
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
        items_read: [...(session?.readItems.values() ?? [])].reduce(
          (sum, { length }) => sum + length,
          0,
        ),
        items_good: all.reduce((sum, meter) => sum + meter.values.good, 0),
        ...certificates.figures(),
        ...clock.figures(),
        link_up: session ? 1 : 0,
      };
    },
  };
}
