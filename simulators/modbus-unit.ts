/** One Modbus meter behind a unit id: its profile table turned round, with the limits of the device. */
import { setTimeout as delay } from 'node:timers/promises';
import { encodeImage } from '../collector/codec/encode.ts';
import { pointsOf } from '../collector/codec/plan.ts';
import { REGISTER_TYPES } from '../collector/codec/registers.ts';
import type { ModbusProfile } from '../collector/profile.ts';
import { isAppError } from '../domain/errors.ts';
import type { Manner } from './faults/fault.ts';
import type { Values } from './model/values.ts';

/** Exception codes of the Modbus Application Protocol V1.1b3, §7. */
export const EXCEPTION = {
  illegalFunction: 1,
  illegalAddress: 2,
  illegalValue: 3,
  deviceFailure: 4,
  targetSilent: 11,
} as const;

export interface ReadRequest {
  readonly functionCode: number;
  readonly address: number;
  readonly count: number;
}

export type ReadReply =
  | { readonly kind: 'registers'; readonly words: readonly number[] }
  | { readonly kind: 'exception'; readonly code: number }
  | { readonly kind: 'silence' };

export interface ModbusUnit {
  /** Takes as long as the device takes; never rejects. */
  read(request: ReadRequest): Promise<ReadReply>;
}

/** Units of one port or bus by unit id. */
export type ModbusUnits = ReadonlyMap<number, ModbusUnit>;

export interface ModbusUnitOptions {
  readonly profile: ModbusProfile;
  /** What the meter shows now. */
  values(): Values;
  manner(): Manner | undefined;
}

/** Half-open range of addresses the device knows; it answers holes in it with 0. */
function knownRange(profile: ModbusProfile): readonly [from: number, to: number] {
  const spans = pointsOf(profile).flatMap(([, { address, type, fraction }]) => [
    { address, words: REGISTER_TYPES[type].words },
    ...(fraction ? [{ ...fraction, words: REGISTER_TYPES[fraction.type].words }] : []),
  ]);
  const from = Math.min(...spans.map(({ address }) => address));
  const to = Math.max(...spans.map(({ address, words }) => address + words));
  return [from, to];
}

export function createModbusUnit({ profile, values, manner }: ModbusUnitOptions): ModbusUnit {
  const [from, to] = knownRange(profile);

  function refusal({ functionCode, address, count }: ReadRequest): number | undefined {
    if (functionCode !== profile.functionCode) return EXCEPTION.illegalFunction;
    if (count < 1 || count > profile.maxRegisters) return EXCEPTION.illegalValue;
    if (profile.evenOnly && (address % 2 === 1 || count % 2 === 1)) return EXCEPTION.illegalAddress;
    return address < from || address + count > to ? EXCEPTION.illegalAddress : undefined;
  }

  function registers({ address, count }: ReadRequest): ReadReply {
    try {
      const image = encodeImage(profile, values());
      const words = Array.from({ length: count }, (_, offset) => image.get(address + offset) ?? 0);
      return { kind: 'registers', words };
    } catch (error) {
      // A value beyond its register, such as a fault with an absurd modulus.
      if (isAppError(error, 'value.invalid')) {
        return { kind: 'exception', code: EXCEPTION.deviceFailure };
      }
      throw error;
    }
  }

  return {
    async read(request) {
      const how = manner();
      if (how?.kind === 'silent') return { kind: 'silence' };
      if (how?.kind === 'exception') return { kind: 'exception', code: how.code };
      if (how?.kind === 'late') await delay(how.delayMs, undefined, { ref: false });
      const code = refusal(request);
      if (code !== undefined) return { kind: 'exception', code };
      return registers(request);
    },
  };
}
