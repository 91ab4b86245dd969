/** Which registers to read together: a pure function from a profile to the cheapest legal blocks. */
import { AppError } from '../../domain/errors.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { ModbusPoint, ModbusProfile } from '../profile.ts';
import { REGISTER_TYPES } from './registers.ts';

/** One request: what to ask for, and whose values are inside. */
export interface ReadBlock {
  readonly functionCode: 3 | 4;
  readonly address: number;
  readonly count: number;
  readonly quantities: readonly QuantityId[];
}

interface LinkCost {
  /** A request and its reply without any register: frames, turnaround, gap. */
  readonly transactionMs: number;
  readonly registerMs: number;
}

/**
 * What reading costs. RTU is 9600 8N1 with 30 ms turnaround, fitted to 55/93/176/301 ms for
 * 2/20/60/120 registers: a hole of up to 24 registers is cheaper than another request. On TCP
 * only the request counts.
 */
export const LINK_COSTS = {
  tcp: { transactionMs: 10, registerMs: 0.01 },
  rtu: { transactionMs: 51, registerMs: 2.08 },
} as const satisfies Record<string, LinkCost>;

export type LinkKind = keyof typeof LINK_COSTS;

/** Bus time one block takes. */
function blockMs(block: Pick<ReadBlock, 'count'>, link: LinkKind): number {
  const { transactionMs, registerMs } = LINK_COSTS[link];
  return transactionMs + block.count * registerMs;
}

/** Half-open range of registers that one value needs, its fraction register included. */
interface Span {
  readonly quantities: readonly QuantityId[];
  readonly start: number;
  readonly end: number;
}

function spanOf(quantity: QuantityId, point: ModbusPoint): Span {
  const end = point.address + REGISTER_TYPES[point.type].words;
  const { fraction } = point;
  if (!fraction) return { quantities: [quantity], start: point.address, end };
  return {
    quantities: [quantity],
    start: Math.min(point.address, fraction.address),
    end: Math.max(end, fraction.address + REGISTER_TYPES[fraction.type].words),
  };
}

function blockOf(profile: ModbusProfile, spans: readonly Span[]): ReadBlock {
  const lowest = Math.min(...spans.map((span) => span.start));
  const highest = Math.max(...spans.map((span) => span.end));
  const start = profile.evenOnly ? lowest - (lowest % 2) : lowest;
  const end = profile.evenOnly ? highest + (highest % 2) : highest;
  return {
    functionCode: profile.functionCode,
    address: start,
    count: end - start,
    quantities: spans.flatMap((span) => span.quantities),
  };
}

/** The points of a profile with their names, in its order. */
export function pointsOf(profile: ModbusProfile): (readonly [QuantityId, ModbusPoint])[] {
  return Object.entries(profile.points) as [QuantityId, ModbusPoint][];
}

function spansOf(profile: ModbusProfile, wanted: readonly QuantityId[] | undefined): Span[] {
  return pointsOf(profile)
    .filter(([quantity]) => wanted === undefined || wanted.includes(quantity))
    .map(([quantity, point]) => spanOf(quantity, point))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function legal(profile: ModbusProfile, block: ReadBlock): boolean {
  return block.count <= profile.maxRegisters;
}

/**
 * The cheapest cover of the (wanted) points by blocks the device allows: over points in address
 * order, the best plan for the first n is the best last block after the best plan before it.
 * A value is never split over two reads, so it is never half old and half new.
 * @throws AppError `config.invalid` for a value that is larger than one read.
 */
export function planReads(
  profile: ModbusProfile,
  link: LinkKind,
  wanted?: readonly QuantityId[],
): ReadBlock[] {
  const spans = spansOf(profile, wanted);
  const best: { costMs: number; blocks: ReadBlock[] }[] = [{ costMs: 0, blocks: [] }];
  for (let end = 1; end <= spans.length; end += 1) {
    let cheapest: { costMs: number; blocks: ReadBlock[] } | undefined;
    for (let start = end - 1; start >= 0; start -= 1) {
      const before = best[start];
      const block = blockOf(profile, spans.slice(start, end));
      if (!before || !legal(profile, block)) break;
      const costMs = before.costMs + blockMs(block, link);
      if (!cheapest || costMs < cheapest.costMs) {
        cheapest = { costMs, blocks: [...before.blocks, block] };
      }
    }
    if (!cheapest) throw tooLarge(profile, spans[end - 1]);
    best.push(cheapest);
  }
  return best.at(-1)?.blocks ?? [];
}

function tooLarge(profile: ModbusProfile, span: Span | undefined): AppError {
  return new AppError(
    'config.invalid',
    `profile ${profile.id}: ${span?.quantities.join()} does not fit into ${profile.maxRegisters} registers`,
    { profile: profile.id, quantity: span?.quantities[0], maxRegisters: profile.maxRegisters },
  );
}

/** Runs of values without a hole between them. */
function contiguous(spans: readonly Span[]): Span[][] {
  const runs: Span[][] = [];
  let end = -1;
  for (const span of spans) {
    const run = runs.at(-1);
    if (run && span.start <= end) run.push(span);
    else runs.push([span]);
    end = Math.max(end, span.end);
  }
  return runs;
}

/**
 * What a block is split into when the device refuses it: at its holes, which are the likely
 * cause, or, where it has none, into single values.
 */
export function splitBlock(profile: ModbusProfile, block: ReadBlock): ReadBlock[] {
  const spans = spansOf(profile, block.quantities);
  const runs = contiguous(spans);
  const parts = runs.length > 1 ? runs : spans.map((span) => [span]);
  return parts.map((part) => blockOf(profile, part));
}
