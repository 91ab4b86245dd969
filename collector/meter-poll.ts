/** One poll of one Modbus meter, block by block: what came so far, and what each kind of failure means for the rest. */
import { AppError } from '../domain/errors.ts';
import type { Breaker } from './breaker.ts';
import type { Values } from './codec/decode.ts';
import type { RequestFigures } from './figures.ts';
import type { MeterPlan, PlannedBlock } from './meter-plan.ts';
import type { ModbusProfile } from './profile.ts';
import type { PollOutcome } from './source.ts';

export interface BusMeter {
  readonly id: string;
  readonly unit: number;
  readonly profile: ModbusProfile;
  readonly periodMs: number;
  /** Periods of groups of quantities that are read less often. */
  readonly groupsMs?: ReadonlyMap<string, number>;
}

/** What the bus knows of a unit id; meters of one unit share it. */
export interface Unit {
  readonly breaker: Breaker;
  /** Its last request went unanswered. */
  isSilent: boolean;
}

export interface PolledMeter extends BusMeter {
  readonly plan: MeterPlan;
  readonly state: Unit;
  readonly requests: RequestFigures;
}

export interface MeterPoll {
  readonly meter: PolledMeter;
  readonly dueMs: number;
  readonly deadlineMs: number;
  /** Its first request went out. */
  isStarted: boolean;
  /** Monotonic instant before which the device wants to be left alone. */
  readonly notBeforeMs: number;
  /** The next block to read; none when the poll is over. */
  readonly block: PlannedBlock | undefined;
  onData(data: Buffer, atMs: number): void;
  onError(error: AppError, nowMs: number): void;
  outcome(): PollOutcome;
}

/** Acknowledge and busy (Modbus Application Protocol V1.1b3 §7): the device wants a moment. */
const BUSY_EXCEPTIONS: ReadonlySet<unknown> = new Set([5, 6]);
/** Illegal function, address, value: the question is wrong, and will be next time. */
const REFUSALS: ReadonlySet<unknown> = new Set([1, 2, 3]);
/** A gateway found no path to the unit, or got no answer from it. */
const GATEWAY_EXCEPTIONS: ReadonlySet<unknown> = new Set([10, 11]);
const MAX_BUSY_ANSWERS = 3;
const BUSY_WAIT_MS = 100;

function refusedBy({ id, unit, profile }: PolledMeter): AppError {
  const context = { meter: id, unit, profile: profile.id };
  return new AppError('modbus.refused', `${id}: refuses registers of ${profile.id}`, context);
}

/** `isProbe`: start with the smallest block, so that a unit still dead costs least. */
export function createMeterPoll(meter: PolledMeter, nowMs: number, isProbe: boolean): MeterPoll {
  const { plan, state } = meter;
  const values: Values = {};
  let blocks = plan.blocks(nowMs);
  if (isProbe) blocks.sort((a, b) => a.count - b.count);
  let error = plan.hasRefused ? refusedBy(meter) : undefined;
  let atMs: number | undefined;
  let notBeforeMs = 0;
  let busyAnswers = 0;

  function answered(): void {
    state.breaker.succeeded();
    state.isSilent = false;
  }

  function giveUp(cause: AppError): void {
    error = cause;
    blocks = [];
  }

  function onRefusal(): void {
    const [block, ...rest] = blocks;
    const parts = block ? plan.refuse(block, nowMs) : [];
    if (parts.length === 0) error = refusedBy(meter);
    blocks = [...parts, ...rest];
  }

  function onException(cause: AppError, atNowMs: number): void {
    const { exception } = cause.context;
    if (GATEWAY_EXCEPTIONS.has(exception)) {
      state.breaker.failed(atNowMs);
      giveUp(cause);
      return;
    }
    answered();
    if (REFUSALS.has(exception)) onRefusal();
    else if (BUSY_EXCEPTIONS.has(exception) && busyAnswers < MAX_BUSY_ANSWERS) {
      notBeforeMs = atNowMs + BUSY_WAIT_MS * 2 ** busyAnswers;
      busyAnswers += 1;
    } else giveUp(cause);
  }

  return {
    meter,
    dueMs: nowMs,
    deadlineMs: nowMs + meter.periodMs,
    isStarted: false,
    get notBeforeMs() {
      return notBeforeMs;
    },
    get block() {
      return blocks[0];
    },
    onData(data, arrivedAtMs) {
      const [block, ...rest] = blocks;
      if (!block) return;
      block.decode(data, values);
      plan.accept(block, nowMs);
      atMs = arrivedAtMs;
      blocks = rest;
      answered();
    },
    onError(cause, atNowMs) {
      if (cause.code === 'modbus.exception') {
        onException(cause, atNowMs);
        return;
      }
      if (cause.code === 'modbus.timeout') state.isSilent = true;
      // A lost link is not this unit's fault.
      if (cause.code.startsWith('modbus.')) state.breaker.failed(atNowMs);
      giveUp(cause);
    },
    outcome: () => ({
      meterId: meter.id,
      ...(atMs === undefined ? {} : { sample: { meterId: meter.id, atMs, quality: 0, values } }),
      ...(error ? { error } : {}),
    }),
  };
}
