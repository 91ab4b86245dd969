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

export function createReceiver(handlers: FrameHandlers): Receiver {
  /** Most meters never answer in two pieces. */
  let partial: Buffer | undefined;
  function keep(bytes: Buffer, start: number, end: number): void {
    if (receiver.held + end - start > MAX_FRAME_BYTES) {
      handlers.onBroken(`more than ${MAX_FRAME_BYTES} bytes without a frame`);
      return;
    }
    // A reply before these bytes is still to be looked at where it lies.
    if (!partial || (bytes === partial && start > 0)) partial = Buffer.alloc(MAX_FRAME_BYTES);
    if (bytes !== partial) bytes.copy(partial, receiver.held, start, end);
    receiver.held += end - start;
  }

  /** Hands over the oldest frame; its length, or 0 when there is none (yet). */
  function take(inbox: Inbox): number {
    const verdict = handlers.judge(inbox);
    switch (verdict.kind) {
      case 'incomplete':
        keep(inbox.bytes, inbox.start, inbox.end);
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

  const receiver: Receiver & { held: number } = {
    held: 0,
    push(bytes, length) {
      let inbox = bytes;
      let end = length;
      if (receiver.held > 0) {
        keep(bytes, 0, length);
        inbox = partial ?? bytes;
        end = receiver.held;
        receiver.held = 0;
      }
      let start = 0;
      while (start < end) {
        const taken = take({ bytes: inbox, start, end });
        if (taken === 0) return;
        start += taken;
      }
    },
    reset() {
      receiver.held = 0;
    },
  };
  return receiver;
}
