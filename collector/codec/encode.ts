/** The decoder turned round: canonical quantities to register words, as a meter of that model holds them. */
import { AppError, messageOf } from '../../domain/errors.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { FunctionCode } from '../drivers/modbus/framing.ts';
import type { ModbusPoint, ModbusProfile, ReadAlong } from '../profile.ts';
import type { Values } from './decode.ts';
import { pointsOf } from './plan.ts';
import { encodeRegister, isInteger, MAX_REGISTER_BYTES, REGISTER_TYPES } from './registers.ts';
import { encodedScaling, encodeUnitCode } from './scaling.ts';
import { functionCodeOf, isBitTable } from './span.ts';

const scratch = Buffer.alloc(MAX_REGISTER_BYTES);

/** Lets `fill` change the registers of a value; bits and bytes of others stay as they are. */
function change(
  image: Map<number, number>,
  { address, type }: ReadAlong,
  fill: (registers: Buffer) => void,
): void {
  const { words } = REGISTER_TYPES[type];
  for (let word = 0; word < words; word += 1) {
    scratch.writeUInt16BE(image.get(address + word) ?? 0, word * 2);
  }
  fill(scratch);
  for (let word = 0; word < words; word += 1) {
    image.set(address + word, scratch.readUInt16BE(word * 2));
  }
}

/** What the register counts: whole counts, or the meter's step where a float holds a counter. */
function roundToStep(point: ModbusPoint, raw: number, scale: number): number {
  if (isInteger(point.type) && !point.fraction) return Math.round(raw);
  if (point.resolution === undefined) return raw;
  const stepsPerCount = scale / point.resolution;
  return Math.round(raw * stepsPerCount) / stepsPerCount;
}

function writeBit(image: Map<number, number>, point: ModbusPoint, raw: number): void {
  const mask = 1 << (point.bit ?? 0);
  const word = image.get(point.address) ?? 0;
  image.set(point.address, raw === 0 ? word & ~mask : word | mask);
}

function writePoint(
  image: Map<number, number>,
  profile: ModbusProfile,
  entry: { quantity: QuantityId; point: ModbusPoint; value: number },
): void {
  const { quantity, point, value } = entry;
  const own = point.order ?? profile.order;
  const write = (along: ReadAlong, raw: number): void => {
    const form = { type: along.type, order: along.order ?? own };
    change(image, along, (registers) => encodeRegister(registers, 0, { form, value: raw }));
  };
  const { scaling, exponent, code } = encodedScaling(quantity, point);
  const scale = point.scale ?? 1;
  const unwrapped = roundToStep(point, scaling.toRaw(value), scale);
  const raw = point.modulus ? unwrapped % (point.modulus / scale) : unwrapped;
  const { fraction, unitCode } = point;
  if (point.exponent) write(point.exponent, exponent);
  if (point.factor) write(point.factor, 1);
  if (unitCode && code !== undefined) {
    const order = unitCode.order ?? own;
    change(image, unitCode, (registers) => encodeUnitCode(registers, unitCode, { code, order }));
  }
  if (point.type === 'bit') {
    if (isBitTable(functionCodeOf(profile, point))) image.set(point.address, raw === 0 ? 0 : 1);
    else writeBit(image, { ...point, bit: bitOnWire(point, own) }, raw);
    return;
  }
  if (!fraction) {
    write({ address: point.address, type: point.type }, raw);
    return;
  }
  const whole = Math.trunc(raw);
  write({ address: point.address, type: point.type }, whole);
  const rest = (raw - whole) / (fraction.scale ?? 1);
  write(fraction, isInteger(fraction.type) ? Math.round(rest) : rest);
}

/** Where the low byte comes first, bits 0–7 stand in the high half of the word. */
function bitOnWire({ bit = 0 }: ModbusPoint, order: ModbusProfile['order']): number {
  return order === 'BADC' || order === 'DCBA' ? bit ^ 8 : bit;
}

/**
 * The registers (wire address → word; bits for function codes 1 and 2) of one table that hold
 * these values; quantities the table lacks are left out, and so are registers of quantities that
 * are not given.
 * @throws AppError `value.invalid` for a value its register cannot hold.
 */
export function encodeImage(
  profile: ModbusProfile,
  values: Readonly<Values>,
  functionCode: FunctionCode = profile.functionCode,
): Map<number, number> {
  const image = new Map<number, number>();
  for (const [quantity, point] of pointsOf(profile)) {
    const value = values[quantity];
    if (value === undefined || functionCodeOf(profile, point) !== functionCode) continue;
    try {
      writePoint(image, profile, { quantity, point, value });
    } catch (error) {
      throw new AppError(
        'value.invalid',
        `profile ${profile.id}: ${quantity} ${value} does not fit a ${point.type}: ${messageOf(error)}`,
        { profile: profile.id, quantity, value, type: point.type },
        { cause: error },
      );
    }
  }
  return image;
}
