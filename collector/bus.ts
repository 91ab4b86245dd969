/** One worker per Modbus bus: one request at a time, earliest deadline first, and no meter at the cost of another. */
import { AppError, isAppError, messageOf } from '../domain/errors.ts';
import type { ModbusConnection } from '../registry/schema.ts';
import { createBreaker } from './breaker.ts';
import { FRAMINGS } from './drivers/modbus/framings.ts';
import { createLinkKeeper, type LinkKeeper } from './drivers/modbus/keeper.ts';
import { createModbusLink } from './drivers/modbus/link.ts';
import type { ModbusLink } from './drivers/modbus/modbus-link.ts';
import type { ReplyHandler } from './drivers/modbus/reply.ts';
import { nameOf } from './drivers/modbus/wire.ts';
import {
  addTo,
  countFailure,
  createRequestFigures,
  createReservoir,
  percentiles,
  type Reservoir,
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
import type { BusFigures, MeterFigures, MeterSource, PollOutcome } from './source.ts';

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

/** A class, as there may be thousands: functions made for each would be kilobytes a meter. */
class Bus implements MeterSource, ReplyHandler {
  readonly #connection: ModbusConnection;
  readonly #now: () => number;
  readonly #report: (outcome: PollOutcome) => void;
  readonly #pauseMs: number;
  readonly #link: ModbusLink;
  readonly #keeper: LinkKeeper;
  readonly #units: readonly Unit[];
  /** Few enough to be looked through. */
  readonly #meters: readonly MeterPoll[];
  readonly #queueWaits: Reservoir;
  readonly #counts = { polls: 0, ok: 0, failed: 0, skipped: 0, busy_ms: 0 };
  /** Those under way, at most one a meter: an overdue one is skipped and counted, so nothing ever queues up. */
  readonly #polls: MeterPoll[] = [];
  /** The poll whose turn it is, since when, and when its request went out. */
  #current: MeterPoll | undefined = undefined;
  #startedMs = Number.NaN;
  #sentMs = Number.NaN;
  /** When the line has rested long enough since the last reply. */
  #restedAtMs = Number.NEGATIVE_INFINITY;
  #isStopped = false;
  #wake: NodeJS.Timeout | undefined = undefined;

  constructor(options: BusOptions) {
    const { connection, random, refusals = openRefusals() } = options;
    const { timeoutMs, connectDelayMs = 0 } = connection;
    const framing = FRAMINGS[connection.kind];
    this.#connection = connection;
    this.#now = options.now;
    this.#report = options.report;
    this.#pauseMs = pauseMsOf(connection);
    this.#link = createModbusLink({ ...connection, framing, connectTimeoutMs: timeoutMs });
    this.#keeper = createLinkKeeper(this.#link, { random, connectDelayMs });
    const cost = costOf(connection);
    const units = new Map<number, Unit>();
    this.#meters = options.meters.map((meter) => {
      const state = units.get(meter.unit) ?? { breaker: createBreaker(random), isSilent: false };
      units.set(meter.unit, state);
      const plan = createMeterPlan({ ...meter, connection: connection.id, cost, refusals });
      const { id, unit, profile, periodMs } = meter;
      const requests = createRequestFigures();
      return createMeterPoll({ id, unit, profile, periodMs, plan, state, requests });
    });
    this.#units = [...units.values()];
    this.#queueWaits = createReservoir(
      Math.min(MOST_QUEUE_WAITS, QUEUE_WAITS_KEPT * options.meters.length),
    );
  }

  async start(): Promise<void> {}

  poll(meterId: string): void {
    const due = this.#meters.find(({ meter }) => meter.id === meterId);
    if (!due || this.#isStopped) return;
    const { meter } = due;
    const nowMs = performance.now();
    const advice = meter.state.breaker.advise(nowMs);
    this.#counts.polls += 1;
    if (this.#polls.includes(due)) {
      this.#counts.skipped += 1;
      this.#decline(meter, 'poll.skipped', 'the poll before is not finished');
    } else if (advice === 'wait') {
      this.#counts.failed += 1;
      this.#decline(meter, 'unit.backoff', `unit ${meter.unit} is left alone until its next probe`);
    } else {
      beginPoll(due, nowMs, advice === 'probe');
      this.#polls.push(due);
      this.#pump();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#wake);
    this.#polls.length = 0;
    this.#keeper.stop();
  }

  onData(data: Buffer): void {
    const current = this.#current;
    if (!current) return;
    addTo(current.meter.requests.roundTrips, performance.now() - this.#sentMs);
    try {
      takeReply(current, data, this.#now());
      this.#keeper.succeeded();
    } catch (thrown) {
      this.#fail(current, thrown);
    }
    this.#proceed();
  }

  onError(thrown: unknown): void {
    if (this.#current) this.#fail(this.#current, thrown);
    this.#proceed();
  }

  figures(): BusFigures {
    const { connects, requests, exceptions, timeouts, ...frames } = this.#link.figures;
    return {
      ...this.#counts,
      connects,
      requests,
      exceptions,
      timeouts,
      late_replies: frames.lateReplies,
      broken_frames: frames.brokenFrames,
      discarded_bytes: frames.discardedBytes,
      open_breakers: this.#units.filter(({ breaker }) => breaker.isOpen).length,
      link_up: this.#link.isOpen ? 1 : 0,
      ...percentiles('queue_wait', this.#queueWaits),
    };
  }

  meterFigures(): readonly MeterFigures[] {
    return this.#meters.map(({ meter: { id, requests, state } }) => ({
      meterId: id,
      fields: { ...requestFields(requests), breaker_open: state.breaker.isOpen ? 1 : 0 },
      exceptions: requests.exceptions ?? NONE,
    }));
  }

  /** Reports a poll that never reached the bus. */
  #decline(meter: BusMeter, code: 'unit.backoff' | 'poll.skipped', text: string): void {
    const { context: place } = nameOf(this.#connection);
    const context = { meter: meter.id, unit: meter.unit, ...place };
    const error = new AppError(code, `${meter.id}: ${text}`, context);
    this.#report({ meterId: meter.id, error });
  }

  /** The ready poll with the earliest deadline; there are no more of them than meters. */
  #mostUrgent(nowMs: number): MeterPoll | undefined {
    let next: MeterPoll | undefined;
    for (const candidate of this.#polls) {
      if (candidate.notBeforeMs > nowMs) continue;
      if (!next || candidate.deadlineMs < next.deadlineMs) next = candidate;
    }
    return next;
  }

  #sleepUntilReady(nowMs: number): void {
    clearTimeout(this.#wake);
    const wantedAtMs = Math.min(...this.#polls.map((waiting) => waiting.notBeforeMs));
    const readyAtMs = Math.max(wantedAtMs, this.#restedAtMs);
    this.#wake = setTimeout(() => this.#pump(), Math.max(1, Math.ceil(readyAtMs - nowMs)));
  }

  /** Reads one block of the most urgent poll, then looks again who that is. */
  #pump(): void {
    if (this.#current || this.#isStopped || this.#polls.length === 0) return;
    const nowMs = performance.now();
    const next = nowMs < this.#restedAtMs ? undefined : this.#mostUrgent(nowMs);
    if (!next) {
      this.#sleepUntilReady(nowMs);
      return;
    }
    this.#current = next;
    this.#startedMs = nowMs;
    if (!next.isStarted) addTo(this.#queueWaits, nowMs - next.dueMs);
    next.isStarted = true;
    if (this.#link.isReady() || next.blocks.length === 0) {
      this.#ask();
      return;
    }
    this.#keeper.ready().then(
      () => this.#ask(),
      (error: unknown) => this.onError(error),
    );
  }

  #ask(): void {
    const block = this.#current?.blocks[0];
    if (!this.#current || !block) {
      this.#proceed();
      return;
    }
    const { unit } = this.#current.meter;
    const { functionCode, address, count } = block;
    this.#sentMs = performance.now();
    this.#link.ask({ unit, functionCode, address, count }, this.#connection.timeoutMs, this);
  }

  #fail(failed: MeterPoll, thrown: unknown): void {
    const error = withMeter(failed.meter.id, thrown);
    countFailure(failed.meter.requests, error);
    takeError(failed, error, performance.now());
    const isForsaken =
      error.code === 'modbus.timeout' && this.#units.every(({ isSilent }) => isSilent);
    if (error.code === 'link.closed' || isForsaken) this.#keeper.failed(error);
  }

  /** The turn is over: the line rests, then it is the most urgent one's. */
  #proceed(): void {
    const ended = this.#current;
    const nowMs = performance.now();
    this.#counts.busy_ms += nowMs - this.#startedMs;
    this.#restedAtMs = nowMs + this.#pauseMs;
    this.#current = undefined;
    if (ended && ended.blocks.length === 0) this.#finish(ended);
    this.#pump();
  }

  #finish(finished: MeterPoll): void {
    this.#polls.splice(this.#polls.indexOf(finished), 1);
    if (this.#isStopped) return;
    const outcome = endPoll(finished);
    if (outcome.error) this.#counts.failed += 1;
    else this.#counts.ok += 1;
    this.#report(outcome);
    if (this.#connection.closeAfterPoll && this.#polls.length === 0) this.#link.close();
  }
}

export function createModbusBus(options: BusOptions): MeterSource {
  return new Bus(options);
}
