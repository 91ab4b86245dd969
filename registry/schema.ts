/** The shape of the registry's YAML files; one zod schema is both the check and the type. */
import { z } from 'zod';
import { CARRIER_IDS } from '../domain/carriers.ts';
import { ITEM_CODES } from '../domain/items.ts';
import { isWholeHourZone } from '../domain/period.ts';
import { COUNTER_IDS } from '../domain/quantities.ts';

/** Ids become tag values, addresses and file names. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, 'a slug: a–z, 0–9, - and _, a letter first');
const text = z.strictObject({ zh: z.string().min(1).max(128), en: z.string().min(1).max(128) });
const date = z.iso.date();
const monthDay = z.string().regex(/^\d{2}-\d{2}$/, 'a day of the year, MM-DD');
const instant = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const positive = z.number().positive();
const share = z.number().gt(0).lte(1);
/** `source` and `verified` travel with every number that is not measured. */
const sourced = { source: z.string().min(1), verified: z.boolean() };

const region = z.strictObject({
  id: slug,
  name: text,
  zone: z
    .string()
    .refine(isWholeHourZone, 'an IANA time zone whose clocks differ from UTC by whole hours')
    .default('Asia/Shanghai'),
  /** GB 50176 class, e.g. 1C. */
  climateZone: z.string(),
  heatingSeason: z.strictObject({ from: monthDay, to: monthDay }),
});

const station = z.strictObject({
  id: slug,
  name: text,
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  /** The meter whose `airTemperature` is the station's. */
  sensor: slug.optional(),
});

export const TIERS = ['region', 'league', 'banner', 'unit'] as const;

const agency = z.strictObject({
  id: slug,
  name: text,
  parent: slug.optional(),
  tier: z.enum(TIERS),
  /** Unified social credit code, GB 32100: 18 characters without I, O, S, V, Z. */
  creditCode: z
    .string()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, '18 characters of GB 32100')
    .optional(),
  /** People by date; `definition` says who was counted, since three definitions are in use. */
  heads: z
    .array(z.strictObject({ from: date, persons: positive, definition: z.string() }))
    .default([]),
  /** Accountable floor and heated area by date. */
  areas: z
    .array(z.strictObject({ from: date, floorM2: positive, heatedM2: positive.optional() }))
    .default([]),
});

const building = z.strictObject({
  id: slug,
  name: text,
  /** Region 6 + category letter + number 3, e.g. 150102A001. */
  code: z.string().regex(/^\d{6}[A-H]\d{3}$/, 'region 6 digits, category A–H, number 3 digits'),
  station: slug,
  floorM2: positive,
  heatedM2: positive.optional(),
  solarKwp: positive.optional(),
  /** Who answers for what no meter of their own measures; parts of a date add up to 1. */
  occupancy: z
    .array(
      z.strictObject({
        from: date,
        basis: z.enum(['sole', 'area', 'heads', 'fixed']),
        shares: z.record(slug, share),
      }),
    )
    .min(1),
});

const connectionBase = { id: slug, timeoutMs: z.number().int().min(50).max(30_000).default(1000) };
const socket = { host: z.string().min(1), port: z.number().int().min(1).max(65_535) };
const waitMs = z.number().int().min(0).max(10_000).optional();

/** What some devices and gateways need on top of the protocol. */
const pacing = {
  /** Silence after each reply. */
  gapMs: waitMs,
  /** Rest after connecting, before the first request. */
  connectDelayMs: waitMs,
  /** Hang up when nothing is due, for devices that serve one client at a time. */
  closeAfterPoll: z.boolean().optional(),
};

/** A serial line: what costs bus time, whether it hangs on this machine or behind a gateway. */
const line = {
  baud: z.number().int().min(300).max(1_000_000),
  parity: z.enum(['none', 'even', 'odd']),
  dataBits: z.union([z.literal(7), z.literal(8)]).optional(),
  stopBits: z.union([z.literal(1), z.literal(2)]),
};
/** The line behind a gateway is set in the gateway; here it is said for the bus-time budget. */
const remoteLine = {
  baud: line.baud.optional(),
  parity: line.parity.optional(),
  dataBits: line.dataBits,
  stopBits: line.stopBits.optional(),
};

/** TLS as in Modbus/TCP Security; files are read when the connection is opened. */
const tls = z.strictObject({
  /** Authorities to trust instead of the system's. */
  ca: z.string().min(1).optional(),
  cert: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
  /** The name the device's certificate carries, when it is not the host. */
  serverName: z.string().min(1).optional(),
});

