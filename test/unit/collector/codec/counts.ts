/** What each register type can hold without meaning "no value", in counts. */
import type { RegisterType } from '../../../../collector/codec/registers.ts';

export const COUNTS: Record<RegisterType, readonly [min: number, max: number]> = {
  bit: [0, 1],
  uint8hi: [0, 0xff],
  uint8lo: [0, 0xff],
  int8hi: [-0x80, 0x7f],
  int8lo: [-0x80, 0x7f],
  uint16: [0, 0xfffe],
  int16: [-0x7fff, 0x7ffe],
  uint32: [0, 0xfffffffe],
  int32: [-0x7fffffff, 0x7ffffffe],
  uint64: [0, 2 ** 53 - 1],
  int64: [-(2 ** 53 - 1), 2 ** 53 - 1],
  float32: [-1e6, 1e6],
  float64: [-1e12, 1e12],
  bcd16: [0, 9999],
  bcd32: [0, 99_999_999],
  ascii2: [-9, 99],
  ascii4: [-999, 9999],
  ascii8: [-9_999_999, 99_999_999],
  ascii12: [-99_999_999_999, 999_999_999_999],
  ascii16: [-(10 ** 15 - 1), 2 ** 53 - 1],
};
