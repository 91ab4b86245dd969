/** Register types: decode and encode in one row, so that a simulator is the decoder turned round. */
import { ascii, bcd, type RegisterCodec } from './digits.ts';

/**
 * Order of the bytes on the wire, named for a 32-bit value whose highest byte is A: `CDAB` has the
 * low word first, `BADC` the low byte of each word first, `DCBA` both. Longer values follow suit.
 */
export const WORD_ORDERS = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
export type WordOrder = (typeof WORD_ORDERS)[number];

const TWO_32 = 2 ** 32;

/** Refuses integers that a double would round: a rounded counter is a wrong counter. */
function exact(high: number, low: number): number {
  const number = high * TWO_32 + low;
  return Number.isSafeInteger(number) ? number : Number.NaN;
}

const TYPES = {
  /** A coil or discrete input (function codes 1 and 2), or one bit of a register. */
  bit: {
    words: 1,
    decode: (b, o) => b.readUInt16BE(o) & 1,
    encode: (b, o, v) => b.writeUInt16BE(v, o),
  },
  uint8hi: { words: 1, decode: (b, o) => b.readUInt8(o), encode: (b, o, v) => b.writeUInt8(v, o) },
  uint8lo: {
    words: 1,
    decode: (b, o) => b.readUInt8(o + 1),
    encode: (b, o, v) => b.writeUInt8(v, o + 1),
  },
  int8hi: { words: 1, decode: (b, o) => b.readInt8(o), encode: (b, o, v) => b.writeInt8(v, o) },
  int8lo: {
    words: 1,
    decode: (b, o) => b.readInt8(o + 1),
    encode: (b, o, v) => b.writeInt8(v, o + 1),
  },
  uint16: {
    words: 1,
    decode: (b, o) => b.readUInt16BE(o),
    encode: (b, o, v) => b.writeUInt16BE(v, o),
  },
  int16: {
    words: 1,
    decode: (b, o) => b.readInt16BE(o),
    encode: (b, o, v) => b.writeInt16BE(v, o),
  },
  uint32: {
    words: 2,
    decode: (b, o) => b.readUInt32BE(o),
    encode: (b, o, v) => b.writeUInt32BE(v, o),
  },
  int32: {
    words: 2,
    decode: (b, o) => b.readInt32BE(o),
    encode: (b, o, v) => b.writeInt32BE(v, o),
  },
  float32: {
    words: 2,
    decode: (b, o) => b.readFloatBE(o),
    encode: (b, o, v) => b.writeFloatBE(v, o),
  },
  uint64: {
    words: 4,
    decode: (b, o) => exact(b.readUInt32BE(o), b.readUInt32BE(o + 4)),
    encode: (b, o, v) => b.writeBigUInt64BE(BigInt(v), o),
  },
  int64: {
    words: 4,
    decode: (b, o) => exact(b.readInt32BE(o), b.readUInt32BE(o + 4)),
    encode: (b, o, v) => b.writeBigInt64BE(BigInt(v), o),
  },
  float64: {
    words: 4,
    decode: (b, o) => b.readDoubleBE(o),
    encode: (b, o, v) => b.writeDoubleBE(v, o),
  },
  bcd16: bcd(1),
  bcd32: bcd(2),
  ascii2: ascii(1),
  ascii4: ascii(2),
  ascii8: ascii(4),
  ascii12: ascii(6),
  ascii16: ascii(8),
} satisfies Record<string, RegisterCodec>;

export type RegisterType = keyof typeof TYPES;

export const REGISTER_TYPES: Readonly<Record<RegisterType, RegisterCodec>> = TYPES;

export const REGISTER_TYPE_IDS = Object.keys(TYPES) as readonly RegisterType[];

/** The longest value, in bytes. */
export const MAX_REGISTER_BYTES = 16;

const scratch = Buffer.alloc(MAX_REGISTER_BYTES);

/** Whether a register holds counts rather than a floating-point number. */
export function isInteger(type: RegisterType): boolean {
  return !type.startsWith('float');
}

const PLACES = new Map<string, Uint8Array>();

/** Position in ABCD order of each byte of a value; each order is its own reverse. Made once a form. */
function placesOf({ type, order }: RegisterForm): Uint8Array {
  const key = `${type} ${order}`;
  const places = PLACES.get(key) ?? permutation(REGISTER_TYPES[type], order);
  PLACES.set(key, places);
  return places;
}

function permutation({ words, isText }: RegisterCodec, order: WordOrder): Uint8Array {
  const isLowWordFirst = !isText && (order === 'CDAB' || order === 'DCBA');
  const isLowByteFirst = order === 'BADC' || order === 'DCBA';
  return Uint8Array.from({ length: words * 2 }, (_, at) => {
    const word = at >> 1;
    return (isLowWordFirst ? words - 1 - word : word) * 2 + ((at & 1) ^ Number(isLowByteFirst));
  });
}

interface RegisterForm {
  readonly type: RegisterType;
  readonly order: WordOrder;
}

/** Reads a register at a byte offset without allocating; NaN where the bytes are no value. */
export type RegisterReader = (buffer: Buffer, offset: number) => number;

export function registerReader({ type, order }: RegisterForm): RegisterReader {
  const codec = REGISTER_TYPES[type];
  const places = placesOf({ type, order });
  if (places.every((place, at) => place === at)) return codec.decode;
  return (buffer, offset) => {
    for (let at = 0; at < places.length; at += 1) {
      scratch[at] = buffer[offset + (places[at] ?? 0)] ?? 0;
    }
    return codec.decode(scratch, 0);
  };
}

/**
 * Writes a register value, integers already rounded; bits and bytes leave the rest of the word.
 * @throws RangeError when the value does not fit.
 */
export function encodeRegister(
  buffer: Buffer,
  offset: number,
  { form, value }: { readonly form: RegisterForm; readonly value: number },
): void {
  const codec = REGISTER_TYPES[form.type];
  const places = placesOf(form);
  for (let at = 0; at < places.length; at += 1) {
    scratch[at] = buffer[offset + (places[at] ?? 0)] ?? 0;
  }
  codec.encode(scratch, 0, value);
  for (let at = 0; at < places.length; at += 1) {
    buffer[offset + (places[at] ?? 0)] = scratch[at] ?? 0;
  }
}
