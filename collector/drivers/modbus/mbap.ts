/** Modbus TCP framing: Modbus Messaging on TCP/IP Implementation Guide V1.0b, §3.1.3. */
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

const HEADER_BYTES = 6;
/** Unit, function and one byte: the shortest reply. */
const MIN_LENGTH = 3;
/** Unit and a protocol data unit of 253 bytes. */
const MAX_LENGTH = 254;

function judgeReply(bytes: Buffer, start: number, pending: Pending): Verdict {
  const length = bytes.readUInt16BE(start + 4);
  const frameBytes = HEADER_BYTES + length;
  const { request } = pending;
  const unit = bytes[start + 6];
  if (unit !== request.unit) return broken(`unit ${unit} answered for unit ${request.unit}`);
  const functionCode = bytes[start + 7] ?? 0;
  const third = bytes[start + 8] ?? 0;
  if (functionCode === (request.functionCode | 0x80)) {
    if (length !== MIN_LENGTH) return broken(`exception of ${length} bytes`);
    return { kind: 'exception', frameBytes, exception: third };
  }
  if (functionCode !== request.functionCode) {
    return broken(`function ${functionCode} answers function ${request.functionCode}`);
  }
  const dataBytes = dataBytesOf(request);
  if (third !== dataBytes || length !== MIN_LENGTH + dataBytes) {
    return broken(`byte count ${third} in a frame of ${frameBytes} bytes, expected ${dataBytes}`);
  }
  return { kind: 'reply', frameBytes, dataOffset: HEADER_BYTES + MIN_LENGTH, dataBytes };
}

function judge({ bytes, start, end }: Inbox, pending: Pending | undefined): Verdict {
  const available = end - start;
  if (available < HEADER_BYTES) return INCOMPLETE;
  const protocol = bytes.readUInt16BE(start + 2);
  if (protocol !== 0) return broken(`protocol id ${protocol}, expected 0`);
  const length = bytes.readUInt16BE(start + 4);
  if (length < MIN_LENGTH || length > MAX_LENGTH) return broken(`length field ${length}`);
  if (available < HEADER_BYTES + length) return INCOMPLETE;
  const id = bytes.readUInt16BE(start);
  if (pending?.id !== id) return { kind: 'other', frameBytes: HEADER_BYTES + length, id };
  return judgeReply(bytes, start, pending);
}

export const MBAP: Framing = {
  name: 'mbap',
  hasTransactionId: true,
  encode(request, id) {
    const out = Buffer.allocUnsafe(HEADER_BYTES + 6);
    out.writeUInt16BE(id, 0);
    out.writeUInt16BE(0, 2);
    out.writeUInt16BE(6, 4);
    writePdu(out, HEADER_BYTES, request);
    return out;
  },
  judge,
};
