/** Records as the spool keeps them, in memory and on disk: names once a batch, numbers as they are. */
import type { MeterStatus } from '../../domain/reading.ts';
import type { CollectorRecord } from '../recorder.ts';
import { assertRecordable, atMsOf, subjectOf } from './record.ts';

type Kind = CollectorRecord['kind'];
type Numbers = Readonly<Record<string, number | undefined>>;

/** What many records have in common: all but whose they are, their instant and their numbers. */
interface Shape {
  readonly kind: Kind;
  /** What the numbers are, in their order; a reading's quality comes before them. */
  readonly names: readonly string[];
  readonly state?: MeterStatus['state'];
  readonly reason?: string;
}

/** Some records, none of them an object: thousands that wait for disk and store cost no collection. */
export interface Packed {
  readonly size: number;
  readonly subjects: readonly string[];
  readonly shapes: readonly Shape[];
  /** Record after record: subject, shape, instant, then what the shape says. */
  readonly numbers: Float64Array;
}

export interface Packer {
  readonly size: number;
  /** @throws AppError `value.invalid`, and nothing was added. */
  add(record: CollectorRecord): void;
  /** What was added since the call before. */
  take(): Packed;
}

/** Subject, shape, instant. */
const HEAD = 3;
const FIRST_LENGTH = 4_096;

function valuesOf(record: CollectorRecord): Numbers {
  switch (record.kind) {
    case 'reading':
      return record.reading.values;
    case 'status':
      return { ageMs: record.status.ageMs };
    case 'collector':
      return record.point.fields;
  }
}

function isOfShape(
  { kind, names, state, reason }: Shape,
  record: CollectorRecord,
  values: Numbers,
) {
  if (kind !== record.kind) return false;
  if (
    record.kind === 'status' &&
    (record.status.state !== state || record.status.reason !== reason)
  )
    return false;
  let at = 0;
  for (const name in values) {
    if (values[name] === undefined) continue;
    if (names[at] !== name) return false;
    at += 1;
  }
  return at === names.length;
}

function shapeOf(record: CollectorRecord, values: Numbers): Shape {
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  if (record.kind !== 'status') return { kind: record.kind, names };
  const { state, reason } = record.status;
  return { kind: 'status', names, state, ...(reason === undefined ? {} : { reason }) };
}

export function createPacker(): Packer {
  let numbers = new Float64Array(FIRST_LENGTH);
  let end = 0;
  let size = 0;
  let subjects = new Map<string, number>();
  let lastSubject: string | undefined;
  let lastSubjectAt = 0;
  let shapes: Shape[] = [];

  function push(value: number): void {
    if (end === numbers.length) {
      const longer = new Float64Array(end * 2);
      longer.set(numbers);
      numbers = longer;
    }
    numbers[end] = value;
    end += 1;
  }

  function subjectAt(name: string): number {
    // A reading and its status follow each other.
    if (name === lastSubject) return lastSubjectAt;
    lastSubjectAt = subjects.get(name) ?? subjects.size;
    if (lastSubjectAt === subjects.size) subjects.set(name, lastSubjectAt);
    lastSubject = name;
    return lastSubjectAt;
  }

  function shapeAt(record: CollectorRecord, values: Numbers): number {
    for (let at = 0; at < shapes.length; at += 1) {
      const shape = shapes[at];
      if (shape && isOfShape(shape, record, values)) return at;
    }
    return shapes.push(shapeOf(record, values)) - 1;
  }

  return {
    get size() {
      return size;
    },
    add(record) {
      assertRecordable(record);
      const values = valuesOf(record);
      push(subjectAt(subjectOf(record)));
      push(shapeAt(record, values));
      push(atMsOf(record));
      if (record.kind === 'reading') push(record.reading.quality);
      for (const name in values) {
        const value = values[name];
        if (value !== undefined) push(value);
      }
      size += 1;
    },
    take() {
      const taken = {
        size,
        subjects: [...subjects.keys()],
        shapes,
        numbers: numbers.slice(0, end),
      };
      end = 0;
      size = 0;
      subjects = new Map();
      lastSubject = undefined;
      shapes = [];
      return taken;
    },
  };
}

export function pack(records: Iterable<CollectorRecord>): Packed {
  const packer = createPacker();
  for (const record of records) packer.add(record);
  return packer.take();
}

