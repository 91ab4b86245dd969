/** Register types: decode and encode in one row, so that a simulator is the decoder turned round. */

/** Big-endian bytes in each word; `ABCD` has the high word first, `CDAB` the low word first. */
export type WordOrder = 'ABCD' | 'CDAB';

interface RegisterCodec {
  readonly words: number;
  /** Reads a big-endian value whose words are already in ABCD order. */
  decode(buffer: Buffer, offset: number): number;
  encode(buffer: Buffer, offset: number, value: number): void;
}

/** Refuses integers that a double would round: a rounded counter is a wrong counter. */
function exact(value: bigint): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : Number.NaN;
}

export const REGISTER_TYPES = {
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
    decode: (b, o) => exact(b.readBigUInt64BE(o)),
    encode: (b, o, v) => b.writeBigUInt64BE(BigInt(v), o),
  },
  int64: {
    words: 4,
    decode: (b, o) => exact(b.readBigInt64BE(o)),
    encode: (b, o, v) => b.writeBigInt64BE(BigInt(v), o),
  },
  float64: {
    words: 4,
    decode: (b, o) => b.readDoubleBE(o),
    encode: (b, o, v) => b.writeDoubleBE(v, o),
  },
} as const satisfies Record<string, RegisterCodec>;

export type RegisterType = keyof typeof REGISTER_TYPES;

const scratch = Buffer.alloc(8);

/** Whether a register holds counts rather than a floating-point number. */
export function isInteger(type: RegisterType): boolean {
  return !type.startsWith('float');
}

/** Copies the words of a low-word-first value into ABCD order. */
function swapWords(
  from: Buffer,
  fromOffset: number,
  to: Buffer,
  toOffset: number,
  words: number,
): void {
  for (let word = 0; word < words; word += 1) {
    const source = fromOffset + (words - 1 - word) * 2;
    to[toOffset + word * 2] = from[source] ?? 0;
    to[toOffset + word * 2 + 1] = from[source + 1] ?? 0;
  }
}

/** The register at a byte offset; NaN when an integer is too large to be exact. */
export function decodeRegister(
  buffer: Buffer,
  offset: number,
  type: RegisterType,
  order: WordOrder,
): number {
  const codec = REGISTER_TYPES[type];
  if (order === 'ABCD' || codec.words === 1) return codec.decode(buffer, offset);
  swapWords(buffer, offset, scratch, 0, codec.words);
  return codec.decode(scratch, 0);
}

/** Writes a register value; integers must already be rounded. */
export function encodeRegister(
  buffer: Buffer,
  offset: number,
  register: { readonly type: RegisterType; readonly order: WordOrder },
  value: number,
): void {
  const codec = REGISTER_TYPES[register.type];
  if (register.order === 'ABCD' || codec.words === 1) {
    codec.encode(buffer, offset, value);
    return;
  }
  codec.encode(scratch, 0, value);
  swapWords(scratch, 0, buffer, offset, codec.words);
}
