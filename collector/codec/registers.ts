/** Register types: decode and encode in one row, so that a simulator is the decoder turned round. */

/**
 * Order of the bytes on the wire, named for a 32-bit value whose highest byte is A: `CDAB` has the
 * low word first, `BADC` the low byte of each word first, `DCBA` both. Longer values follow suit.
 */
export const WORD_ORDERS = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
export type WordOrder = (typeof WORD_ORDERS)[number];

interface RegisterCodec {
  readonly words: number;
  /** Text is never stored low word first. */
  readonly isText?: true;
  /** Reads a value whose bytes are already in ABCD order; NaN when they are no value. */
  decode(buffer: Buffer, offset: number): number;
  /** @throws RangeError when the value does not fit. */
  encode(buffer: Buffer, offset: number, value: number): void;
}

const TWO_32 = 2 ** 32;

/** Refuses integers that a double would round: a rounded counter is a wrong counter. */
function exact(high: number, low: number): number {
  const number = high * TWO_32 + low;
  return Number.isSafeInteger(number) ? number : Number.NaN;
}

/** Binary-coded decimal: a digit a nibble; anything above 9 is no number. */
function bcd(words: number): RegisterCodec {
  const largest = 10 ** (words * 4) - 1;
  return {
    words,
    decode(buffer, offset) {
      let value = 0;
      for (let at = offset; at < offset + words * 2; at += 1) {
        const byte = buffer.readUInt8(at);
        const high = byte >> 4;
        const low = byte & 0xf;
        if (high > 9 || low > 9) return Number.NaN;
        value = value * 100 + high * 10 + low;
      }
      return value;
    },
    encode(buffer, offset, value) {
      if (!(value >= 0 && value <= largest)) {
        throw new RangeError(`${value} is not within 0 and ${largest}`);
      }
      buffer.write(String(value).padStart(words * 4, '0'), offset, 'hex');
    },
  };
}

const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/** A number written out as text, padded with blanks or NUL; NaN for anything else. */
function decodeDigits(buffer: Buffer, offset: number, bytes: number): number {
  let at = offset;
  let end = offset + bytes;
  while (end > at && isPadding(buffer.readUInt8(end - 1))) end -= 1;
  while (at < end && isPadding(buffer.readUInt8(at))) at += 1;
  const sign = at < end ? buffer.readUInt8(at) : 0;
  if (sign === MINUS || sign === PLUS) at += 1;
  let value = 0;
  let divisor = 0;
  let digits = 0;
  for (; at < end; at += 1) {
    const byte = buffer.readUInt8(at);
    if (byte === POINT && divisor === 0) {
      divisor = 1;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
    divisor *= 10;
    digits += 1;
  }
  if (digits === 0 || !Number.isSafeInteger(value)) return Number.NaN;
  const magnitude = divisor > 1 ? value / divisor : value;
  return sign === MINUS ? -magnitude : magnitude;
}

function isPadding(byte: number): boolean {
  return byte === SPACE || byte === 0;
}

/** A number as text of a fixed width. */
function ascii(words: number): RegisterCodec {
  const bytes = words * 2;
  return {
    words,
    isText: true,
    decode: (buffer, offset) => decodeDigits(buffer, offset, bytes),
    encode(buffer, offset, value) {
      const sign = value < 0 ? '-' : '';
      const text = sign + String(Math.abs(value)).padStart(bytes - sign.length, '0');
      if (text.length > bytes) throw new RangeError(`'${text}' is longer than ${bytes} characters`);
      buffer.write(text, offset, 'latin1');
    },
  };
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

/** Position in ABCD order of each byte of a value; each order is its own reverse. */
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
  const places = permutation(codec, order);
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
  const places = permutation(codec, form.order);
  for (const [at, place] of places.entries()) scratch[at] = buffer[offset + place] ?? 0;
  codec.encode(scratch, 0, value);
  for (const [at, place] of places.entries()) buffer[offset + place] = scratch[at] ?? 0;
}
