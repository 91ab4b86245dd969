/** Which registers a value needs: its own, and those that say how to take it. */
import type { FunctionCode } from '../drivers/modbus/framing.ts';
import type { ModbusPoint, ModbusProfile, ReadAlong } from '../profile.ts';
import { REGISTER_TYPES } from './registers.ts';

interface RegisterSpan {
  readonly address: number;
  /** Registers, or bits for function codes 1 and 2. */
  readonly words: number;
}

function spanOf({ address, type }: Pick<ReadAlong, 'address' | 'type'>): RegisterSpan {
  return { address, words: REGISTER_TYPES[type].words };
}

/** The value's own registers first. */
export function registersOf(point: ModbusPoint): readonly RegisterSpan[] {
  const { fraction, exponent, factor, unitCode } = point;
  const along = [fraction, exponent, factor, unitCode].filter((part) => part !== undefined);
  return [spanOf(point), ...along.map(spanOf)];
}

export function functionCodeOf(profile: ModbusProfile, point: ModbusPoint): FunctionCode {
  return point.functionCode ?? profile.functionCode;
}

/** Coils and discrete inputs come eight to a byte, registers two bytes each. */
export function isBitTable(functionCode: FunctionCode): boolean {
  return functionCode < 3;
}
