/** Numbers kept as decimal digits, one a nibble or one a character. */

/** How one register type is read and written. */
export interface RegisterCodec {
  readonly words: number;
  /** Text is never stored low word first. */
  readonly isText?: true;
  /** Reads a value whose bytes are already in ABCD order; NaN when they are no value. */
  decode(buffer: Buffer, offset: number): number;
  /** @throws RangeError when the value does not fit. */
  encode(buffer: Buffer, offset: number, value: number): void;
}

/** Binary-coded decimal: a digit a nibble; anything above 9 is no number. */
export function bcd(words: number): RegisterCodec {
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
export function ascii(words: number): RegisterCodec {
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
