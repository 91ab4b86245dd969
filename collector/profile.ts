/** A meter profile: one dense table a technician can hold against the manual. Addresses are wire addresses, from 0. */
import type { QuantityId } from '../domain/quantities.ts';
import type { Unit } from '../domain/units.ts';
import type { RegisterType, WordOrder } from './codec/registers.ts';
import type { FunctionCode } from './drivers/modbus/framing.ts';

/** A register that says how to take a value; it is always read in the same request as the value. */
export interface ReadAlong {
  readonly address: number;
  readonly type: RegisterType;
  /** As the value's when absent. */
  readonly order?: WordOrder;
}

/** What one code of a unit register stands for. */
export interface CodedUnit {
  readonly unit: Unit;
  /** Unit of the count, e.g. 0.1 where the code means 0.1 kWh. */
  readonly scale?: number;
}

export interface ModbusPoint {
  /** 0-based PDU address. Manuals that count from 1 say one more. */
  readonly address: number;
  readonly type: RegisterType;
  /** Type `bit` in a register only: 0 is the lowest. */
  readonly bit?: number;
  /** Where this value is not in the table of the profile's `functionCode`. */
  readonly functionCode?: FunctionCode;
  /** Unit of the value after `scale`. With `unitCode`, the one `range`, `modulus` and `resolution` are in. */
  readonly unit: Unit;
  /** Value = register × scale; 1 when absent. */
  readonly scale?: number;
  /** Words high or low first; the profile's default when absent. */
  readonly order?: WordOrder;
  /** Raw register values that mean "no value"; NaN always does. */
  readonly sentinels?: readonly (number | 'all-ones')[];
  /** Counter only: register value (after `scale`, in `unit`) at which it starts again from 0. */
  readonly modulus?: number;
  /** Counter only: smallest step the meter counts, in `unit`; `scale` when absent. */
  readonly resolution?: number;
  /** Plausible range in `unit`; outside it the reading is kept and flagged. */
  readonly range?: readonly [min: number, max: number];
  /** Fraction in another register, times its own scale, added to the integer part. */
  readonly fraction?: ReadAlong & { readonly scale?: number };
  /** The value is times 10 to the power of this register (SunSpec scale factors and the like). */
  readonly exponent?: ReadAlong;
  /** The value is times this register. */
  readonly factor?: ReadAlong;
  /** The unit is in this register, as a number or, with an ascii type, as text; an unknown code is no value. */
  readonly unitCode?: ReadAlong & { readonly codes: Readonly<Record<string, CodedUnit>> };
  /** As the manual words it, when a technician would search for that. */
  readonly manual?: string;
}

interface ProfileBase {
  readonly id: string;
  readonly vendor: string;
  readonly model: string;
  /** `verified` only when somebody read a real device with it. */
  readonly status: 'verified' | 'unverified';
  /** Where the numbers come from. */
  readonly source: string;
  readonly quirks?: readonly string[];
  /** Quantities a meter may be told to read less often than the rest, by name, e.g. `slow`. */
  readonly groups?: Readonly<Record<string, readonly QuantityId[]>>;
}

export interface ModbusProfile extends ProfileBase {
  readonly protocol: 'modbus';
  /** 1 coils, 2 discrete inputs, 3 holding registers, 4 input registers. */
  readonly functionCode: FunctionCode;
  readonly order: WordOrder;
  /** Most registers the device answers in one read. */
  readonly maxRegisters: number;
  /** Start and count must be even. */
  readonly evenOnly?: boolean;
  /** Blocks the device answers only as they are: never a part, never with anything else. */
  readonly fixedBlocks?: readonly { readonly address: number; readonly count: number }[];
  /** Never to be read, not even to fill a hole. */
  readonly forbidden?: readonly (readonly [first: number, last: number])[];
  readonly points: Readonly<Partial<Record<QuantityId, ModbusPoint>>>;
}

export interface OpcuaPoint {
  /** Node id with `{node}` for the meter's own part, e.g. `nsu=urn:x;s={node}.Energy`. */
  readonly nodeId: string;
  readonly unit: Unit;
  readonly scale?: number;
  readonly modulus?: number;
  readonly resolution?: number;
  readonly range?: readonly [min: number, max: number];
}

export interface OpcuaProfile extends ProfileBase {
  readonly protocol: 'opcua';
  readonly points: Readonly<Partial<Record<QuantityId, OpcuaPoint>>>;
}

export type MeterProfile = ModbusProfile | OpcuaProfile;

/** Checks the literal against the type and keeps it narrow. */
export function defineMeterProfile<const P extends MeterProfile>(profile: P): P {
  return profile;
}
