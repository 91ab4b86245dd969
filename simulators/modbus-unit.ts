/** One Modbus meter behind a unit id: its profile table turned round, with the limits of the device. */
import { setTimeout as delay } from 'node:timers/promises';
import { encodeImage } from '../collector/codec/encode.ts';
import { pointsOf } from '../collector/codec/plan.ts';
import { functionCodeOf, registersOf } from '../collector/codec/span.ts';
import type { FunctionCode } from '../collector/drivers/modbus/framing.ts';
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

interface KnownTable {
  readonly functionCode: FunctionCode;
  readonly from: number;
  readonly to: number;
}

export interface ModbusUnitOptions {
  readonly profile: ModbusProfile;
  /** What the meter shows now. */
  values(): Values;
  manner(): Manner | undefined;
}

/** Half-open range of addresses the device knows in each of its tables; it answers holes in it with 0. */
function knownTables(profile: ModbusProfile): ReadonlyMap<number, KnownTable> {
  const points = pointsOf(profile).map(([, point]) => point);
  const codes = new Set(points.map((point) => functionCodeOf(profile, point)));
  return new Map(
    [...codes].map((functionCode) => {
      const spans = points
        .filter((point) => functionCodeOf(profile, point) === functionCode)
        .flatMap(registersOf)
        .map(({ address, words }) => ({ address, count: words }));
      const known = [...spans, ...(profile.fixedBlocks ?? [])];
      const from = Math.min(...known.map(({ address }) => address));
      const to = Math.max(...known.map(({ address, count }) => address + count));
      return [functionCode, { functionCode, from, to }];
    }),
  );
}

/** Whether a read touches what must not be read, or takes a fixed block other than whole and alone. */
function breaksRules({ forbidden, fixedBlocks }: ModbusProfile, request: ReadRequest): boolean {
  const { address, count } = request;
  const touches = (from: number, to: number) => address < to && address + count > from;
  if (forbidden?.some(([first, last]) => touches(first, last + 1))) return true;
  const fixed = fixedBlocks?.find((block) => touches(block.address, block.address + block.count));
  return fixed !== undefined && (fixed.address !== address || fixed.count !== count);
}

export function createModbusUnit({ profile, values, manner }: ModbusUnitOptions): ModbusUnit {
  const tables = knownTables(profile);

  function refusal(request: ReadRequest, { from, to }: KnownTable): number | undefined {
    const { address, count } = request;
    if (count < 1 || count > profile.maxRegisters) return EXCEPTION.illegalValue;
    if (profile.evenOnly && (address % 2 === 1 || count % 2 === 1)) return EXCEPTION.illegalAddress;
    const isOutside = address < from || address + count > to;
    return isOutside || breaksRules(profile, request) ? EXCEPTION.illegalAddress : undefined;
  }

  function registers({ address, count }: ReadRequest, table: KnownTable): ReadReply {
    try {
      const image = encodeImage(profile, values(), table.functionCode);
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
      const table = tables.get(request.functionCode);
      if (!table) return { kind: 'exception', code: EXCEPTION.illegalFunction };
      const code = refusal(request, table);
      if (code !== undefined) return { kind: 'exception', code };
      return registers(request, table);
    },
  };
}
