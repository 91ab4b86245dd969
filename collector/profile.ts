/** A meter profile: one dense table a technician can hold against the manual. Addresses are wire addresses, from 0. */
import type { QuantityId } from '../domain/quantities.ts';
import type { Unit } from '../domain/units.ts';
import type { RegisterType, WordOrder } from './codec/registers.ts';

export interface ModbusPoint {
  /** 0-based PDU address. Manuals that count from 1 say one more. */
  readonly address: number;
  readonly type: RegisterType;
  /** Unit of the value after `scale`. */
  readonly unit: Unit;
  /** Value = register × scale; 1 when absent. */
  readonly scale?: number;
  /** Words high or low first; the profile's default when absent. */
  readonly order?: WordOrder;
  /** Raw register values that mean "no value". */
  readonly sentinels?: readonly (number | 'all-ones')[];
  /** Counter only: register value (after `scale`, in `unit`) at which it starts again from 0. */
  readonly modulus?: number;
  /** Counter only: smallest step the meter counts, in `unit`; `scale` when absent. */
  readonly resolution?: number;
  /** Plausible range in `unit`; outside it the reading is kept and flagged. */
  readonly range?: readonly [min: number, max: number];
  /** Fraction held in another register of the same read, added to an integer part. */
  readonly fraction?: { readonly address: number; readonly type: RegisterType };
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
}

export interface ModbusProfile extends ProfileBase {
  readonly protocol: 'modbus';
  /** 3 holding registers, 4 input registers. */
  readonly functionCode: 3 | 4;
  readonly order: WordOrder;
  /** Most registers the device answers in one read. */
  readonly maxRegisters: number;
  /** Start and count must be even. */
  readonly evenOnly?: boolean;
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
