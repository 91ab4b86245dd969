/** One line to a Modbus device, bus or gateway: one request in flight, a deadline on it, and no value on doubt. */
import { channel } from 'node:diagnostics_channel';
import { AppError, isAppError } from '../../../domain/errors.ts';
import { createDeadlineTimer } from './deadline.ts';
import { broken, type Framing, type Pending, type ReadRequest } from './framing.ts';
import { createOwed } from './owed.ts';
import { createReceiver } from './receiver.ts';
import { openSerial } from './serial.ts';
import { openSocket } from './socket.ts';
import { nameOf, type Opening, type Place, type Wire, type WireOptions } from './wire.ts';

export type LinkOptions = Place & {
  readonly framing: Framing;
  readonly connectTimeoutMs: number;
};

/** Every frame that goes out, for whoever wants to watch: `{ framing, frame }`. */
const outgoing = channel('jieyue:modbus:outgoing');

export interface LinkFigures {
  connects: number;
  requests: number;
  exceptions: number;
  timeouts: number;
  /** Replies that came after their request was given up; none became a value. */
  lateReplies: number;
  /** Frames that broke the protocol, each of which cost the socket. */
  brokenFrames: number;
  /** Bytes thrown away while waiting for silence. */
  discardedBytes: number;
}

export interface ModbusLink {
  readonly isOpen: boolean;
  readonly figures: Readonly<LinkFigures>;
  /** Opens a new socket or line. @throws AppError `link.refused` */
  connect(): Promise<void>;
  /**
   * The data bytes of the reply, a copy the caller owns.
   * @throws AppError `modbus.timeout`, `modbus.exception` (context.exception), `modbus.frame`,
   *   `modbus.desync`, `link.closed`
   */
  read(request: ReadRequest, timeoutMs: number): Promise<Buffer>;
  /** Resolves when no late reply is being waited out any more; look at `isOpen` then. */
  quiet(): Promise<void>;
  /** Ends the socket or line at once; a pending read is rejected. */
  close(reason?: AppError): void;
}

interface InFlight extends Pending {
  readonly timeoutMs: number;
}

/** Waiting for the line to fall silent after a timeout. */
interface Drain {
  readonly quietMs: number;
  readonly endAtMs: number;
  readonly done: () => void;
}

/** A line that does not fall silent within so many timeouts is reconnected. */
const MAX_DRAIN_TIMEOUTS = 3;

const QUIET = Promise.resolve();

function copyOf(bytes: Buffer, start: number, end: number): Buffer {
  const data = Buffer.allocUnsafe(end - start);
  bytes.copy(data, 0, start, end);
  return data;
}

