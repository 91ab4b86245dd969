/** The worker of one OPC UA server: keeps a session up and assembles a reading per meter at each tick. */
import type { DataValue } from 'node-opcua-client';
import type { Logger } from 'pino';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import type { Meter, OpcuaConnection } from '../../registry/schema.ts';
import { createBackoff, LINK_BACKOFF } from '../backoff.ts';
import type { MeterProfile } from '../profile.ts';
import type { MeterSource, PollOutcome } from '../source.ts';
import { createMeterValues, type MeterValues } from './meter-values.ts';
import { numberIn, type WantedItem, wantedItems } from './nodes.ts';
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

interface OpcuaMeter {
  readonly periodMs: number;
  readonly items: readonly WantedItem[];
  readonly values: MeterValues;
}

function opcuaMeter({ meter, profile }: OpcuaSourceOptions['meters'][number]): OpcuaMeter {
  if (profile.protocol !== 'opcua' || meter.node === undefined) {
    const context = { meter: meter.id, profile: meter.profile };
    throw new AppError(
      'config.invalid',
      `${meter.id}: needs an OPC UA profile and a node`,
      context,
    );
  }
  const items = wantedItems(meter.id, meter.node, profile);
  return { periodMs: meter.pollSeconds * 1000, items, values: createMeterValues(meter.id) };
}

export function createOpcuaSource(options: OpcuaSourceOptions): MeterSource {
  const { connection, now, random, logger } = options;
  const { id, endpoint } = connection;
  const meters = new Map(options.meters.map((entry) => [entry.meter.id, opcuaMeter(entry)]));
  const groups = new Map(
    [...Map.groupBy(meters.values(), (meter) => meter.periodMs)].map(([periodMs, members]) => [
      periodMs,
      members.flatMap((meter) => meter.items),
    ]),
  );
  const backoff = createBackoff(LINK_BACKOFF, random);
  const counts = { polls: 0, ok: 0, failed: 0, connects: 0, notifications: 0, bad_statuses: 0 };
  /** When each subscription was last heard, on both clocks: one to stamp, one to wait. */
  const heard = new Map<number, { readonly wallMs: number; readonly atMs: number }>();
  /** Meters of which the server has no node at all. */
  const unknown = new Map<string, string>();
  let session: OpcuaSession | undefined;
  let failure = new AppError('opcua.connect', `${id}: not connected yet`, { connection: id });
  let endSession: (reason: string) => void = () => {};
  let wakeUp: () => void = () => {};
  const stopping = new AbortController();
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();

  function onValue(item: WantedItem, dataValue: DataValue): void {
    const { statusCode } = dataValue;
    const isBad = statusCode.isBad();
    const raw = isBad ? undefined : numberIn(dataValue);
    counts.notifications += 1;
    if (isBad) counts.bad_statuses += 1;
    meters.get(item.meterId)?.values.notify(
      {
        quantity: item.quantity,
        value: raw === undefined ? undefined : item.toCanonical(raw),
        isUncertain: statusCode.value >>> 30 === UNCERTAIN,
        status: isBad ? statusCode.name : 'not a number',
        sourceMs: dataValue.sourceTimestamp?.getTime(),
      },
      now(),
    );
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
    for (const meter of meters.values()) meter.values.forget();
  }

  /** One session from connecting to its end; resolves with the reason it ended for. */
  async function runSession(): Promise<void> {
    const ended = Promise.withResolvers<string>();
    endSession = ended.resolve;
    const { pkiFolder } = options;
    const opened = await openSession({
      connection,
      groups,
      onValue,
      onHeard(periodMs) {
        heard.set(periodMs, { wallMs: now(), atMs: performance.now() });
        backoff.succeeded();
      },
      onLost: ended.resolve,
      onChatter: (text) => logger.debug({ event: 'opcua.library', bus: id }, text),
      signal: stopping.signal,
      ...(pkiFolder === undefined ? {} : { pkiFolder }),
    });
    try {
      for (const periodMs of groups.keys()) {
        if (!heard.has(periodMs)) heard.set(periodMs, { wallMs: now(), atMs: performance.now() });
      }
      session = opened;
      counts.connects += 1;
      noteMissing(opened);
      logger.info({ event: 'opcua.connected', bus: id, endpoint }, 'session open');
      const reason = isStopped ? 'stopped' : await ended.promise;
      failure = new AppError('opcua.silent', `${id}: ${reason}`, { connection: id, endpoint });
      if (!isStopped)
        logger.warn({ event: 'opcua.lost', bus: id, endpoint, reason }, 'session lost');
    } finally {
      session = undefined;
      forgetAll();
      await opened.close();
    }
  }

  async function keepConnected(): Promise<void> {
    let lastText = '';
    while (!isStopped) {
      try {
        await runSession();
        lastText = '';
      } catch (error) {
        forgetAll();
        failure = isAppError(error)
          ? error
          : new AppError('opcua.connect', `${id}: ${messageOf(error)}`, {}, { cause: error });
        if (failure.message !== lastText)
          logger.warn({ event: 'opcua.failed', bus: id, reason: failure.code }, failure.message);
        lastText = failure.message;
      }
      if (isStopped) return;
      backoff.failed(performance.now());
      await pause(backoff.retryAtMs - performance.now());
    }
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, Math.max(0, delayMs));
      wakeUp = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  /** When the meter's subscription was last heard; one that is silent too long ends the session. */
  function heardMs(periodMs: number): number | undefined {
    const last = heard.get(periodMs);
    const silentMs = last ? performance.now() - last.atMs : 0;
    if (!last || silentMs <= (session?.silenceMs.get(periodMs) ?? 0)) return last?.wallMs;
    endSession(`no publish response in ${Math.round(silentMs)} ms`);
    return undefined;
  }

  function outcomeOf(meterId: string, meter: OpcuaMeter): PollOutcome {
    if (!session) return { meterId, error: failure };
    const gone = unknown.get(meterId);
    if (gone === undefined) return meter.values.assemble(heardMs(meter.periodMs));
    const text = `${meterId}: ${endpoint} has none of its nodes; ${gone}`;
    return { meterId, error: new AppError('opcua.bad-status', text, { meter: meterId, endpoint }) };
  }

  return {
    async start() {
      if (connection.insecure)
        logger.warn(
          { event: 'opcua.unencrypted', bus: id, endpoint },
          'not encrypted, as the registry permits',
        );
      running = keepConnected();
    },
    poll(meterId) {
      const meter = meters.get(meterId);
      if (!meter || isStopped) return;
      const outcome = outcomeOf(meterId, meter);
      counts.polls += 1;
      if (outcome.error) counts.failed += 1;
      else counts.ok += 1;
      options.report(outcome);
    },
    async stop() {
      isStopped = true;
      stopping.abort();
      endSession('stopped');
      wakeUp();
      await running;
    },
    figures: () => ({ ...counts, link_up: session ? 1 : 0 }),
  };
}
