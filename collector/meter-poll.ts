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

/** The one poll a meter can have at a time; the next one uses it again. */
export interface MeterPoll {
  readonly meter: PolledMeter;
  dueMs: number;
  deadlineMs: number;
  /** Its first request went out. */
  isStarted: boolean;
  /** Monotonic instant before which the device wants to be left alone. */
  notBeforeMs: number;
  /** What is left to read; nothing when the poll is over. */
  blocks: readonly PlannedBlock[];
  values: Values;
  /** NaN while nothing came. */
  atMs: number;
  error: AppError | undefined;
  busyAnswers: number;
}

/** Acknowledge and busy (Modbus Application Protocol V1.1b3 §7): the device wants a moment. */
const BUSY_EXCEPTIONS: ReadonlySet<unknown> = new Set([5, 6]);
/** Illegal function, address, value: the question is wrong, and will be next time. */
const REFUSALS: ReadonlySet<unknown> = new Set([1, 2, 3]);
/** A gateway found no path to the unit, or got no answer from it. */
const GATEWAY_EXCEPTIONS: ReadonlySet<unknown> = new Set([10, 11]);
const MAX_BUSY_ANSWERS = 3;
const BUSY_WAIT_MS = 100;
const NO_BLOCKS: readonly PlannedBlock[] = [];
const NO_VALUES: Values = {};

function refusedBy({ id, unit, profile }: PolledMeter): AppError {
  const context = { meter: id, unit, profile: profile.id };
  return new AppError('modbus.refused', `${id}: refuses registers of ${profile.id}`, context);
}

/** Numbers begin as what they will be: one that may be absent too would be a new object each time. */
export function createMeterPoll(meter: PolledMeter): MeterPoll {
  return {
    meter,
    dueMs: Number.NaN,
    deadlineMs: Number.NaN,
    isStarted: false,
    notBeforeMs: Number.NEGATIVE_INFINITY,
    blocks: NO_BLOCKS,
    values: NO_VALUES,
    atMs: Number.NaN,
    error: undefined,
    busyAnswers: 0,
  };
}

/** `isProbe`: start with the smallest block, so that a unit still dead costs least. */
export function beginPoll(poll: MeterPoll, nowMs: number, isProbe: boolean): void {
  const { plan, periodMs } = poll.meter;
  const blocks = plan.blocks(nowMs);
  poll.dueMs = nowMs;
  poll.deadlineMs = nowMs + periodMs;
  poll.isStarted = false;
  poll.notBeforeMs = Number.NEGATIVE_INFINITY;
  poll.blocks = isProbe ? blocks.toSorted((a, b) => a.count - b.count) : blocks;
  poll.atMs = Number.NaN;
  poll.error = plan.hasRefused ? refusedBy(poll.meter) : undefined;
  poll.busyAnswers = 0;
}

function answered({ state }: PolledMeter): void {
  state.breaker.succeeded();
  state.isSilent = false;
}

function giveUp(poll: MeterPoll, cause: AppError): void {
  poll.error = cause;
  poll.blocks = NO_BLOCKS;
}

function onRefusal(poll: MeterPoll): void {
  const { meter, dueMs } = poll;
  const [block, ...rest] = poll.blocks;
  const parts = block ? meter.plan.refuse(block, dueMs) : [];
  if (parts.length === 0) poll.error = refusedBy(meter);
  poll.blocks = [...parts, ...rest];
}

function onException(poll: MeterPoll, cause: AppError, nowMs: number): void {
  const { exception } = cause.context;
  if (GATEWAY_EXCEPTIONS.has(exception)) {
    poll.meter.state.breaker.failed(nowMs);
    giveUp(poll, cause);
    return;
  }
  answered(poll.meter);
  if (REFUSALS.has(exception)) onRefusal(poll);
  else if (BUSY_EXCEPTIONS.has(exception) && poll.busyAnswers < MAX_BUSY_ANSWERS) {
    poll.notBeforeMs = nowMs + BUSY_WAIT_MS * 2 ** poll.busyAnswers;
    poll.busyAnswers += 1;
  } else giveUp(poll, cause);
}

/** The reply to the first block that was left. */
export function takeReply(poll: MeterPoll, data: Buffer, arrivedAtMs: number): void {
  const { meter, blocks, dueMs } = poll;
  const [block] = blocks;
  if (!block) return;
  // No earlier: what waits for a reply grows old, and its values with it.
  if (poll.values === NO_VALUES) poll.values = {};
  block.decode(data, poll.values);
  meter.plan.accept(block, dueMs);
  poll.atMs = arrivedAtMs;
  poll.blocks = blocks.length === 1 ? NO_BLOCKS : blocks.slice(1);
  answered(meter);
}

export function takeError(poll: MeterPoll, cause: AppError, nowMs: number): void {
  if (cause.code === 'modbus.exception') {
    onException(poll, cause, nowMs);
    return;
  }
  const { state } = poll.meter;
  if (cause.code === 'modbus.timeout') state.isSilent = true;
  // A lost link is not this unit's fault.
  if (cause.code.startsWith('modbus.')) state.breaker.failed(nowMs);
  giveUp(poll, cause);
}

/** What became of it; the poll forgets its values, or they would grow old until the next one. */
export function endPoll(poll: MeterPoll): PollOutcome {
  const { meter, atMs, values, error } = poll;
  const meterId = meter.id;
  poll.values = NO_VALUES;
  if (Number.isNaN(atMs)) return error ? { meterId, error } : { meterId };
  const sample = { meterId, atMs, quality: 0, values };
  return error ? { meterId, sample, error } : { meterId, sample };
}
