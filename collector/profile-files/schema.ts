/** The shape of a profile file: the interfaces of `profile.ts` as a zod schema, field by field. */
import { z } from 'zod';
import { QUANTITY_IDS } from '../../domain/quantities.ts';
import { UNITS, type Unit } from '../../domain/units.ts';
import { REGISTER_TYPE_IDS, WORD_ORDERS } from '../codec/registers.ts';
import type {
  MeterProfile,
  ModbusPoint,
  ModbusProfile,
  OpcuaPoint,
  OpcuaProfile,
} from '../profile.ts';

/** A row for every field of an interface, none more: a field added there fails here until it has one. */
type Shape<T> = { readonly [K in keyof Required<T>]: z.ZodType };

const text = z.string().min(1).max(300);
const unit = z.enum(Object.keys(UNITS) as [Unit, ...Unit[]]);
const positive = z.number().positive();
const factor = z.number().refine((value) => value !== 0, 'a number other than 0');
const range = z.tuple([z.number(), z.number()]);
const address = z.int().min(0).max(0xffff);
const functionCode = z.literal([1, 2, 3, 4]);
const along = {
  address,
  type: z.enum(REGISTER_TYPE_IDS),
  order: z.enum(WORD_ORDERS).exactOptional(),
};
const codedUnit = z.strictObject({ unit, scale: factor.exactOptional() });

const modbusPoint = z.strictObject({
  address,
  functionCode: functionCode.exactOptional(),
  type: along.type,
  bit: z.int().min(0).max(15).exactOptional(),
  order: along.order,
  unit,
  scale: factor.exactOptional(),
  fraction: z.strictObject({ ...along, scale: positive.exactOptional() }).exactOptional(),
  exponent: z.strictObject(along).exactOptional(),
  factor: z.strictObject(along).exactOptional(),
  unitCode: z
    .strictObject({ ...along, codes: z.record(z.string().min(1), codedUnit) })
    .exactOptional(),
  sentinels: z
    .array(z.union([z.number(), z.literal('all-ones')]))
    .min(1)
    .exactOptional(),
  modulus: positive.exactOptional(),
  resolution: positive.exactOptional(),
  range: range.exactOptional(),
  manual: text.exactOptional(),
} satisfies Shape<ModbusPoint>);

const opcuaPoint = z.strictObject({
  nodeId: z.string().includes('{node}', "'{node}' where a meter's own part stands"),
  unit,
  scale: factor.exactOptional(),
  modulus: positive.exactOptional(),
  resolution: positive.exactOptional(),
  range: range.exactOptional(),
} satisfies Shape<OpcuaPoint>);

const quantity = z.enum(QUANTITY_IDS);
const groups = z.record(z.string(), z.array(quantity)).exactOptional();
const head = {
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a slug: a–z, 0–9 and -, a letter first'),
  vendor: text,
  model: text,
  status: z.enum(['verified', 'unverified']),
  source: z.string().min(20, 'where the numbers come from, in 20 characters or more'),
  quirks: z.array(text).exactOptional(),
};

const modbusProfile = z.strictObject({
  ...head,
  protocol: z.literal('modbus'),
  functionCode,
  order: z.enum(WORD_ORDERS),
  maxRegisters: z.int().min(1).max(125),
  evenOnly: z.boolean().exactOptional(),
  fixedBlocks: z.array(z.strictObject({ address, count: z.int().min(1).max(125) })).exactOptional(),
  forbidden: z.array(z.tuple([address, address])).exactOptional(),
  groups,
  points: z.partialRecord(quantity, modbusPoint),
} satisfies Shape<ModbusProfile>);

const opcuaProfile = z.strictObject({
  ...head,
  protocol: z.literal('opcua'),
  groups,
  points: z.partialRecord(quantity, opcuaPoint),
} satisfies Shape<OpcuaProfile>);

export const profileSchema: z.ZodType<MeterProfile> = z.discriminatedUnion('protocol', [
  modbusProfile,
  opcuaProfile,
]);

/** Keys in the order a profile is written in. */
export const PROFILE_KEYS: readonly string[] = Object.keys(modbusProfile.shape);

export const POINT_KEYS: readonly string[] = Object.keys(modbusPoint.shape);
