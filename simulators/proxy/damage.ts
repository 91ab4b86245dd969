/** Ways a reply frame goes bad; none of the results may become a value. */
import { crc16 } from '../../collector/drivers/modbus/crc.ts';

export type FramingName = 'mbap' | 'rtu';

export interface DamageContext {
  readonly framing: FramingName;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

type Damage = (frame: Buffer, context: DamageContext) => Buffer;

const MBAP_BYTES = 6;
const CRC_BYTES = 2;
/** Transaction, protocol, length, unit, function, byte count: nothing guards the data behind them. */
const MBAP_CHECKED_BYTES = 9;

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}

function noise(bytes: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, () => below(256, random)));
}

/** Unit, function and data, changed and wrapped again so that length field and checksum fit. */
function rewrap(frame: Buffer, framing: FramingName, change: (body: Buffer) => Buffer): Buffer {
  if (framing === 'mbap') {
    const body = change(Buffer.from(frame.subarray(MBAP_BYTES)));
    const header = Buffer.from(frame.subarray(0, MBAP_BYTES));
    header.writeUInt16BE(body.length, 4);
    return Buffer.concat([header, body]);
  }
  const body = change(Buffer.from(frame.subarray(0, -CRC_BYTES)));
  const crc = Buffer.alloc(CRC_BYTES);
  crc.writeUInt16LE(crc16(body, 0, body.length));
  return Buffer.concat([body, crc]);
}

/** Another byte at this place of the body. */
function otherByte(at: number): Damage {
  return (frame, { framing, random }) =>
    rewrap(frame, framing, (body) => {
      body[at] = ((body[at] ?? 0) + 1 + below(255, random)) & 0xff;
      return body;
    });
}

/** One to three bits: what a CRC-16 finds for certain in frames of this length. */
function flip(frame: Buffer, { framing, random }: DamageContext): Buffer {
  const bytes = framing === 'mbap' ? Math.min(MBAP_CHECKED_BYTES, frame.length) : frame.length;
  const bits = new Set(
    Array.from({ length: 1 + below(3, random) }, () => below(bytes * 8, random)),
  );
  const damaged = Buffer.from(frame);
  for (const bit of bits) damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return damaged;
}

/** All in order but for the transaction or protocol id, or the checksum. */
function seal(frame: Buffer, { framing, random }: DamageContext): Buffer {
  const damaged = Buffer.from(frame);
  const at = framing === 'mbap' ? below(2, random) * 2 : frame.length - CRC_BYTES;
  damaged.writeUInt16BE((frame.readUInt16BE(at) + 1 + below(0xffff, random)) & 0xffff, at);
  return damaged;
}

/** A sound frame of another length: the reply to another question. */
function resized(registers: number): Damage {
  return (frame, { framing }) =>
    rewrap(frame, framing, (body) => {
      const bytes = Math.max(3, body.length + 2 * registers);
      const other = Buffer.alloc(bytes);
      body.copy(other);
      other[2] = (bytes - 3) & 0xff;
      return other;
    });
}

export const DAMAGES = {
  flip,
  seal,
  unit: otherByte(0),
  function: otherByte(1),
  count: otherByte(2),
  shorter: resized(-1),
  longer: resized(1),
  truncated: (frame, { random }) => frame.subarray(0, 1 + below(frame.length - 1, random)),
  prefixed: (frame, { random }) => Buffer.concat([noise(1 + below(20, random), random), frame]),
  noise: (_, { random }) => noise(1 + below(300, random), random),
} as const satisfies Record<string, Damage>;

export type DamageKind = keyof typeof DAMAGES;

const DAMAGE_KINDS = Object.keys(DAMAGES) as readonly DamageKind[];

/** One of them at random. */
export function anyDamage(context: DamageContext): DamageKind {
  return DAMAGE_KINDS[below(DAMAGE_KINDS.length, context.random)] ?? 'noise';
}