export function createModbusLink(options: LinkOptions): ModbusLink {
  const { framing } = options;
  const { name, context: place } = nameOf(options);
  const figures: LinkFigures = {
    connects: 0,
    requests: 0,
    exceptions: 0,
    timeouts: 0,
    lateReplies: 0,
    brokenFrames: 0,
    discardedBytes: 0,
  };
  const owed = createOwed(framing);
  const timer = createDeadlineTimer(onDue);
  const receiver = createReceiver({
    judge(inbox) {
      const verdict = framing.judge(inbox, pending);
      if (verdict.kind !== 'reply') return owed.reconsider(inbox, verdict);
      const hasMore = inbox.start + verdict.frameBytes < inbox.end;
      if (hasMore && !framing.hasTransactionId) return broken('more bytes than the reply');
      return verdict;
    },
    onReply,
    onException,
    onLate: () => {
      figures.lateReplies += 1;
    },
    onBroken: (reason) => fault(pending ? 'modbus.frame' : 'modbus.desync', reason),
  });
  let wire: Wire | undefined;
  let isOpen = false;
  let lastId = 0;
  let pending: InFlight | undefined;
  let resolve: (data: Buffer) => void = () => {};
  let reject: (error: AppError) => void = () => {};
  let drain: Drain | undefined;
  let drained: Promise<void> | undefined;
  /** Since a timeout nothing was answered in turn: a gateway that ignores ids may be one reply behind. */
  let isBehind = false;
  /** The request in flight is asked for its length only. */
  let isFencing = false;

  /** The one executor of all reads: no closure a request. */
  function executor(onValue: (data: Buffer) => void, onError: (error: AppError) => void): void {
    resolve = onValue;
    reject = onError;
  }

  function failure(code: AppError['code'], detail: string, more = {}): AppError {
    const context = { ...place, ...pending?.request, ...more };
    const who = pending ? `unit ${pending.request.unit} at ${name}` : name;
    return new AppError(code, `${who}: ${detail}`, context);
  }

  function settleWith(error: AppError): void {
    pending = undefined;
    timer.clear();
    reject(error);
  }

  function close(reason?: AppError): void {
    // Made before the state is gone, and only where somebody is told.
    const error = pending && (reason ?? failure('link.closed', 'closed'));
    const ended = wire;
    // First: what a wire says of its own end must find nobody.
    wire = undefined;
    ended?.destroy();
    isOpen = false;
    receiver.reset();
    endDrain();
    timer.stop();
    if (error) settleWith(error);
  }

  function fault(code: 'modbus.frame' | 'modbus.desync', detail: string): void {
    figures.brokenFrames += 1;
    close(failure(code, detail));
  }

  function onDue(nowMs: number): void {
    if (drain) onSilence(nowMs);
    else if (pending) giveUp(pending, nowMs);
  }

  function giveUp(given: InFlight, nowMs: number): void {
    const { timeoutMs } = given;
    figures.timeouts += 1;
    isBehind = true;
    const error = failure('modbus.timeout', `no answer in ${timeoutMs} ms`, { timeoutMs });
    owed.add(given, nowMs);
    // With ids half a frame alone is in doubt; without them everything that may come is.
    if (framing.hasTransactionId && receiver.held > 0) close(error);
    else settleWith(error);
    if (!framing.hasTransactionId) startDrain(timeoutMs, nowMs);
  }

  function startDrain(timeoutMs: number, nowMs: number): void {
    const { promise, resolve: done } = Promise.withResolvers<void>();
    drain = { quietMs: timeoutMs, endAtMs: nowMs + timeoutMs * MAX_DRAIN_TIMEOUTS, done };
    drained = promise;
    timer.set(nowMs + timeoutMs);
  }

  function endDrain(): void {
    drain?.done();
    drain = undefined;
    drained = undefined;
  }

  function onSilence(nowMs: number): void {
    if (receiver.held > 0) fault('modbus.desync', `${receiver.held} bytes unaccounted for`);
    else if (drain && nowMs >= drain.endAtMs) fault('modbus.desync', 'the line is never silent');
    else endDrain();
  }

  function onBytes(bytes: Buffer, length: number): void {
    if (drain) {
      figures.discardedBytes += length;
      timer.set(Math.min(performance.now() + drain.quietMs, drain.endAtMs));
    }
    receiver.push(bytes, length);
  }

  function onReply(bytes: Buffer, start: number, end: number): void {
    if (!pending) return;
    isBehind = false;
    if (!framing.hasTransactionId && owed.any()) owed.clear(pending.request.unit);
    const data = framing.decodeData?.(bytes, start, end) ?? copyOf(bytes, start, end);
    pending = undefined;
    timer.clear();
    resolve(data);
  }

  function onException(exception: number): void {
    if (!pending) return;
    figures.exceptions += 1;
    const { unit, address, count } = pending.request;
    const detail = `exception ${exception} to ${count} registers at ${address}`;
    const error = failure('modbus.exception', detail, { exception });
    // Without ids exceptions look alike: this one may answer the request that was given up.
    if (!framing.hasTransactionId && !isFencing && owed.owes(unit)) close(error);
    else settleWith(error);
  }

  function exchange(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    if (!wire || !isOpen) return Promise.reject(failure('link.closed', 'not connected'));
    if (pending) throw new RangeError(`${name} already has a request in flight`);
    lastId = (lastId + 1) & 0xffff;
    pending = { request, id: lastId, timeoutMs };
    figures.requests += 1;
    const reply = new Promise<Buffer>(executor);
    timer.set(performance.now() + timeoutMs);
    const frame = framing.encode(request, lastId);
    if (outgoing.hasSubscribers) outgoing.publish({ framing: framing.name, frame });
    wire.write(frame);
    return reply;
  }

  /** Its values are of no interest, nor is it the caller's question that an exception refuses. */
  async function fence(request: ReadRequest, timeoutMs: number): Promise<void> {
    isFencing = true;
    try {
      await exchange(request, timeoutMs);
    } catch (error) {
      if (!isAppError(error, 'modbus.exception')) throw error;
      if (framing.hasTransactionId) return;
      // Were it the late answer to the request given up, the answer to the fence would still follow.
      startDrain(timeoutMs, performance.now());
      await drained;
      if (isOpen) owed.clear(request.unit);
    } finally {
      isFencing = false;
    }
  }

  /** Reads another length first wherever a late reply could be taken for this one's. */
  async function readBehindFence(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    await drained;
    const nowMs = performance.now();
    if (owed.resembles(request, nowMs)) await fence(owed.fenceFor(request, nowMs), timeoutMs);
    return exchange(request, timeoutMs);
  }

  function open(handlers: WireOptions): Opening {
    return 'path' in options
      ? openSerial({ ...options, ...handlers })
      : openSocket({ ...options, ...handlers });
  }

  async function connect(): Promise<void> {
    close();
    const opening = open({
      connectTimeoutMs: options.connectTimeoutMs,
      onBytes: (bytes, length) => {
        if (wire === opening.wire) onBytes(bytes, length);
      },
      onClosed: (error) => {
        if (wire === opening.wire) close(error);
      },
    });
    wire = opening.wire;
    await opening.connected;
    isOpen = wire === opening.wire;
    if (!isOpen) throw failure('link.closed', 'closed while connecting');
    figures.connects += 1;
  }

  return {
    get isOpen() {
      return isOpen;
    },
    figures,
    connect,
    read: (request, timeoutMs) =>
      drained || (owed.any() && (isBehind || !framing.hasTransactionId))
        ? readBehindFence(request, timeoutMs)
        : exchange(request, timeoutMs),
    quiet: () => drained ?? QUIET,
    close,
  };
}
