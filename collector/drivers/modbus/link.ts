/** One line to a Modbus device, bus or gateway: one request in flight, a deadline on it, and no value on doubt. */
import { channel } from 'node:diagnostics_channel';
import { AppError, isAppError } from '../../../domain/errors.ts';
import { type Deadline, NEVER, setDeadline } from './deadline.ts';
import { createDrain, type Drain } from './drain.ts';
import {
  broken,
  type Framing,
  type Inbox,
  type Pending,
  type ReadRequest,
  type Verdict,
} from './framing.ts';
import { createLinkFigures } from './link-figures.ts';
import type { LinkOptions, ModbusLink } from './modbus-link.ts';
import {
  addOwed,
  clearOwed,
  createOwed,
  fenceFor,
  type Owed,
  owes,
  reconsider,
  resemblesOwed,
} from './owed.ts';
import { createReceiver, type FrameHandlers } from './receiver.ts';
import { NOBODY, promised, type ReplyHandler } from './reply.ts';
import { openSerial } from './serial.ts';
import { openSocket } from './socket.ts';
import { nameOf, type Place, type Wire, type WireOptions } from './wire.ts';

/** Every frame that goes out, for whoever wants to watch: `{ framing, frame }`. */
const outgoing = channel('jieyue:modbus:outgoing');

interface InFlight extends Pending {
  readonly timeoutMs: number;
}

const QUIET = Promise.resolve();

/** A class, as there are thousands: functions made for each would be five kilobytes a link. */
class Link implements ModbusLink, Deadline, FrameHandlers, WireOptions {
  isOpen = false;
  readonly figures = createLinkFigures();
  readonly connectTimeoutMs: number;
  dueAtMs = NEVER;
  slot = NEVER;
  readonly #place: Place;
  readonly #framing: Framing;
  readonly #owed: Owed;
  readonly #receiver = createReceiver(this);
  #wire: Wire | undefined = undefined;
  #lastId = 0;
  #pending: InFlight | undefined = undefined;
  #handler = NOBODY;
  /** How the request ended; its handler is told when no received byte is being looked at any more. */
  #outcome: Buffer | AppError | undefined = undefined;
  #isReceiving = false;
  #drain: Drain | undefined = undefined;
  /** Since a timeout nothing was answered in turn: a gateway that ignores ids may be one reply behind. */
  #isBehind = false;
  /** The request in flight is asked for its length only. */
  #isFencing = false;

  constructor(options: LinkOptions) {
    this.#place = options;
    this.#framing = options.framing;
    this.#owed = createOwed(options.framing);
    this.connectTimeoutMs = options.connectTimeoutMs;
  }

  async connect(): Promise<void> {
    this.close();
    const place = this.#place;
    const { wire, connected } = 'path' in place ? openSerial(place, this) : openSocket(place, this);
    this.#wire = wire;
    await connected;
    this.isOpen = this.#wire === wire;
    if (!this.isOpen) throw this.#failure('link.closed', 'closed while connecting');
    this.figures.connects += 1;
  }

  isReady(): boolean {
    return this.isOpen && !this.#drain;
  }

  quiet(): Promise<void> {
    return this.#drain?.isOver ?? QUIET;
  }

