/** One worker per Modbus bus: one request at a time, earliest deadline first, and no meter at the cost of another. */
import { AppError, isAppError, messageOf } from '../domain/errors.ts';
import type { ModbusConnection } from '../registry/schema.ts';
import { createBreaker } from './breaker.ts';
import { FRAMINGS } from './drivers/modbus/framings.ts';
import { createLinkKeeper } from './drivers/modbus/keeper.ts';
import { createModbusLink } from './drivers/modbus/link.ts';
import type { ReplyHandler } from './drivers/modbus/reply.ts';
import { nameOf } from './drivers/modbus/wire.ts';
import {
  addTo,
  countFailure,
  createRequestFigures,
  createReservoir,
  percentiles,
  requestFields,
} from './figures.ts';
import { costOf, pauseMsOf } from './line-cost.ts';
import { createMeterPlan } from './meter-plan.ts';
import {
  type BusMeter,
  beginPoll,
  createMeterPoll,
  endPoll,
  type MeterPoll,
  takeError,
  takeReply,
  type Unit,
} from './meter-poll.ts';
import { openRefusals, type Refusals } from './refusals.ts';
import type { MeterSource, PollOutcome } from './source.ts';

export interface BusOptions {
  readonly connection: ModbusConnection;
  readonly meters: readonly BusMeter[];
  readonly now: () => number;
  readonly random: () => number;
  /** What devices refused before; forgotten with the process when absent. */
  readonly refusals?: Refusals;
  report(outcome: PollOutcome): void;
}

/** Of each meter of the bus, within bounds. */
const QUEUE_WAITS_KEPT = 16;
const MOST_QUEUE_WAITS = 512;
const NONE: ReadonlyMap<number, number> = new Map();

/** The error with the meter's name in front; anything unforeseen becomes a frame fault. */
function withMeter(meter: string, thrown: unknown): AppError {
  const { code, context }: { code: AppError['code']; context: object } = isAppError(thrown)
    ? thrown
    : { code: 'modbus.frame', context: {} };
  const text = `${meter}: ${messageOf(thrown)}`;
  return new AppError(code, text, { ...context, meter }, { cause: thrown });
}