/** In pieces of at most `groupSize` records. */
export function packGroups(records: readonly CollectorRecord[], groupSize: number): Packed[] {
  const groups: Packed[] = [];
  for (let from = 0; from < records.length; from += groupSize) {
    groups.push(pack(records.slice(from, from + groupSize)));
  }
  return groups;
}

function widthOf({ kind, names }: Shape): number {
  return HEAD + names.length + (kind === 'reading' ? 1 : 0);
}

function recordAt({ subjects, numbers }: Packed, shape: Shape, at: number): CollectorRecord {
  const subject = subjects[numbers[at] ?? -1] ?? '';
  const atMs = numbers[at + 2] ?? Number.NaN;
  let next = at + HEAD;
  const quality = numbers[next] ?? Number.NaN;
  if (shape.kind === 'reading') next += 1;
  const values: Record<string, number> = {};
  for (const name of shape.names) {
    values[name] = numbers[next] ?? Number.NaN;
    next += 1;
  }
  switch (shape.kind) {
    case 'reading':
      return { kind: 'reading', reading: { meterId: subject, atMs, quality, values } };
    case 'collector':
      return { kind: 'collector', point: { atMs, bus: subject, fields: values } };
    case 'status': {
      const { state = 'error', reason } = shape;
      const why = reason === undefined ? {} : { reason };
      return { kind: 'status', status: { meterId: subject, atMs, state, ...why, ...values } };
    }
  }
}

/** The records, each made when its turn comes; of one kind only, if that is told. */
export function* unpack(packed: Packed, kind?: Kind): Generator<CollectorRecord> {
  const { numbers, shapes } = packed;
  for (let at = 0; at < numbers.length; ) {
    const shape = shapes[numbers[at + 1] ?? -1];
    if (!shape) return;
    if (kind === undefined || shape.kind === kind) yield recordAt(packed, shape, at);
    at += widthOf(shape);
  }
}

/** First and last instant. */
export function spanOf({ numbers, shapes }: Packed): { fromMs: number; toMs: number } {
  let fromMs = Number.MAX_SAFE_INTEGER;
  let toMs = Number.MIN_SAFE_INTEGER;
  for (let at = 0; at < numbers.length; ) {
    const shape = shapes[numbers[at + 1] ?? -1];
    if (!shape) break;
    const atMs = numbers[at + 2] ?? Number.NaN;
    if (atMs < fromMs) fromMs = atMs;
    if (atMs > toMs) toMs = atMs;
    at += widthOf(shape);
  }
  return { fromMs, toMs };
}

const COUNT_BYTES = 8;
const NAMES_FIRST_BYTES = 65_536;

/** Used again with every call: as buffers of their own, all groups of a minute would wait for a full collection. */
let sealed = Buffer.alloc(COUNT_BYTES + FIRST_LENGTH * 8 + NAMES_FIRST_BYTES);

/** How many numbers, the numbers, then the names as JSON; in the byte order of the machine. Overwritten by the next call. */
export function toBytes({ size, subjects, shapes, numbers }: Packed): Buffer {
  const names = JSON.stringify({ size, subjects, shapes });
  const namesAt = COUNT_BYTES + numbers.byteLength;
  const mostBytes = namesAt + names.length * 3;
  if (mostBytes > sealed.length) sealed = Buffer.alloc(mostBytes * 2);
  new Float64Array(sealed.buffer, sealed.byteOffset, 1)[0] = numbers.length;
  sealed.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), COUNT_BYTES);
  return sealed.subarray(0, namesAt + sealed.write(names, namesAt));
}

/** Only of bytes whose checksum was right and that nobody writes to: they are not copied. */
export function fromBytes(bytes: Uint8Array): Packed {
  const isAligned = bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0;
  const { buffer, byteOffset, byteLength } = isAligned ? bytes : new Uint8Array(bytes);
  const [count = 0] = new Float64Array(buffer, byteOffset, 1);
  const numbers = new Float64Array(buffer, byteOffset + COUNT_BYTES, count);
  const headBytes = COUNT_BYTES + numbers.byteLength;
  const names = Buffer.from(buffer, byteOffset + headBytes, byteLength - headBytes).toString();
  return { ...JSON.parse(names), numbers };
}