  ask(request: ReadRequest, timeoutMs: number, toTell: ReplyHandler): void {
    const mayOwe = this.#isBehind || !this.#framing.hasTransactionId;
    if (!this.#drain && !(mayOwe && this.#owed.entries.length > 0)) {
      this.#exchange(request, timeoutMs, toTell);
      return;
    }
    this.#readBehindFence(request, timeoutMs).then(
      (data) => toTell.onData(data),
      (error) => toTell.onError(error),
    );
  }

  read(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    return promised((toTell) => this.ask(request, timeoutMs, toTell));
  }

  close(reason?: AppError): void {
    // Made before the state is gone, and only where somebody is told.
    const error = this.#pending && (reason ?? this.#failure('link.closed', 'closed'));
    const ended = this.#wire;
    // First: what a wire says of its own end must find nobody.
    this.#wire = undefined;
    ended?.destroy();
    this.isOpen = false;
    this.#receiver.reset();
    this.#endDrain();
    this.dueAtMs = NEVER;
    if (error) this.#settle(error);
    this.#tell();
  }

  onBytes(bytes: Buffer, length: number, from: Wire): void {
    if (from !== this.#wire) return;
    if (this.#drain) {
      const { quietMs, endAtMs } = this.#drain;
      this.figures.discardedBytes += length;
      setDeadline(this, Math.min(performance.now() + quietMs, endAtMs));
    }
    this.#isReceiving = true;
    try {
      this.#receiver.push(bytes, length);
    } finally {
      this.#isReceiving = false;
    }
    this.#tell();
  }

  onClosed(error: AppError, from: Wire): void {
    if (from === this.#wire) this.close(error);
  }

  judge(inbox: Inbox): Verdict {
    const { hasTransactionId } = this.#framing;
    const verdict = this.#framing.judge(inbox, this.#pending);
    if (verdict.kind !== 'reply') return reconsider(this.#owed, inbox, verdict);
    const hasMore = inbox.start + verdict.frameBytes < inbox.end;
    if (hasMore && !hasTransactionId) return broken('more bytes than the reply');
    return verdict;
  }

  onReply(bytes: Buffer, start: number, end: number): void {
    if (!this.#pending) return;
    const { hasTransactionId, decodeData } = this.#framing;
    this.#isBehind = false;
    if (!hasTransactionId) clearOwed(this.#owed, this.#pending.request.unit);
    this.#settle(decodeData?.(bytes, start, end) ?? bytes.subarray(start, end));
  }

  onException(exception: number): void {
    if (!this.#pending) return;
    this.figures.exceptions += 1;
    const { unit, address, count } = this.#pending.request;
    const detail = `exception ${exception} to ${count} registers at ${address}`;
    const error = this.#failure('modbus.exception', detail, { exception });
    // Without ids exceptions look alike: this one may answer the request that was given up.
    const isInDoubt = !this.#framing.hasTransactionId && !this.#isFencing;
    if (isInDoubt && owes(this.#owed, unit)) this.close(error);
    else this.#settle(error);
  }

  onLate(): void {
    this.figures.lateReplies += 1;
  }

  onBroken(reason: string): void {
    this.#fault(this.#pending ? 'modbus.frame' : 'modbus.desync', reason);
  }

  onDue(nowMs: number): void {
    if (this.#drain) this.#onSilence(this.#drain, nowMs);
    else if (this.#pending) this.#giveUp(this.#pending, nowMs);
  }

  #failure(code: AppError['code'], detail: string, more = {}): AppError {
    const { name, context: place } = nameOf(this.#place);
    const request = this.#pending?.request;
    const who = request ? `unit ${request.unit} at ${name}` : name;
    return new AppError(code, `${who}: ${detail}`, { ...place, ...request, ...more });
  }

  #settle(ended: Buffer | AppError): void {
    this.#pending = undefined;
    this.dueAtMs = NEVER;
    this.#outcome = ended;
  }

  #tell(): void {
    const [told, ended] = [this.#handler, this.#outcome];
    if (ended === undefined || this.#isReceiving) return;
    this.#handler = NOBODY;
    this.#outcome = undefined;
    if (isAppError(ended)) told.onError(ended);
    else told.onData(ended);
  }

  #fault(code: 'modbus.frame' | 'modbus.desync', detail: string): void {
    this.figures.brokenFrames += 1;
    this.close(this.#failure(code, detail));
  }

  #giveUp(given: InFlight, nowMs: number): void {
    const { timeoutMs } = given;
    const { hasTransactionId } = this.#framing;
    this.figures.timeouts += 1;
    this.#isBehind = true;
    const error = this.#failure('modbus.timeout', `no answer in ${timeoutMs} ms`, { timeoutMs });
    addOwed(this.#owed, given, nowMs);
    // With ids half a frame alone is in doubt; without them everything that may come is.
    if (hasTransactionId && this.#receiver.held > 0) this.close(error);
    else this.#settle(error);
    if (!hasTransactionId) this.#startDrain(timeoutMs, nowMs);
    this.#tell();
  }

  #startDrain(timeoutMs: number, nowMs: number): Drain {
    this.#drain = createDrain(timeoutMs, nowMs);
    setDeadline(this, nowMs + timeoutMs);
    return this.#drain;
  }

  #endDrain(): void {
    this.#drain?.done();
    this.#drain = undefined;
  }

  #onSilence({ endAtMs }: Drain, nowMs: number): void {
    const { held } = this.#receiver;
    if (held > 0) this.#fault('modbus.desync', `${held} bytes unaccounted for`);
    else if (nowMs >= endAtMs) this.#fault('modbus.desync', 'the line is never silent');
    else this.#endDrain();
  }

  #exchange(request: ReadRequest, timeoutMs: number, toTell: ReplyHandler): void {
    if (!this.#wire || !this.isOpen) {
      toTell.onError(this.#failure('link.closed', 'not connected'));
      return;
    }
    if (this.#pending) {
      throw new RangeError(`${nameOf(this.#place).name} already has a request in flight`);
    }
    const id = (this.#lastId + 1) & 0xffff;
    this.#lastId = id;
    this.#pending = { request, id, timeoutMs };
    this.figures.requests += 1;
    this.#handler = toTell;
    setDeadline(this, performance.now() + timeoutMs);
    const frame = this.#framing.encode(request, id);
    if (outgoing.hasSubscribers) outgoing.publish({ framing: this.#framing.name, frame });
    this.#wire.write(frame);
  }

  #exchanged(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    return promised((toTell) => this.#exchange(request, timeoutMs, toTell));
  }

  /** Its values are of no interest, nor is it the caller's question that an exception refuses. */
  async #fence(request: ReadRequest, timeoutMs: number): Promise<void> {
    this.#isFencing = true;
    try {
      await this.#exchanged(request, timeoutMs);
    } catch (error) {
      if (!isAppError(error, 'modbus.exception')) throw error;
      if (this.#framing.hasTransactionId) return;
      // Were it the late answer to the request given up, the answer to the fence would still follow.
      await this.#startDrain(timeoutMs, performance.now()).isOver;
      if (this.isOpen) clearOwed(this.#owed, request.unit);
    } finally {
      this.#isFencing = false;
    }
  }

  /** Reads another length first wherever a late reply could be taken for this one's. */
  async #readBehindFence(request: ReadRequest, timeoutMs: number): Promise<Buffer> {
    await this.quiet();
    const nowMs = performance.now();
    if (resemblesOwed(this.#owed, request, nowMs)) {
      await this.#fence(fenceFor(this.#owed, request, nowMs), timeoutMs);
    }
    return this.#exchanged(request, timeoutMs);
  }
}

export function createModbusLink(options: LinkOptions): ModbusLink {
  return new Link(options);
}
