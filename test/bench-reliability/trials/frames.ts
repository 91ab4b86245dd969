/** Damaged frames through framing and receiver: none may become a value, none may throw. */
import { crc16 } from '../../../collector/drivers/modbus/crc.ts';
import {
  dataBytesOf,
  type Framing,
  type FunctionCode,
  type Pending,
} from '../../../collector/drivers/modbus/framing.ts';
import { createReceiver } from '../../../collector/drivers/modbus/receiver.ts';
import { anyDamage, DAMAGES, type DamageContext } from '../../../simulators/proxy/damage.ts';
import { seeded } from '../../support/seeded.ts';
import { heldBytes } from '../memory.ts';

export interface FramesOptions {
  readonly framing: Framing;
  readonly frames: number;
  readonly seed: number;
}

export interface FramesResult {
  readonly frames: number;
  /** Damaged frames that became a value. */
  readonly wrong: number;
  /** Sound frames, one in ten, that did not become theirs. */
  readonly missed: number;
  readonly crashes: number;
  /** Of what is left after a collection of garbage, over the last nine tenths of the run. */
  readonly heapGrowthBytes: number;
}

const SOUND_EVERY = 10;

function soundFrame(framing: Framing, { id, request }: Pending, data: Buffer): Buffer {
  const body = Buffer.concat([
    Buffer.from([request.unit, request.functionCode, data.length]),
    data,
  ]);
  if (framing.hasTransactionId) {
    const header = Buffer.alloc(6);
    header.writeUInt16BE(id, 0);
    header.writeUInt16BE(body.length, 4);
    return Buffer.concat([header, body]);
  }
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc16(body, 0, body.length));
  return Buffer.concat([body, crc]);
}

export function fuzzFrames({ framing, frames, seed }: FramesOptions): FramesResult {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const context: DamageContext = { framing: framing.hasTransactionId ? 'mbap' : 'rtu', random };
  let pending: Pending | undefined;
  let value: Buffer | undefined;
  let isBroken = false;
  const receiver = createReceiver({
    judge: (inbox) => framing.judge(inbox, pending),
    onReply(bytes, start, end) {
      value ??= Buffer.from(bytes.subarray(start, end));
      pending = undefined;
    },
    onException: () => {},
    onLate: () => {},
    onBroken() {
      isBroken = true;
    },
  });

  const taken = () => value;

  /** In up to three pieces, as the network pleases; a broken frame costs the socket, and so the rest. */
  function deliver(frame: Buffer): void {
    const cuts = [below(frame.length + 1), below(frame.length + 1), frame.length];
    let from = 0;
    for (const to of cuts.toSorted((a, b) => a - b)) {
      if (to > from && !isBroken) receiver.push(frame.subarray(from, to), to - from);
      from = to;
    }
  }

  const result = { frames, wrong: 0, missed: 0, crashes: 0 };
  let heldAtFirst = 0;
  for (let index = 0; index < frames; index += 1) {
    if (index === Math.floor(frames / 10)) heldAtFirst = heldBytes();
    const functionCode = (1 + below(4)) as FunctionCode;
    const request = {
      unit: 1 + below(247),
      functionCode,
      address: below(60_000),
      count: 1 + below(125),
    };
    const asked: Pending = { id: below(0x1_0000), request };
    const data = Buffer.alloc(dataBytesOf(request), below(256));
    const sound = soundFrame(framing, asked, data);
    const isSound = index % SOUND_EVERY === 0;
    const frame = isSound ? sound : DAMAGES[anyDamage(context)](sound, context);
    pending = asked;
    value = undefined;
    isBroken = false;
    receiver.reset();
    try {
      deliver(frame);
    } catch {
      result.crashes += 1;
    }
    const outcome = taken();
    if (isSound && !outcome?.equals(data)) result.missed += 1;
    if (!isSound && outcome !== undefined) result.wrong += 1;
  }
  return { ...result, heapGrowthBytes: heldBytes() - heldAtFirst };
}

/** A check is taken out by repairing, unseen, what it would have found. */
function without(framing: Framing, repair: (bytes: Buffer, pending: Pending) => void): Framing {
  return {
    ...framing,
    judge({ bytes, start, end }, pending) {
      const copy = Buffer.from(bytes.subarray(start, end));
      if (pending) repair(copy, pending);
      return framing.judge({ bytes: copy, start: 0, end: copy.length }, pending);
    },
  };
}

/** Framings that lack one check each: the fuzz must find a wrong value in every one. */
export function weakFramings(mbap: Framing, rtu: Framing): Readonly<Record<string, Framing>> {
  return {
    'transaction id': without(mbap, (bytes, { id }) => {
      if (bytes.length >= 2) bytes.writeUInt16BE(id, 0);
    }),
    'protocol id': without(mbap, (bytes) => {
      if (bytes.length >= 4) bytes.writeUInt16BE(0, 2);
    }),
    'unit (MBAP)': without(mbap, (bytes, { request }) => {
      if (bytes.length >= 7) bytes[6] = request.unit;
    }),
    'function (MBAP)': without(mbap, (bytes, { request }) => {
      if (bytes.length >= 8) bytes[7] = request.functionCode;
    }),
    'byte count (MBAP)': without(mbap, (bytes, { request }) => {
      if (bytes.length >= 9) bytes[8] = dataBytesOf(request);
    }),
    checksum: without(rtu, (bytes, { request }) => {
      const end = 3 + dataBytesOf(request);
      if (bytes.length >= end + 2) bytes.writeUInt16LE(crc16(bytes, 0, end), end);
    }),
    'unit (RTU)': without(rtu, (bytes, { request }) => {
      const end = 3 + dataBytesOf(request);
      if (bytes.length < end + 2) return;
      const isWhole = bytes.readUInt16LE(end) === crc16(bytes, 0, end);
      bytes[0] = request.unit;
      if (isWhole) bytes.writeUInt16LE(crc16(bytes, 0, end), end);
    }),
  };
}
