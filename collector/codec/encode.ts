/** The decoder turned round: canonical quantities to register words, as a meter of that model holds them. */
import { AppError, messageOf } from '../../domain/errors.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { ModbusPoint, ModbusProfile } from '../profile.ts';
import { scalingOf, type Values } from './decode.ts';
import { pointsOf } from './plan.ts';
import { encodeRegister, isInteger, REGISTER_TYPES, type RegisterType } from './registers.ts';

const scratch = Buffer.alloc(8);

interface Target {
  readonly address: number;
  readonly type: RegisterType;
  readonly order: ModbusProfile['order'];
}

function write(image: Map<number, number>, target: Target, raw: number): void {
  encodeRegister(scratch, 0, target, raw);
  for (let word = 0; word < REGISTER_TYPES[target.type].words; word += 1) {
    image.set(target.address + word, scratch.readUInt16BE(word * 2));
  }
}

/** What the register counts: whole counts, or the meter's step where a float holds a counter. */
function roundToStep(point: ModbusPoint, raw: number): number {
  if (isInteger(point.type) && !point.fraction) return Math.round(raw);
  if (point.resolution === undefined) return raw;
  const stepsPerCount = (point.scale ?? 1) / point.resolution;
  return Math.round(raw * stepsPerCount) / stepsPerCount;
}

function writePoint(
  image: Map<number, number>,
  profile: ModbusProfile,
  entry: { quantity: QuantityId; point: ModbusPoint; value: number },
): void {
  const { quantity, point, value } = entry;
  const order = point.order ?? profile.order;
  const unwrapped = roundToStep(point, scalingOf(quantity, point).toRaw(value));
  const raw = point.modulus ? unwrapped % (point.modulus / (point.scale ?? 1)) : unwrapped;
  if (!point.fraction) {
    write(image, { address: point.address, type: point.type, order }, raw);
    return;
  }
  const whole = Math.trunc(raw);
  write(image, { address: point.address, type: point.type, order }, whole);
  write(image, { ...point.fraction, order }, raw - whole);
}

/**
 * The registers (wire address → word) that hold these values; quantities the profile lacks are
 * left out, and so are registers of quantities that are not given.
 * @throws AppError `value.invalid` for a value its register cannot hold.
 */
export function encodeImage(profile: ModbusProfile, values: Readonly<Values>): Map<number, number> {
  const image = new Map<number, number>();
  for (const [quantity, point] of pointsOf(profile)) {
    const value = values[quantity];
    if (value === undefined) continue;
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
