/** Modbus RTU framing on a stream: serial lines, and transparent gateways to them; no id, so shape and CRC must do. */
import { crc16 } from './crc.ts';
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

const CRC_BYTES = 2;
const EXCEPTION_BYTES = 5;
/** Unit, function and byte count. */
const HEAD_BYTES = 3;

function hasGoodCrc(bytes: Buffer, start: number, frameBytes: number): boolean {
  const end = start + frameBytes - CRC_BYTES;
  return bytes.readUInt16LE(end) === crc16(bytes, start, end);
}

function judge({ bytes, start, end }: Inbox, pending: Pending | undefined): Verdict {
  const available = end - start;
  if (!pending) return broken(`${available} bytes nobody asked for`);
  const { request } = pending;
  const unit = bytes[start];
  if (unit !== request.unit) return broken(`unit ${unit} answered for unit ${request.unit}`);
  if (available < HEAD_BYTES) return INCOMPLETE;
  const functionCode = bytes[start + 1] ?? 0;
  const third = bytes[start + 2] ?? 0;
  const isException = functionCode === (request.functionCode | 0x80);
  if (!isException && functionCode !== request.functionCode) {
    return broken(`function ${functionCode} answers function ${request.functionCode}`);
  }
  const dataBytes = dataBytesOf(request);
  if (!isException && third !== dataBytes) {
    return broken(`byte count ${third}, expected ${dataBytes}`);
  }
  const frameBytes = isException ? EXCEPTION_BYTES : HEAD_BYTES + dataBytes + CRC_BYTES;
  if (available < frameBytes) return INCOMPLETE;
  if (!hasGoodCrc(bytes, start, frameBytes)) return broken('bad checksum');
  if (isException) return { kind: 'exception', frameBytes, exception: third };
  return { kind: 'reply', frameBytes, dataOffset: HEAD_BYTES, dataBytes };
}

export const RTU: Framing = {
  name: 'rtu',
  hasTransactionId: false,
  encode(request) {
    const out = Buffer.allocUnsafe(8);
    writePdu(out, 0, request);
    out.writeUInt16LE(crc16(out, 0, 6), 6);
    return out;
  },
  judge,
};