const connection = z.discriminatedUnion('kind', [
  z.strictObject({
    ...connectionBase,
    kind: z.literal('modbus-tcp'),
    ...socket,
    ...pacing,
    ...remoteLine,
    tls: tls.optional(),
  }),
  z.strictObject({
    ...connectionBase,
    kind: z.literal('rtu-over-tcp'),
    ...socket,
    ...pacing,
    ...remoteLine,
  }),
  z.strictObject({
    ...connectionBase,
    kind: z.enum(['serial-rtu', 'serial-ascii']),
    /** e.g. /dev/ttyUSB0, or better a name under /dev/serial/by-id. */
    path: z.string().min(1),
    ...line,
    ...pacing,
  }),
  z
    .strictObject({
      ...connectionBase,
      kind: z.literal('opcua'),
      endpoint: z.string().regex(/^opc\.tcp:\/\/[^/\s]+/, 'opc.tcp://host:port[/path]'),
      /** Permits an unencrypted session; without it only SignAndEncrypt is accepted. */
      insecure: z.boolean().default(false),
      /** Login by name; anonymous without it. Both or neither, and never unencrypted. */
      user: z.string().min(1).optional(),
      /** File that holds nothing but the password. */
      passwordFile: z.string().min(1).optional(),
    })
    .refine((opcua) => (opcua.user === undefined) === (opcua.passwordFile === undefined), {
      error: 'user and passwordFile together, or neither',
    })
    .refine((opcua) => opcua.user === undefined || !opcua.insecure, {
      error: 'no login over an unencrypted connection: drop insecure, or user and passwordFile',
    }),
]);

const meter = z.strictObject({
  id: slug,
  name: text,
  building: slug,
  connection: slug,
  /** Modbus unit id. */
  unit: z.number().int().min(0).max(255).optional(),
  /** OPC UA: the part that replaces `{node}` in the profile's node ids. */
  node: z.string().min(1).optional(),
  profile: slug,
  carrier: z.enum([...CARRIER_IDS, 'weather']),
  item: z.enum(ITEM_CODES).optional(),
  /** Metering level after GB 17167: 1 the whole site, 2 a sub-unit, 3 main equipment. */
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** The meter whose figure already contains this one. */
  parent: slug.optional(),
  /** Set when one agency alone answers for it; otherwise the building's shares apply. */
  agency: slug.optional(),
  /** The register consumption is computed from, when it is not the carrier's usual one. */
  counter: z.enum(COUNTER_IDS).optional(),
  /** CT × PT by date. */
  multiplier: z.array(z.strictObject({ from: date, factor: positive })).default([]),
  replacements: z
    .array(
      z.strictObject({
        at: instant,
        finalReading: z.number().min(0),
        initialReading: z.number().min(0),
      }),
    )
    .default([]),
  pollSeconds: positive.max(3600),
  /** Seconds between reads of a group of quantities that the profile names. */
  groups: z.record(slug, positive.max(86_400)).optional(),
  /** Rating: the most it can count in an hour, in the carrier's unit, after the multiplier. */
  maxPerHour: positive,
});

const factor = z.strictObject({
  id: slug,
  kind: z.enum(['standard-coal', 'co2']),
  carrier: z.enum(CARRIER_IDS),
  value: z.number().min(0),
  /** e.g. kgce/kWh, kgCO2/kWh. */
  unit: z.string().min(1),
  /** Data year; absent for coefficients that do not change. */
  year: z.number().int().optional(),
  /** First year of accounts it may be used for. */
  validFromYear: z.number().int(),
  region: z.string(),
  ...sourced,
});

const quota = z.strictObject({
  id: slug,
  metric: slug,
  tier: z.enum(TIERS),
  unit: z.string(),
  constraint: positive,
  baseline: positive.optional(),
  guide: positive,
  region: z.string(),
  ...sourced,
});

const target = z.strictObject({
  id: slug,
  metric: slug,
  baseYear: z.number().int(),
  targetYear: z.number().int(),
  /** Change wanted over the whole span, e.g. -0.05. */
  change: z.number().gt(-1).lt(1),
  ...sourced,
});

/** What one file may hold; a section may be spread over several files. */
export const registryFile = z.strictObject({
  region: region.optional(),
  stations: z.array(station).default([]),
  agencies: z.array(agency).default([]),
  buildings: z.array(building).default([]),
  connections: z.array(connection).default([]),
  meters: z.array(meter).default([]),
  factors: z.array(factor).default([]),
  quotas: z.array(quota).default([]),
  targets: z.array(target).default([]),
});

export type Region = z.infer<typeof region>;
export type Station = z.infer<typeof station>;
export type Agency = z.infer<typeof agency>;
export type Building = z.infer<typeof building>;
export type Connection = z.infer<typeof connection>;
export type OpcuaConnection = Extract<Connection, { kind: 'opcua' }>;
export type SerialConnection = Extract<Connection, { kind: 'serial-rtu' | 'serial-ascii' }>;
export type ModbusConnection = Exclude<Connection, OpcuaConnection>;
export type Meter = z.infer<typeof meter>;
export type Factor = z.infer<typeof factor>;
export type Quota = z.infer<typeof quota>;
export type Target = z.infer<typeof target>;
export type RegistryFile = z.infer<typeof registryFile>;
