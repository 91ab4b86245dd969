/** From the count in a register to the canonical unit and back, with what registers read along say about it. */
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import { conversionFactor, type Unit } from '../../domain/units.ts';
import type { ModbusPoint } from '../profile.ts';
import {
  encodeRegister,
  REGISTER_TYPES,
  type RegisterReader,
  type WordOrder,
} from './registers.ts';

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

/** SunSpec allows −10 to 10; whatever is beyond (0x8000 is "not implemented") makes no value. */
const MAX_EXPONENT = 10;

/** Scalings of every exponent, lowest first; of one factor when the point has no exponent. */
function byExponent(
  quantity: QuantityId,
  point: ModbusPoint,
  { unit, scale = 1 }: { readonly unit: Unit; readonly scale?: number },
): readonly Scaling[] {
  const base = scale * (point.scale ?? 1);
  if (!point.exponent) return [scalingOf(quantity, { unit, scale: base })];
  return Array.from({ length: 2 * MAX_EXPONENT + 1 }, (_, index) =>
    scalingOf(quantity, { unit, scale: base * 10 ** (index - MAX_EXPONENT) }),
  );
}

/** Where a register read along stands in the block's bytes, and how to read it. */
export interface Located {
  readonly at: number;
  readonly read: RegisterReader;
  readonly order: WordOrder;
}

/** The scaling the registers read along ask for; `undefined` where they make no sense. */
export type ScalingReader = (data: Buffer) => Scaling | undefined;

function exponentReader(
  scalings: readonly Scaling[],
  exponent: Located | undefined,
): ScalingReader {
  if (!exponent) {
    const [only] = scalings;
    return () => only;
  }
  return (data) => scalings[exponent.read(data, exponent.at) + MAX_EXPONENT];
}

/** A text code as it may stand in its registers: padded with blanks or with NUL. */
function textCodes(code: string, words: number, order: WordOrder): readonly Buffer[] {
  return [' ', '\0'].map((padding) => {
    const plain = Buffer.from(code.padEnd(words * 2, padding), 'latin1');
    const swapped = order === 'BADC' || order === 'DCBA';
    return swapped ? plain.swap16() : plain;
  });
}

/** Reads unit code and exponent of a point; what can be worked out before a read, is. */
export function scalingReader(
  quantity: QuantityId,
  point: ModbusPoint,
  along: { readonly exponent: Located | undefined; readonly unitCode: Located | undefined },
): ScalingReader {
  const { exponent, unitCode } = along;
  if (!point.unitCode || !unitCode) {
    return exponentReader(byExponent(quantity, point, { unit: point.unit }), exponent);
  }
  const { type, codes } = point.unitCode;
  const { words, isText } = REGISTER_TYPES[type];
  const readers = Object.entries(codes).map(([code, unit]) => ({
    code,
    read: exponentReader(byExponent(quantity, point, unit), exponent),
  }));
  if (isText) {
    const texts = readers.flatMap(({ code, read }) =>
      textCodes(code, words, unitCode.order).map((bytes) => ({ bytes, read })),
    );
    return (data) => {
      const end = unitCode.at + words * 2;
      for (const { bytes, read } of texts) {
        if (data.compare(bytes, 0, bytes.length, unitCode.at, end) === 0) return read(data);
      }
      return undefined;
    };
  }
  const numbers = new Map(readers.map(({ code, read }) => [Number(code), read]));
  return (data) => numbers.get(unitCode.read(data, unitCode.at))?.(data);
}

/** What a simulated meter puts into the registers read along, and the scaling that follows from it. */
export interface EncodedScaling {
  readonly scaling: Scaling;
  readonly exponent: number;
  readonly code: string | undefined;
}

/** The code in the point's own unit if there is one, and the exponent that keeps its resolution. */
export function encodedScaling(quantity: QuantityId, point: ModbusPoint): EncodedScaling {
  const codes = Object.entries(point.unitCode?.codes ?? {});
  const [code, coded] = codes.find(([, { unit }]) => unit === point.unit) ??
    codes[0] ?? [undefined, { unit: point.unit }];
  const base = (point.scale ?? 1) * (coded.scale ?? 1);
  const step = point.resolution ?? base;
  const exponent = point.exponent ? Math.round(Math.log10(step / base)) : 0;
  const scale = base * 10 ** exponent;
  return { scaling: scalingOf(quantity, { unit: coded.unit, scale }), exponent, code };
}

/** Writes a unit code at the start of a buffer. */
export function encodeUnitCode(
  buffer: Buffer,
  unitCode: NonNullable<ModbusPoint['unitCode']>,
  { code, order }: { readonly code: string; readonly order: WordOrder },
): void {
  const { words, isText } = REGISTER_TYPES[unitCode.type];
  if (isText) textCodes(code, words, order)[0]?.copy(buffer);
  else encodeRegister(buffer, 0, { form: { type: unitCode.type, order }, value: Number(code) });
}
