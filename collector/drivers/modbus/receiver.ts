/** Cuts received bytes into frames: copies only the start of a frame whose end has not come yet. */
import { type Inbox, MAX_FRAME_BYTES, type Verdict } from './framing.ts';

export interface FrameHandlers {
  judge(inbox: Inbox): Verdict;
  /** The data bytes lie in a buffer that is used again. */
  onReply(bytes: Buffer, start: number, end: number): void;
  onException(exception: number): void;
  onLate(): void;
  onBroken(reason: string): void;
}

export interface Receiver {
  /** Bytes of an unfinished frame. */
  readonly held: number;
  push(bytes: Buffer, length: number): void;
  reset(): void;
}

/** A class, as there is one a link: see there. */
class FrameReceiver implements Receiver {
  held = 0;
  readonly #handlers: FrameHandlers;
  /** Most meters never answer in two pieces. */
  #partial: Buffer | undefined = undefined;

  constructor(handlers: FrameHandlers) {
    this.#handlers = handlers;
  }

  push(bytes: Buffer, length: number): void {
    let inbox = bytes;
    let end = length;
    if (this.held > 0) {
      this.#keep(bytes, 0, length);
      inbox = this.#partial ?? bytes;
      end = this.held;
      this.held = 0;
    }
    let start = 0;
    while (start < end) {
      const taken = this.#take({ bytes: inbox, start, end });
      if (taken === 0) return;
      start += taken;
    }
  }

  reset(): void {
    this.held = 0;
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const heldAfter = this.held + end - start;
    if (heldAfter > MAX_FRAME_BYTES) {
      this.#handlers.onBroken(`more than ${MAX_FRAME_BYTES} bytes without a frame`);
      return;
    }
    // A reply before these bytes is still to be looked at where it lies.
    if (!this.#partial || (bytes === this.#partial && start > 0)) {
      this.#partial = Buffer.alloc(MAX_FRAME_BYTES);
    }
    if (bytes !== this.#partial) bytes.copy(this.#partial, this.held, start, end);
    this.held = heldAfter;
  }

  /** Hands over the oldest frame; its length, or 0 when there is none (yet). */
  #take(inbox: Inbox): number {
    const handlers = this.#handlers;
    const verdict = handlers.judge(inbox);
    switch (verdict.kind) {
      case 'incomplete':
        this.#keep(inbox.bytes, inbox.start, inbox.end);
        return 0;
      case 'other':
        handlers.onBroken(`a frame of another request (${verdict.id})`);
        return 0;
      case 'broken':
        handlers.onBroken(verdict.reason);
        return 0;
      case 'late':
        handlers.onLate();
        return verdict.frameBytes;
      case 'exception':
        handlers.onException(verdict.exception);
        return verdict.frameBytes;
      case 'reply': {
        const start = inbox.start + verdict.dataOffset;
        handlers.onReply(inbox.bytes, start, start + verdict.dataBytes);
        return verdict.frameBytes;
      }
    }
  }
}

export function createReceiver(handlers: FrameHandlers): Receiver {
  return new FrameReceiver(handlers);
}
