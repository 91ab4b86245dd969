/** A small Modbus device for tests: units with registers, each with a behaviour that a test may change. */
import type { Socket } from 'node:net';
import { crc16 } from '../../../collector/drivers/modbus/crc.ts';
import { type RawServer, startRawServer } from './drivers/raw-server.ts';

export interface DeviceUnit {
  readonly image: ReadonlyMap<number, number>;
  /** `silent` never answers; a number is an exception code. */
  behaviour: 'good' | 'silent' | number;
  /** Registers the device has; reading any other is exception 2. All of them when absent. */
  readonly legal?: (address: number) => boolean;
  /** Requests received. */
  requests: number;
  delayMs?: number;
}

function pduFor(unit: DeviceUnit, functionCode: number, address: number, count: number): Buffer {
  if (typeof unit.behaviour === 'number') return Buffer.from([functionCode | 0x80, unit.behaviour]);
  const addresses = Array.from({ length: count }, (_, index) => address + index);
  if (unit.legal && !addresses.every(unit.legal)) return Buffer.from([functionCode | 0x80, 2]);
  const pdu = Buffer.alloc(2 + count * 2);
  pdu[0] = functionCode;
  pdu[1] = count * 2;
  for (const [index, at] of addresses.entries())
    pdu.writeUInt16BE(unit.image.get(at) ?? 0, 2 + index * 2);
  return pdu;
}

/** `rtu`: real RTU bytes with checksum, as behind a transparent gateway. */
export function startDevice(
  units: ReadonlyMap<number, DeviceUnit>,
  framing: 'mbap' | 'rtu',
): Promise<RawServer> {
  const head = framing === 'mbap' ? 6 : 0;
  return startRawServer((request: Buffer, socket: Socket) => {
    const unitId = request[head] ?? 0;
    const unit = units.get(unitId);
    if (!unit) return;
    unit.requests += 1;
    if (unit.behaviour === 'silent') return;
    const functionCode = request[head + 1] ?? 0;
    const pdu = pduFor(
      unit,
      functionCode,
      request.readUInt16BE(head + 2),
      request.readUInt16BE(head + 4),
    );
    const body = Buffer.concat([Buffer.from([unitId]), pdu]);
    if (framing === 'mbap') {
      const header = Buffer.from([request[0] ?? 0, request[1] ?? 0, 0, 0, 0, body.length]);
      setTimeout(() => socket.write(Buffer.concat([header, body])), unit.delayMs ?? 0);
      return;
    }
    const crc = Buffer.alloc(2);
    crc.writeUInt16LE(crc16(body, 0, body.length));
    setTimeout(() => socket.write(Buffer.concat([body, crc])), unit.delayMs ?? 0);
  });
}
