/** Modbus ASCII framing: a colon, digits, a sum and a line end (Modbus over Serial Line V1.02, §2.5.2). */
import {
  broken,
  dataBytesOf,
  type Framing,
  INCOMPLETE,
  type Inbox,
  type Pending,
  type Verdict,
  writePdu,
} from './framing.ts';

const COLON = 0x3a;
const LINE_END = '\r\n';
/** Colon, unit, function and byte count. */
const HEAD_CHARS = 7;
/** Sum and line end. */
const TAIL_CHARS = 4;
const EXCEPTION_CHARS = HEAD_CHARS + TAIL_CHARS;

/** Longitudinal redundancy check: what makes the sum of all bytes 0 (§6.2.1). */
export function lrc(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return -sum & 0xff;
}

/** The bytes that digits stand for; shorter when a character is no digit. */
function bytesOf(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.from(bytes.toString('latin1', start, end), 'hex');
}

/** Judges the digits of a whole frame; the sum is among them. */
function judgeWhole({ bytes, start }: Inbox, frameChars: number): string | undefined {
  const end = start + frameChars;
  const digits = frameChars - 1 - LINE_END.length;
  const body = bytesOf(bytes, start + 1, end - LINE_END.length);
  if (body.length * 2 !== digits) return 'characters that are no digits';
  if (bytes.toString('latin1', end - LINE_END.length, end) !== LINE_END) return 'no line end';
  return lrc(body) === 0 ? undefined : 'bad checksum';
}

function judge(inbox: Inbox, pending: Pending | undefined): Verdict {
  const { bytes, start, end } = inbox;
  const available = end - start;
  if (!pending) return broken(`${available} bytes nobody asked for`);
  if (bytes[start] !== COLON) return broken(`a frame that starts with ${bytes[start]}, not ':'`);
  if (available < HEAD_CHARS) return INCOMPLETE;
  const { request } = pending;
  const [unit, functionCode, third = 0] = bytesOf(bytes, start + 1, start + HEAD_CHARS);
  if (unit !== request.unit) return broken(`unit ${unit} answered for unit ${request.unit}`);
  const isException = functionCode === (request.functionCode | 0x80);
  if (!isException && functionCode !== request.functionCode) {
    return broken(`function ${functionCode} answers function ${request.functionCode}`);
  }
  const dataBytes = dataBytesOf(request);
  if (!isException && third !== dataBytes) {
    return broken(`byte count ${third}, expected ${dataBytes}`);
  }
  const frameBytes = isException ? EXCEPTION_CHARS : HEAD_CHARS + dataBytes * 2 + TAIL_CHARS;
  if (available < frameBytes) return INCOMPLETE;
  const fault = judgeWhole(inbox, frameBytes);
  if (fault) return broken(fault);
  if (isException) return { kind: 'exception', frameBytes, exception: third };
  return { kind: 'reply', frameBytes, dataOffset: HEAD_CHARS, dataBytes: dataBytes * 2 };
}

export const ASCII: Framing = {
  name: 'ascii',
  hasTransactionId: false,
  encode(request) {
    const body = Buffer.alloc(7);
    writePdu(body, 0, request);
    body[6] = lrc(body);
    return Buffer.from(`:${body.toString('hex').toUpperCase()}${LINE_END}`, 'latin1');
  },
  judge,
  decodeData: bytesOf,
};
