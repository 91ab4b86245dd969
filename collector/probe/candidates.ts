/** All ways of reading the registers round an address, each marked by what its value could be. */
import type { QuantityId } from '../../domain/quantities.ts';
import { REGISTER_TYPES } from '../codec/registers.ts';
import { judge } from './plausibility.ts';

const TYPES = [
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'uint64',
  'int64',
  'float64',
] as const;
/** Words high or low first; bytes of each word high or low first. */
const ORDERS = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
const SCALES = [1, 0.1, 0.01, 0.001, 10, 100, 1000] as const;

type CandidateType = (typeof TYPES)[number];
type CandidateOrder = (typeof ORDERS)[number];

/** What the reader is looking for, as far as known. */
export interface Sought {
  readonly quantity?: QuantityId;
  /** What the meter's display shows. */
  readonly display?: number;
}

export interface Hint {
  /** A quantity, or the value on the display. */
  readonly what: QuantityId | 'display';
  /** Value × scale is it. */
  readonly scale: number;
}

export interface Candidate {
  readonly functionCode: 3 | 4;
  readonly address: number;
  readonly type: CandidateType;
  readonly order: CandidateOrder;
  /** Words as received, in hex. */
  readonly raw: string;
  /** Register value, before any scale. */
  readonly value: number;
  /** 3 what is sought, or looks like it; 2 so with a scale; 1 can be a value; 0 is none. */
  readonly rank: 0 | 1 | 2 | 3;
  /** What it could be. */
  readonly hint?: Hint;
}

/** Words read through one function code, by wire address. */
export interface Words {
  readonly functionCode: 3 | 4;
  readonly at: ReadonlyMap<number, number>;
}

/** A display cuts digits off, and a running meter has moved on since somebody looked. */
const GRID_HZ = 50;
const DISPLAY_TOLERANCE = 0.005;

const scratch = Buffer.alloc(8);

function decode(words: readonly number[], type: CandidateType, order: CandidateOrder): number {
  const isLowWordFirst = order === 'CDAB' || order === 'DCBA';
  const isLowByteFirst = order === 'BADC' || order === 'DCBA';
  const ordered = isLowWordFirst ? words.toReversed() : words;
  for (const [index, word] of ordered.entries()) {
    if (isLowByteFirst) scratch.writeUInt16LE(word, index * 2);
    else scratch.writeUInt16BE(word, index * 2);
  }
  return REGISTER_TYPES[type].decode(scratch, 0);
}

function isFloat(type: CandidateType): boolean {
  return type.startsWith('float');
}

function displayHint(value: number, display: number): Hint | undefined {
  const tolerance = Math.abs(display) * DISPLAY_TOLERANCE;
  const scale = SCALES.find((factor) => Math.abs(value * factor - display) <= tolerance);
  return scale === undefined ? undefined : { what: 'display', scale };
}

function quantityHint(
  value: number,
  what: QuantityId,
  scales: readonly number[],
): Hint | undefined {
  const scale = scales.find((factor) => judge(what, value * factor) === 'plausible');
  return scale === undefined ? undefined : { what, scale };
}

/** Voltage and frequency are known by their values; nothing else is. Coarser scales would fit by chance. */
function unaskedHint(value: number, isFloat: boolean): Hint | undefined {
  const voltage = quantityHint(value, 'voltageL1', isFloat ? [1] : [1, 0.1]);
  if (voltage) return voltage;
  const scale = (isFloat ? [1] : [1, 0.1, 0.01]).find(
    (factor) => Math.abs(value * factor - GRID_HZ) <= 1,
  );
  return scale === undefined ? undefined : { what: 'frequency', scale };
}

function hintOf(value: number, type: CandidateType, sought: Sought): Hint | undefined {
  if (sought.display !== undefined) return displayHint(value, sought.display);
  // A scale on a float is rare.
  const scales = isFloat(type) ? SCALES.slice(0, 1) : SCALES.slice(0, 4);
  if (sought.quantity) return quantityHint(value, sought.quantity, scales);
  // Wide integers that small would be counters, not voltages.
  const isNarrow = isFloat(type) || REGISTER_TYPES[type].words === 1;
  return isNarrow ? unaskedHint(value, isFloat(type)) : undefined;
}

function rankOf(hint: Hint | undefined, isPossible: boolean): Candidate['rank'] {
  if (hint) return hint.scale === 1 ? 3 : 2;
  return isPossible ? 1 : 0;
}

/** Garbage taken for a float is very small or very large; for an integer it is large. */
function canBeValue(value: number, type: CandidateType, order: CandidateOrder): boolean {
  if (!Number.isFinite(value) || value === 0) return false;
  const size = Math.abs(value);
  if (isFloat(type)) return size >= 1e-3 && size < 1e9;
  // Integers with turned bytes are rare, and any number is one.
  if (order === 'BADC' || order === 'DCBA') return false;
  return size < (REGISTER_TYPES[type].words === 4 ? 1e12 : 1e8);
}

/** The same words read the same way twice: signed of what is positive, byte orders of one word. */
function isRepeated(value: number, type: CandidateType, order: CandidateOrder): boolean {
  if (type.startsWith('int') && value >= 0) return true;
  return REGISTER_TYPES[type].words === 1 && (order === 'CDAB' || order === 'DCBA');
}

function candidatesAt(words: Words, address: number, sought: Sought): Candidate[] {
  const found: Candidate[] = [];
  for (const type of TYPES) {
    const span = Array.from({ length: REGISTER_TYPES[type].words }, (_, index) =>
      words.at.get(address + index),
    ).filter((word) => word !== undefined);
    if (span.length < REGISTER_TYPES[type].words) continue;
    const raw = span.map((word) => word.toString(16).padStart(4, '0')).join(' ');
    for (const order of ORDERS) {
      const value = decode(span, type, order);
      if (isRepeated(value, type, order)) continue;
      const hint = hintOf(value, type, sought);
      const rank = rankOf(hint, canBeValue(value, type, order));
      const { functionCode } = words;
      const base = { functionCode, address, type, order, raw, value, rank } as const;
      found.push(hint ? { ...base, hint } : base);
    }
  }
  return found;
}

/** Candidates at the given addresses, the likeliest first, then as near to the first wanted address as can be. */
export function candidatesOf(
  tables: readonly Words[],
  wanted: { readonly address: number; readonly count: number },
  sought: Sought = {},
): Candidate[] {
  const last = wanted.address + wanted.count - 1;
  const outside = (address: number) => Math.max(wanted.address - address, address - last, 0);
  const addresses = Array.from(
    { length: wanted.count + 2 },
    (_, index) => wanted.address - 1 + index,
  );
  return tables
    .flatMap((words) => addresses.flatMap((address) => candidatesAt(words, address, sought)))
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        outside(a.address) - outside(b.address) ||
        ORDERS.indexOf(a.order) - ORDERS.indexOf(b.order),
    );
}
