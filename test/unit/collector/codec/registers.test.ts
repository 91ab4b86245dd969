/** Every register type in every byte order: read and write are each other's reverse. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeRegister,
  isInteger,
  REGISTER_TYPE_IDS,
  REGISTER_TYPES,
  type RegisterType,
  registerReader,
  WORD_ORDERS,
  type WordOrder,
} from '../../../../collector/codec/registers.ts';
import { COUNTS } from './counts.ts';

function read(hex: string, type: RegisterType, order: WordOrder = 'ABCD'): number {
  return registerReader({ type, order })(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0);
}

const FORMS = REGISTER_TYPE_IDS.flatMap((type) => WORD_ORDERS.map((order) => ({ type, order })));

function arbitraryOf(type: RegisterType): fc.Arbitrary<number> {
  const [min, max] = COUNTS[type];
  if (type === 'float32') return fc.float({ noNaN: true, noDefaultInfinity: true });
  if (!isInteger(type)) return fc.double({ noNaN: true, noDefaultInfinity: true });
  return fc.maxSafeInteger().map((n) => min + (Math.abs(n) % (max - min + 1)));
}

describe.each(FORMS)('$type $order', ({ type, order }) => {
  const { words } = REGISTER_TYPES[type];
  const decode = registerReader({ type, order });

  it('reads what it writes, at any offset', () => {
    fc.assert(
      fc.property(arbitraryOf(type), fc.nat(4), (value, offset) => {
        const buffer = Buffer.alloc(words * 2 + 5);
        encodeRegister(buffer, offset, { form: { type, order }, value });
        expect(decode(buffer, offset)).toBe(value === 0 && isInteger(type) ? 0 : value);
      }),
      { numRuns: 60, seed: 20260102 },
    );
  });

  it('touches nothing but its own bytes', () => {
    const buffer = Buffer.alloc(words * 2 + 2, 0xa5);
    encodeRegister(buffer, 1, { form: { type, order }, value: 1 });
    expect([buffer[0], buffer[words * 2 + 1]]).toEqual([0xa5, 0xa5]);
  });
});

describe('registers', () => {
  it('no two orders read the same bytes as the same value (control)', () => {
    for (const type of ['uint32', 'int32', 'float32', 'bcd32', 'float64'] as const) {
      const hex = '0102030405060708'.slice(0, REGISTER_TYPES[type].words * 4);
      expect(new Set(WORD_ORDERS.map((order) => read(hex, type, order))).size, type).toBe(4);
    }
  });

  it.each([
    { type: 'uint32', order: 'ABCD', hex: '0102 0304', expected: 0x01020304 },
    { type: 'uint32', order: 'CDAB', hex: '0304 0102', expected: 0x01020304 },
    { type: 'uint32', order: 'BADC', hex: '0201 0403', expected: 0x01020304 },
    { type: 'uint32', order: 'DCBA', hex: '0403 0201', expected: 0x01020304 },
    { type: 'uint64', order: 'CDAB', hex: '0708 0506 0304 0001', expected: 0x0001030405060708 },
    { type: 'uint64', order: 'BADC', hex: '0100 0403 0605 0807', expected: 0x0001030405060708 },
    { type: 'uint64', order: 'DCBA', hex: '0807 0605 0403 0100', expected: 0x0001030405060708 },
    { type: 'uint16', order: 'BADC', hex: '3412', expected: 0x1234 },
    { type: 'uint16', order: 'CDAB', hex: '1234', expected: 0x1234 },
    { type: 'uint8hi', order: 'ABCD', hex: '12fe', expected: 0x12 },
    { type: 'uint8lo', order: 'ABCD', hex: '12fe', expected: 0xfe },
    { type: 'int8lo', order: 'ABCD', hex: '12fe', expected: -2 },
    { type: 'int8hi', order: 'BADC', hex: '12fe', expected: -2 },
    { type: 'bcd16', order: 'ABCD', hex: '1234', expected: 1234 },
    { type: 'bcd32', order: 'CDAB', hex: '5678 1234', expected: 12345678 },
    { type: 'bcd32', order: 'ABCD', hex: '1234 567a', expected: Number.NaN },
    { type: 'bcd32', order: 'ABCD', hex: 'ffff ffff', expected: Number.NaN },
    { type: 'ascii8', order: 'ABCD', hex: '3030 3031 3233 2e35', expected: 123.5 },
    { type: 'ascii8', order: 'CDAB', hex: '2020 2d31 3220 0000', expected: -12 },
    { type: 'ascii8', order: 'BADC', hex: '2020 2020 3120 0032', expected: 12 },
    { type: 'ascii4', order: 'ABCD', hex: '2020 2020', expected: Number.NaN },
    { type: 'ascii4', order: 'ABCD', hex: '3132 4133', expected: Number.NaN },
    { type: 'ascii4', order: 'ABCD', hex: '312e 2e33', expected: Number.NaN },
    { type: 'ascii2', order: 'ABCD', hex: '2d2d', expected: Number.NaN },
    { type: 'int64', order: 'ABCD', hex: 'ffffffff ffffffff', expected: -1 },
    { type: 'int64', order: 'ABCD', hex: '0020000000000000', expected: Number.NaN },
    { type: 'int64', order: 'ABCD', hex: '8000000000000000', expected: Number.NaN },
    { type: 'int64', order: 'ABCD', hex: 'ffe0000000000001', expected: -(2 ** 53 - 1) },
    { type: 'int64', order: 'ABCD', hex: 'ffe0000000000000', expected: Number.NaN },
    { type: 'uint64', order: 'ABCD', hex: '0020000000000001', expected: Number.NaN },
  ] as const)('$type $order $hex is $expected', ({ type, order, hex, expected }) => {
    expect(read(hex, type, order)).toBe(expected);
  });

  it.each([
    { type: 'bcd16', value: 10_000 },
    { type: 'bcd32', value: -1 },
    { type: 'ascii4', value: 12_345 },
    { type: 'uint8lo', value: 256 },
    { type: 'uint16', value: -1 },
  ] as const)('a $type refuses $value', ({ type, value }) => {
    const buffer = Buffer.alloc(16);
    expect(() => encodeRegister(buffer, 0, { form: { type, order: 'ABCD' }, value })).toThrow(
      RangeError,
    );
  });
});
