/** Decoders compiled once per block: from reply bytes to canonical units; what is not a value is absent. */
import type { QuantityId } from '../../domain/quantities.ts';
import type { ModbusPoint, ModbusProfile, ReadAlong } from '../profile.ts';
import type { ReadBlock } from './plan.ts';
import {
  REGISTER_TYPES,
  type RegisterReader,
  registerReader,
  type WordOrder,
} from './registers.ts';
import { type Located, scalingReader } from './scaling.ts';
import { isBitTable } from './span.ts';

export type Values = Partial<Record<QuantityId, number>>;

/** Adds the values found in the data bytes of a reply. */
export type BlockDecoder = (data: Buffer, into: Values) => void;

/** Decimal places that tell apart neighbouring float32 numbers of each binary exponent. */
const FLOAT32_STEP = Float64Array.from(
  { length: 256 },
  (_, exponent) => 10 ** Math.min(300, Math.max(0, Math.ceil((150 - exponent) * Math.log10(2)))),
);

/** The short decimal a float32 stands for: 230.1, not 230.10000610351562. */
function shortestFloat32(value: number, exponent: number): number {
  const fine = FLOAT32_STEP[exponent] ?? 1;
  const coarse = fine / 10;
  const short = Math.round(value * coarse) / coarse;
  if (Math.fround(short) === value) return short;
  const longer = Math.round(value * fine) / fine;
  return Math.fround(longer) === value ? longer : value;
}

/** Where A and B of ABCD stand, which hold the exponent of a float32. */
const HIGH_BYTES = {
  ABCD: [0, 1],
  CDAB: [2, 3],
  BADC: [1, 0],
  DCBA: [3, 2],
} as const satisfies Record<WordOrder, readonly [number, number]>;

function valueReader(type: ReadAlong['type'], order: WordOrder): RegisterReader {
  const read = registerReader({ type, order });
  if (type !== 'float32') return read;
  const [a, b] = HIGH_BYTES[order];
  return (data, offset) => {
    const exponent = (data.readUInt8(offset + a) & 0x7f) * 2 + (data.readUInt8(offset + b) >> 7);
    return shortestFloat32(read(data, offset), exponent);
  };
}

/** Coils start at the lowest bit of the first byte (Modbus Application Protocol V1.1b3 §6.1). */
function readCoil(data: Buffer, index: number): number {
  return (data.readUInt8(index >> 3) >> (index & 7)) & 1;
}

function bitReader(order: WordOrder, bit: number): RegisterReader {
  const read = registerReader({ type: 'uint16', order });
  return (data, offset) => (read(data, offset) >> bit) & 1;
}

function allOnes(data: Buffer, offset: number, bytes: number): boolean {
  for (let index = 0; index < bytes; index += 1) if (data[offset + index] !== 0xff) return false;
  return true;
}

function sentinelTest(point: ModbusPoint): (data: Buffer, offset: number, raw: number) => boolean {
  const { sentinels } = point;
  if (!sentinels) return () => false;
  const bytes = REGISTER_TYPES[point.type].words * 2;
  const ones = sentinels.includes('all-ones');
  return (data, offset, raw) => sentinels.includes(raw) || (ones && allOnes(data, offset, bytes));
}

/** Reads one value in a block; NaN where there is none. */
type PointReader = (data: Buffer) => number;

function compilePoint(
  profile: ModbusProfile,
  quantity: QuantityId,
  block: ReadBlock,
): PointReader | undefined {
  const point = profile.points[quantity];
  if (!point) return undefined;
  const order = point.order ?? profile.order;
  const locate = (along: ReadAlong | undefined): Located | undefined => {
    if (!along) return undefined;
    const its = along.order ?? order;
    return {
      at: (along.address - block.address) * 2,
      read: valueReader(along.type, its),
      order: its,
    };
  };
  const { fraction: fractionPoint } = point;
  const scaling = scalingReader(quantity, point, {
    exponent: locate(point.exponent),
    unitCode: locate(point.unitCode),
  });
  if (isBitTable(block.functionCode)) {
    const index = point.address - block.address;
    return (data) => scaling(data)?.toCanonical(readCoil(data, index)) ?? Number.NaN;
  }
  const at = (point.address - block.address) * 2;
  const read =
    point.type === 'bit' ? bitReader(order, point.bit ?? 0) : valueReader(point.type, order);
  const isSentinel = sentinelTest(point);
  const fraction = locate(fractionPoint);
  const fractionScale = fractionPoint?.scale ?? 1;
  const factor = locate(point.factor);
  return (data) => {
    let raw = read(data, at);
    if (isSentinel(data, at, raw)) return Number.NaN;
    if (fraction) raw += fraction.read(data, fraction.at) * fractionScale;
    if (factor) {
      const times = factor.read(data, factor.at);
      // A factor of 0 is a register not set, never a value of 0.
      if (!(times > 0)) return Number.NaN;
      raw *= times;
    }
    return scaling(data)?.toCanonical(raw) ?? Number.NaN;
  };
}

/** Decoders hold no state, so all meters of a model share theirs: thousands would cost kilobytes each. */
const compiled = new WeakMap<ModbusProfile, Map<string, BlockDecoder>>();

/** The decoder of one block of a profile's plan. */
export function compileBlock(profile: ModbusProfile, block: ReadBlock): BlockDecoder {
  const { functionCode, address, count, quantities } = block;
  const key = `${functionCode} ${address} ${count} ${quantities}`;
  const ofProfile = compiled.get(profile) ?? new Map<string, BlockDecoder>();
  compiled.set(profile, ofProfile);
  const decoder = ofProfile.get(key) ?? compileReaders(profile, block);
  ofProfile.set(key, decoder);
  return decoder;
}

function compileReaders(profile: ModbusProfile, block: ReadBlock): BlockDecoder {
  const readers = block.quantities.flatMap((quantity) => {
    const read = compilePoint(profile, quantity, block);
    return read ? [{ quantity, read }] : [];
  });
  return (data, into) => {
    for (const { quantity, read } of readers) {
      const value = read(data);
      if (Number.isFinite(value)) into[quantity] = value;
    }
  };
}