export function createModbusBus(options: BusOptions): MeterSource {
  const { connection, now, random, refusals = openRefusals() } = options;
  const { timeoutMs, connectDelayMs = 0 } = connection;
  const { context: place } = nameOf(connection);
  const framing = FRAMINGS[connection.kind];
  const link = createModbusLink({ ...connection, framing, connectTimeoutMs: timeoutMs });
  const keeper = createLinkKeeper(link, { random, connectDelayMs });
  const cost = costOf(connection);
  const pauseMs = pauseMsOf(connection);
  const units = new Map<number, Unit>();
  const meters = new Map(options.meters.map((meter) => [meter.id, pollOf(meter)]));
  /** Those under way, at most one a meter: an overdue one is skipped and counted, so nothing ever queues up. */
  const polls: MeterPoll[] = [];
  const counts = { polls: 0, ok: 0, failed: 0, skipped: 0, busy_ms: 0 };
  const handler: ReplyHandler = { onData, onError };
  const queueWaits = createReservoir(
    Math.min(MOST_QUEUE_WAITS, QUEUE_WAITS_KEPT * options.meters.length),
  );
  /** The poll whose turn it is, since when, and when its request went out. */
  let current: MeterPoll | undefined;
  /** `restedAtMs`: when the line has rested long enough since the last reply. */
  const turn = { startedMs: 0, sentMs: 0, restedAtMs: 0 };
  let isStopped = false;
  let wake: NodeJS.Timeout | undefined;

  function pollOf(meter: BusMeter): MeterPoll {
    const state = units.get(meter.unit) ?? { breaker: createBreaker(random), isSilent: false };
    units.set(meter.unit, state);
    const plan = createMeterPlan({ ...meter, connection: connection.id, cost, refusals });
    return createMeterPoll({ ...meter, plan, state, requests: createRequestFigures() });
  }

  /** Reports a poll that never reached the bus. */
  function decline(meter: BusMeter, code: 'unit.backoff' | 'poll.skipped', text: string): void {
    const context = { meter: meter.id, unit: meter.unit, ...place };
    const error = new AppError(code, `${meter.id}: ${text}`, context);
    options.report({ meterId: meter.id, error });
  }

  function poll(meterId: string): void {
    const due = meters.get(meterId);
    if (!due || isStopped) return;
    const { meter } = due;
    const nowMs = performance.now();
    const advice = meter.state.breaker.advise(nowMs);
    counts.polls += 1;
    if (polls.includes(due)) {
      counts.skipped += 1;
      decline(meter, 'poll.skipped', 'the poll before is not finished');
    } else if (advice === 'wait') {
      counts.failed += 1;
      decline(meter, 'unit.backoff', `unit ${meter.unit} is left alone until its next probe`);
    } else {
      beginPoll(due, nowMs, advice === 'probe');
      polls.push(due);
      pump();
    }
  }

  /** The ready poll with the earliest deadline; there are no more of them than meters. */
  function mostUrgent(nowMs: number): MeterPoll | undefined {
    let next: MeterPoll | undefined;
    for (const candidate of polls) {
      if (candidate.notBeforeMs > nowMs) continue;
      if (!next || candidate.deadlineMs < next.deadlineMs) next = candidate;
    }
    return next;
  }

  function sleepUntilReady(nowMs: number): void {
    clearTimeout(wake);
    const wantedAtMs = Math.min(...polls.map((waiting) => waiting.notBeforeMs));
    const readyAtMs = Math.max(wantedAtMs, turn.restedAtMs);
    wake = setTimeout(pump, Math.max(1, Math.ceil(readyAtMs - nowMs)));
  }

  /** Reads one block of the most urgent poll, then looks again who that is. */
  function pump(): void {
    if (current || isStopped || polls.length === 0) return;
    const nowMs = performance.now();
    const next = nowMs < turn.restedAtMs ? undefined : mostUrgent(nowMs);
    if (!next) {
      sleepUntilReady(nowMs);
      return;
    }
    current = next;
    turn.startedMs = nowMs;
    if (!next.isStarted) addTo(queueWaits, nowMs - next.dueMs);
    next.isStarted = true;
    if (link.isReady() || next.blocks.length === 0) ask();
    else keeper.ready().then(ask, onError);
  }

  function ask(): void {
    const block = current?.blocks[0];
    if (!current || !block) {
      proceed();
      return;
    }
    const { unit } = current.meter;
    const { functionCode, address, count } = block;
    turn.sentMs = performance.now();
    link.ask({ unit, functionCode, address, count }, timeoutMs, handler);
  }

  function onData(data: Buffer): void {
    if (!current) return;
    addTo(current.meter.requests.roundTrips, performance.now() - turn.sentMs);
    try {
      takeReply(current, data, now());
      keeper.succeeded();
    } catch (thrown) {
      fail(current, thrown);
    }
    proceed();
  }

  function onError(thrown: unknown): void {
    if (current) fail(current, thrown);
    proceed();
  }

  function fail(failed: MeterPoll, thrown: unknown): void {
    const error = withMeter(failed.meter.id, thrown);
    countFailure(failed.meter.requests, error);
    takeError(failed, error, performance.now());
    const isForsaken =
      error.code === 'modbus.timeout' && [...units.values()].every((unit) => unit.isSilent);
    if (error.code === 'link.closed' || isForsaken) keeper.failed(error);
  }

  /** The turn is over: the line rests, then it is the most urgent one's. */
  function proceed(): void {
    const ended = current;
    const nowMs = performance.now();
    counts.busy_ms += nowMs - turn.startedMs;
    turn.restedAtMs = nowMs + pauseMs;
    current = undefined;
    if (ended && ended.blocks.length === 0) finish(ended);
    pump();
  }

  function finish(finished: MeterPoll): void {
    polls.splice(polls.indexOf(finished), 1);
    if (isStopped) return;
    const outcome = endPoll(finished);
    if (outcome.error) counts.failed += 1;
    else counts.ok += 1;
    options.report(outcome);
    if (connection.closeAfterPoll && polls.length === 0) link.close();
  }

  return {
    start: async () => {},
    poll,
    async stop() {
      isStopped = true;
      clearTimeout(wake);
      polls.length = 0;
      link.close();
    },
    figures() {
      const { connects, requests, exceptions, timeouts, ...frames } = link.figures;
      return {
        ...counts,
        connects,
        requests,
        exceptions,
        timeouts,
        late_replies: frames.lateReplies,
        broken_frames: frames.brokenFrames,
        discarded_bytes: frames.discardedBytes,
        open_breakers: [...units.values()].filter((unit) => unit.breaker.isOpen).length,
        link_up: link.isOpen ? 1 : 0,
        ...percentiles('queue_wait', queueWaits),
      };
    },
    meterFigures: () =>
      Array.from(meters.values(), ({ meter: { id, requests, state } }) => ({
        meterId: id,
        fields: { ...requestFields(requests), breaker_open: state.breaker.isOpen ? 1 : 0 },
        exceptions: requests.exceptions ?? NONE,
      })),
  };
}
