/** How a Modbus request and its reply are wrapped on a stream; the link knows no bytes, only verdicts. */

/** Reads are the only requests there are: nothing here can write to a meter. */
export type FunctionCode = 1 | 2 | 3 | 4;

export interface ReadRequest {
  readonly unit: number;
  readonly functionCode: FunctionCode;
  /** Wire address, from 0. */
  readonly address: number;
  /** Registers, or bits for function codes 1 and 2. */
  readonly count: number;
}

/** A request on the wire; `id` is the transaction id where the framing has one. */
export interface Pending {
  readonly request: ReadRequest;
  readonly id: number;
}

/** Received bytes from `start` up to `end` of a buffer that is used again. */
export interface Inbox {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export type Verdict =
  | { readonly kind: 'incomplete' }
  | {
      readonly kind: 'reply';
      readonly frameBytes: number;
      /** From `start` to the first data byte (ASCII: digit). */
      readonly dataOffset: number;
      readonly dataBytes: number;
    }
  | { readonly kind: 'exception'; readonly frameBytes: number; readonly exception: number }
  /** A whole frame that carries the id of another request. */
  | { readonly kind: 'other'; readonly frameBytes: number; readonly id: number }
  /** A whole frame known as the reply to a request given up. */
  | { readonly kind: 'late'; readonly frameBytes: number }
  | { readonly kind: 'broken'; readonly reason: string };

export const INCOMPLETE: Verdict = { kind: 'incomplete' };

export interface Framing {
  readonly name: 'mbap' | 'rtu' | 'ascii';
  /** Whether a reply names its request, so that a late one can be told from the one waited for. */
  readonly hasTransactionId: boolean;
  encode(request: ReadRequest, id: number): Buffer;
  /** Judges the oldest frame in the inbox; says `broken` as soon as the bytes at hand prove it. */
  judge(inbox: Inbox, pending: Pending | undefined): Verdict;
  /** The data of a reply, where it does not lie in the frame as it is. */
  decodeData?(bytes: Buffer, start: number, end: number): Buffer;
}

/** No frame of any framing is longer: ASCII with 253 bytes of protocol data. */
export const MAX_FRAME_BYTES = 513;

/** Data bytes the reply to a request must have. */
export function dataBytesOf(request: Pick<ReadRequest, 'functionCode' | 'count'>): number {
  return request.functionCode < 3 ? Math.ceil(request.count / 8) : request.count * 2;
}

export function broken(reason: string): Verdict {
  return { kind: 'broken', reason };
}

/** Writes the request's protocol data unit (Modbus Application Protocol V1.1b3 §6.1–6.4). */
export function writePdu(out: Buffer, offset: number, request: ReadRequest): void {
  out[offset] = request.unit;
  out[offset + 1] = request.functionCode;
  out.writeUInt16BE(request.address, offset + 2);
  out.writeUInt16BE(request.count, offset + 4);
}
