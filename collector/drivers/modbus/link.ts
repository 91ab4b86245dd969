/** One line to a Modbus device, bus or gateway: one request in flight, a deadline on it, and no value on doubt. */
import { channel } from 'node:diagnostics_channel';
import { AppError, isAppError } from '../../../domain/errors.ts';
import { createDeadline, NEVER, setDeadline } from './deadline.ts';
import { broken, type Framing, type Pending, type ReadRequest } from './framing.ts';
import { createLinkFigures, type LinkFigures } from './link-figures.ts';
import {
  addOwed,
  clearOwed,
  fenceFor,
  type Owed,
  owes,
  reconsider,
  resemblesOwed,
} from './owed.ts';
import { createReceiver } from './receiver.ts';
import { NOBODY, promised, type ReplyHandler } from './reply.ts';
import { openSerial } from './serial.ts';
import { openSocket } from './socket.ts';
import { nameOf, type Opening, type Place, type Wire, type WireOptions } from './wire.ts';

export type LinkOptions = Place & {
  readonly framing: Framing;
  readonly connectTimeoutMs: number;
};

/** Every frame that goes out, for whoever wants to watch: `{ framing, frame }`. */
const outgoing = channel('jieyue:modbus:outgoing');

export interface ModbusLink {
  readonly isOpen: boolean;
  /** Open, and no late reply is being waited out. */
  isReady(): boolean;
  readonly figures: Readonly<LinkFigures>;
  /** Opens a new socket or line. @throws AppError `link.refused` */
  connect(): Promise<void>;
  /** One request; the next may go out as soon as the handler is told. */
  ask(request: ReadRequest, timeoutMs: number, handler: ReplyHandler): void;
  /** The same, with a copy of the data bytes. @throws what `onError` is told */
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

export function createModbusLink(options: LinkOptions): ModbusLink {
  const { framing } = options;
  const { name, context: place } = nameOf(options);
  const figures = createLinkFigures();
  const owed: Owed = { framing, entries: [] };
  const deadline = createDeadline(onDue);
  const receiver = createReceiver({
    judge(inbox) {
      const verdict = framing.judge(inbox, pending);
      if (verdict.kind !== 'reply') return reconsider(owed, inbox, verdict);
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
  let lastId = 0;
  let pending: InFlight | undefined;
  let handler = NOBODY;
  /** How the request ended; its handler is told when no received byte is being looked at any more. */
  let outcome: Buffer | AppError | undefined;
  let isReceiving = false;
  let drain: Drain | undefined;
  let drained: Promise<void> | undefined;
  /** Since a timeout nothing was answered in turn: a gateway that ignores ids may be one reply behind. */
  let isBehind = false;
  /** The request in flight is asked for its length only. */
  let isFencing = false;

  function failure(code: AppError['code'], detail: string, more = {}): AppError {
    const context = { ...place, ...pending?.request, ...more };
    const who = pending ? `unit ${pending.request.unit} at ${name}` : name;
    return new AppError(code, `${who}: ${detail}`, context);
  }

  function settle(ended: Buffer | AppError): void {
    pending = undefined;
    deadline.dueAtMs = NEVER;
    outcome = ended;
  }

  function tell(): void {
    if (outcome === undefined || isReceiving) return;
    const [told, ended] = [handler, outcome];
    handler = NOBODY;
    outcome = undefined;
    if (isAppError(ended)) told.onError(ended);
    else told.onData(ended);
  }

  function close(reason?: AppError): void {
    // Made before the state is gone, and only where somebody is told.
    const error = pending && (reason ?? failure('link.closed', 'closed'));
    const ended = wire;
    // First: what a wire says of its own end must find nobody.
    wire = undefined;
    ended?.destroy();
    link.isOpen = false;
    receiver.reset();
    endDrain();
    deadline.dueAtMs = NEVER;
    if (error) settle(error);
    tell();
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
    addOwed(owed, given, nowMs);
    // With ids half a frame alone is in doubt; without them everything that may come is.
    if (framing.hasTransactionId && receiver.held > 0) close(error);
    else settle(error);
    if (!framing.hasTransactionId) startDrain(timeoutMs, nowMs);
    tell();
  }

  function startDrain(timeoutMs: number, nowMs: number): void {
    const { promise, resolve: done } = Promise.withResolvers<void>();
    drain = { quietMs: timeoutMs, endAtMs: nowMs + timeoutMs * MAX_DRAIN_TIMEOUTS, done };
    drained = promise;
    setDeadline(deadline, nowMs + timeoutMs);
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
      setDeadline(deadline, Math.min(performance.now() + drain.quietMs, drain.endAtMs));
    }
    isReceiving = true;
    try {
      receiver.push(bytes, length);
    } finally {
      isReceiving = false;
    }
    tell();
  }

  function onReply(bytes: Buffer, start: number, end: number): void {
    if (!pending) return;
    isBehind = false;
    if (!framing.hasTransactionId && owed.entries.length > 0) clearOwed(owed, pending.request.unit);
    settle(framing.decodeData?.(bytes, start, end) ?? bytes.subarray(start, end));
  }

  function onException(exception: number): void {
    if (!pending) return;
    figures.exceptions += 1;
    const { unit, address, count } = pending.request;
    const detail = `exception ${exception} to ${count} registers at ${address}`;
    const error = failure('modbus.exception', detail, { exception });
    // Without ids exceptions look alike: this one may answer the request that was given up.
    if (!framing.hasTransactionId && !isFencing && owes(owed, unit)) close(error);
    else settle(error);
  }

  function exchange(request: ReadRequest, timeoutMs: number, toTell: ReplyHandler): void {
    if (!wire || !link.isOpen) {
      toTell.onError(failure('link.closed', 'not connected'));
      return;
    }
    if (pending) throw new RangeError(`${name} already has a request in flight`);
    lastId = (lastId + 1) & 0xffff;
    pending = { request, id: lastId, timeoutMs };
    figures.requests += 1;
    handler = toTell;
    setDeadline(deadline, performance.now() + timeoutMs);
    const frame = framing.encode(request, lastId);
    if (outgoing.hasSubscribers) outgoing.publish({ framing: framing.name, frame });
    wire.write(frame);
  }

  function exchanged(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    return promised((toTell) => exchange(request, timeoutMs, toTell));
  }

  /** Its values are of no interest, nor is it the caller's question that an exception refuses. */
  async function fence(request: ReadRequest, timeoutMs: number): Promise<void> {
    isFencing = true;
    try {
      await exchanged(request, timeoutMs);
    } catch (error) {
      if (!isAppError(error, 'modbus.exception')) throw error;
      if (framing.hasTransactionId) return;
      // Were it the late answer to the request given up, the answer to the fence would still follow.
      startDrain(timeoutMs, performance.now());
      await drained;
      if (link.isOpen) clearOwed(owed, request.unit);
    } finally {
      isFencing = false;
    }
  }

  /** Reads another length first wherever a late reply could be taken for this one's. */
  async function readBehindFence(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    await drained;
    const nowMs = performance.now();
    if (resemblesOwed(owed, request, nowMs)) {
      await fence(fenceFor(owed, request, nowMs), timeoutMs);
    }
    return exchanged(request, timeoutMs);
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
    link.isOpen = wire === opening.wire;
    if (!link.isOpen) throw failure('link.closed', 'closed while connecting');
    figures.connects += 1;
  }

  function ask(request: ReadRequest, timeoutMs: number, toTell: ReplyHandler): void {
    if (drained || (owed.entries.length > 0 && (isBehind || !framing.hasTransactionId))) {
      readBehindFence(request, timeoutMs).then(toTell.onData, toTell.onError);
    } else exchange(request, timeoutMs, toTell);
  }

  // A plain field where a getter would do: each object with a getter of its own costs a dictionary.
  const link: ModbusLink & { isOpen: boolean } = {
    isOpen: false,
    isReady: () => link.isOpen && !drained,
    figures,
    connect,
    ask,
    read: (request, timeoutMs) => promised((toTell) => ask(request, timeoutMs, toTell)),
    quiet: () => drained ?? QUIET,
    close,
  };
  return link;
}
