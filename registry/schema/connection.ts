/** Connections: sockets, serial lines and OPC UA servers that meters hang on. */
import { z } from 'zod';
import { slug } from './primitives.ts';

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

export const connection = z.discriminatedUnion('kind', [
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
