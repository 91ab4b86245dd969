/** Decoders compiled once per block: from reply bytes to canonical units; what is not a value is absent. */
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import { conversionFactor, type Unit } from '../../domain/units.ts';
import type { ModbusPoint, ModbusProfile } from '../profile.ts';
import type { ReadBlock } from './plan.ts';
import { decodeRegister, REGISTER_TYPES } from './registers.ts';

export type Values = Partial<Record<QuantityId, number>>;

/** Adds the values found in the data bytes of a reply. */
export type BlockDecoder = (data: Buffer, into: Values) => void;

/** Turns a register count into the canonical unit and back. */
export interface Scaling {
  readonly toCanonical: (raw: number) => number;
  readonly toRaw: (canonical: number) => number;
}

/**
 * Scale and unit as one factor. A factor such as 0.01 is applied as a division by 100, which
 * rounds to the decimal a technician reads on the display; 0.01 itself is not a double.
 */
export function scalingOf(
  quantity: QuantityId,
  point: { readonly unit: Unit; readonly scale?: number },
): Scaling {
  const factor = (point.scale ?? 1) * conversionFactor(point.unit, QUANTITIES[quantity].unit);
  const divisor = Math.round(1 / factor);
  if (factor < 1 && Math.abs(divisor * factor - 1) < 1e-12) {
    return { toCanonical: (raw) => raw / divisor, toRaw: (value) => value * divisor };
  }
  return { toCanonical: (raw) => raw * factor, toRaw: (value) => value / factor };
}

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

type RawReader = (data: Buffer, offset: number) => number;

function rawReader(point: Pick<ModbusPoint, 'type' | 'order'>, profile: ModbusProfile): RawReader {
  const { type } = point;
  const order = point.order ?? profile.order;
  if (type !== 'float32') return (data, offset) => decodeRegister(data, offset, type, order);
  const high = order === 'ABCD' ? 0 : 2;
  return (data, offset) =>
    shortestFloat32(
      decodeRegister(data, offset, type, order),
      (data.readUInt16BE(offset + high) >> 7) & 0xff,
    );
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

/** Reads one value at its offset in a block; NaN where there is none. */
function compilePoint(
  profile: ModbusProfile,
  quantity: QuantityId,
  blockAddress: number,
): ((data: Buffer) => number) | undefined {
  const point = profile.points[quantity];
  if (!point) return undefined;
  const { toCanonical } = scalingOf(quantity, point);
  const read = rawReader(point, profile);
  const isSentinel = sentinelTest(point);
  const at = (point.address - blockAddress) * 2;
  const { fraction } = point;
  const readFraction = fraction ? rawReader({ ...point, type: fraction.type }, profile) : undefined;
  const fractionAt = fraction ? (fraction.address - blockAddress) * 2 : 0;
  return (data) => {
    const raw = read(data, at);
    if (isSentinel(data, at, raw)) return Number.NaN;
    return toCanonical(readFraction ? raw + readFraction(data, fractionAt) : raw);
  };
}

/** The decoder of one block of a profile's plan. */
export function compileBlock(profile: ModbusProfile, block: ReadBlock): BlockDecoder {
  const readers = block.quantities.flatMap((quantity) => {
    const read = compilePoint(profile, quantity, block.address);
    return read ? [{ quantity, read }] : [];
  });
  return (data, into) => {
    for (const { quantity, read } of readers) {
      const value = read(data);
      if (Number.isFinite(value)) into[quantity] = value;
    }
  };
}
