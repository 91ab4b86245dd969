/** One worker per Modbus bus: one request at a time, earliest deadline first, and no meter at the cost of another. */
import { AppError, isAppError, messageOf } from '../domain/errors.ts';
import type { ModbusConnection } from '../registry/schema.ts';
import { createBreaker } from './breaker.ts';
import { FRAMINGS } from './drivers/modbus/framings.ts';
import { createLinkKeeper } from './drivers/modbus/keeper.ts';
import { createModbusLink } from './drivers/modbus/link.ts';
import { nameOf } from './drivers/modbus/wire.ts';
import { createRequestFigures, createReservoir, percentiles } from './figures.ts';
import { costOf, pauseMsOf } from './line-cost.ts';
import { createMeterPlan } from './meter-plan.ts';
import {
  type BusMeter,
  createMeterPoll,
  type MeterPoll,
  type PolledMeter,
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

const QUEUE_WAITS_KEPT = 512;

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
  const meters = new Map(options.meters.map((meter) => [meter.id, toPolled(meter)]));
  /** At most one poll a meter: an overdue one is skipped and counted, so nothing ever queues up. */
  const polls = new Map<string, MeterPoll>();
  const counts = { polls: 0, ok: 0, failed: 0, skipped: 0, busy_ms: 0 };
  const queueWaits = createReservoir(QUEUE_WAITS_KEPT);
  let isBusy = false;
  /** When the line has rested long enough since the last reply. */
  let restedAtMs = 0;
  let isStopped = false;
  let wake: NodeJS.Timeout | undefined;

  function toPolled(meter: BusMeter): PolledMeter {
    const state = units.get(meter.unit) ?? { breaker: createBreaker(random), isSilent: false };
    units.set(meter.unit, state);
    const plan = createMeterPlan({ ...meter, connection: connection.id, cost, refusals });
    return { ...meter, plan, state, requests: createRequestFigures() };
  }

  /** Reports a poll that never reached the bus. */
  function decline(meter: BusMeter, code: 'unit.backoff' | 'poll.skipped', text: string): void {
    const context = { meter: meter.id, unit: meter.unit, ...place };
    const error = new AppError(code, `${meter.id}: ${text}`, context);
    options.report({ meterId: meter.id, error });
  }

  function poll(meterId: string): void {
    const meter = meters.get(meterId);
    if (!meter || isStopped) return;
    const nowMs = performance.now();
    const advice = meter.state.breaker.advise(nowMs);
    counts.polls += 1;
    if (polls.has(meterId)) {
      counts.skipped += 1;
      decline(meter, 'poll.skipped', 'the poll before is not finished');
    } else if (advice === 'wait') {
      counts.failed += 1;
      decline(meter, 'unit.backoff', `unit ${meter.unit} is left alone until its next probe`);
    } else {
      polls.set(meterId, createMeterPoll(meter, nowMs, advice === 'probe'));
      pump();
    }
  }

  /** The ready poll with the earliest deadline; there are no more of them than meters. */
  function mostUrgent(nowMs: number): MeterPoll | undefined {
    let next: MeterPoll | undefined;
    for (const candidate of polls.values()) {
      if (candidate.notBeforeMs > nowMs) continue;
      if (!next || candidate.deadlineMs < next.deadlineMs) next = candidate;
    }
    return next;
  }

  function sleepUntilReady(nowMs: number): void {
    clearTimeout(wake);
    if (polls.size === 0) return;
    const wantedAtMs = Math.min(...Array.from(polls.values(), (waiting) => waiting.notBeforeMs));
    const readyAtMs = Math.max(wantedAtMs, restedAtMs);
    wake = setTimeout(pump, Math.max(1, Math.ceil(readyAtMs - nowMs)));
  }

  /** Reads one block of the most urgent poll, then looks again who that is. */
  function pump(): void {
    if (isBusy || isStopped) return;
    const startMs = performance.now();
    const next = startMs < restedAtMs ? undefined : mostUrgent(startMs);
    if (!next) {
      sleepUntilReady(startMs);
      return;
    }
    isBusy = true;
    if (!next.isStarted) queueWaits.add(startMs - next.dueMs);
    next.isStarted = true;
    readBlock(next)
      .catch((thrown: unknown) => onFailure(next, withMeter(next.meter.id, thrown)))
      .finally(() => {
        const endMs = performance.now();
        counts.busy_ms += endMs - startMs;
        restedAtMs = endMs + pauseMs;
        isBusy = false;
        if (!next.block) finish(next);
        pump();
      });
  }

  async function readBlock({ meter, block, onData }: MeterPoll): Promise<void> {
    if (!block) return;
    await keeper.ready();
    const { functionCode, address, count } = block;
    const sentMs = performance.now();
    const data = await link.read({ unit: meter.unit, functionCode, address, count }, timeoutMs);
    meter.requests.answered(performance.now() - sentMs);
    onData(data, now());
    keeper.succeeded();
  }

  function onFailure(failed: MeterPoll, error: AppError): void {
    failed.meter.requests.failed(error);
    failed.onError(error, performance.now());
    const isForsaken =
      error.code === 'modbus.timeout' && [...units.values()].every((unit) => unit.isSilent);
    if (error.code === 'link.closed' || isForsaken) keeper.failed(error);
  }

  function finish(finished: MeterPoll): void {
    polls.delete(finished.meter.id);
    if (isStopped) return;
    const outcome = finished.outcome();
    if (outcome.error) counts.failed += 1;
    else counts.ok += 1;
    options.report(outcome);
    if (connection.closeAfterPoll && polls.size === 0) link.close();
  }

  return {
    start: async () => {},
    poll,
    async stop() {
      isStopped = true;
      clearTimeout(wake);
      polls.clear();
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
      Array.from(meters.values(), ({ id, requests, state }) => ({
        meterId: id,
        fields: { ...requests.fields(), breaker_open: state.breaker.isOpen ? 1 : 0 },
        exceptions: requests.exceptions,
      })),
  };
}
