/** Which registers to read together: a pure function from a profile to the cheapest legal blocks. */
import { AppError } from '../../domain/errors.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { FunctionCode } from '../drivers/modbus/framing.ts';
import type { ModbusPoint, ModbusProfile } from '../profile.ts';
import { functionCodeOf, isBitTable, registersOf } from './span.ts';

/** One request: what to ask for, and whose values are inside. */
export interface ReadBlock {
  readonly functionCode: FunctionCode;
  readonly address: number;
  /** Registers, or bits for function codes 1 and 2. */
  readonly count: number;
  readonly quantities: readonly QuantityId[];
}

export interface LinkCost {
  /** A request and its reply without any register: frames, turnaround, gap. */
  readonly transactionMs: number;
  readonly registerMs: number;
}

/**
 * What reading costs where no connection says more. RTU is 9600 8N1 with 30 ms turnaround, fitted
 * to 55/93/176/301 ms for 2/20/60/120 registers: a hole of up to 24 registers is cheaper than
 * another request. On TCP only the request counts.
 */
export const LINK_COSTS = {
  tcp: { transactionMs: 10, registerMs: 0.01 },
  rtu: { transactionMs: 51, registerMs: 2.08 },
} as const satisfies Record<string, LinkCost>;

export type LinkKind = keyof typeof LINK_COSTS;

/** Most coils or discrete inputs in one read (Modbus Application Protocol V1.1b3 §6.1). */
const MAX_BITS = 2000;
const BITS_PER_REGISTER = 16;

/** Bus time one block takes. */
export function blockMs(
  { functionCode, count }: Pick<ReadBlock, 'functionCode' | 'count'>,
  { transactionMs, registerMs }: LinkCost,
): number {
  const registers = isBitTable(functionCode) ? Math.ceil(count / BITS_PER_REGISTER) : count;
  return transactionMs + registers * registerMs;
}

/** Half-open range of one table that must be read in one request. */
interface Span {
  readonly functionCode: FunctionCode;
  readonly quantities: readonly QuantityId[];
  readonly start: number;
  readonly end: number;
  /** Must be read exactly as it is. */
  readonly isFixed: boolean;
}

/** What one value needs, the registers that say how to take it included. */
function spanOf(profile: ModbusProfile, quantity: QuantityId, point: ModbusPoint): Span {
  const functionCode = functionCodeOf(profile, point);
  const registers = registersOf(point);
  const start = Math.min(...registers.map(({ address }) => address));
  const end = Math.max(...registers.map(({ address, words }) => address + words));
  const fixed = isBitTable(functionCode)
    ? undefined
    : profile.fixedBlocks?.find(({ address, count }) => start >= address && end <= address + count);
  const range = fixed ? { start: fixed.address, end: fixed.address + fixed.count } : { start, end };
  return { functionCode, quantities: [quantity], ...range, isFixed: fixed !== undefined };
}

/** Values of one fixed block become one span. */
function joinFixed(spans: readonly Span[]): Span[] {
  const groups = Map.groupBy(spans, ({ isFixed, functionCode, start, quantities }) =>
    isFixed ? `${functionCode}/${start}` : `${quantities}`,
  );
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first ? [{ ...first, quantities: members.flatMap((span) => span.quantities) }] : [];
  });
}

function blockOf(profile: ModbusProfile, spans: readonly Span[]): ReadBlock {
  const lowest = Math.min(...spans.map((span) => span.start));
  const highest = Math.max(...spans.map((span) => span.end));
  const isEven = profile.evenOnly === true && !spans.some((span) => span.isFixed);
  const start = isEven ? lowest - (lowest % 2) : lowest;
  const end = isEven ? highest + (highest % 2) : highest;
  return {
    functionCode: spans[0]?.functionCode ?? profile.functionCode,
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
  const spans = pointsOf(profile)
    .filter(([quantity]) => wanted === undefined || wanted.includes(quantity))
    .map(([quantity, point]) => spanOf(profile, quantity, point));
  return joinFixed(spans).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether the device answers a block; if not, it answers none that is longer. */
function isLegal(profile: ModbusProfile, spans: readonly Span[], block: ReadBlock): boolean {
  if (spans.length > 1 && spans.some((span) => span.isFixed)) return false;
  const { functionCode, address, count } = block;
  if (isBitTable(functionCode)) return count <= MAX_BITS;
  const touches = ([first, last]: readonly [number, number]) =>
    address <= last && address + count > first;
  return count <= profile.maxRegisters && !profile.forbidden?.some(touches);
}

interface Cover {
  readonly costMs: number;
  readonly blocks: readonly ReadBlock[];
}

/** Best plan for the first n spans: the best last block after the best plan before it. */
function cheapestCover(
  profile: ModbusProfile,
  spans: readonly Span[],
  cost: LinkCost,
): readonly ReadBlock[] {
  const best: Cover[] = [{ costMs: 0, blocks: [] }];
  for (let end = 1; end <= spans.length; end += 1) {
    let cheapest: Cover | undefined;
    for (let start = end - 1; start >= 0; start -= 1) {
      const before = best[start];
      const inside = spans.slice(start, end);
      const block = blockOf(profile, inside);
      if (!before || !isLegal(profile, inside, block)) break;
      const costMs = before.costMs + blockMs(block, cost);
      if (!cheapest || costMs < cheapest.costMs) {
        cheapest = { costMs, blocks: [...before.blocks, block] };
      }
    }
    if (!cheapest) throw unreadable(profile, spans[end - 1]);
    best.push(cheapest);
  }
  return best.at(-1)?.blocks ?? [];
}

/** All meters of a model on equal lines share a plan: thousands are planned and kept once. */
const planned = new WeakMap<ModbusProfile, Map<string, readonly ReadBlock[]>>();

/**
 * The cheapest cover of the (wanted) points by blocks the device allows, table by table. A value is
 * never split over two reads, so it is never half old and half new.
 * @throws AppError `config.invalid` for a value that no legal read holds.
 */
export function planReads(
  profile: ModbusProfile,
  link: LinkKind | LinkCost,
  wanted?: readonly QuantityId[],
): readonly ReadBlock[] {
  const cost = typeof link === 'string' ? LINK_COSTS[link] : link;
  const key = `${cost.transactionMs} ${cost.registerMs} ${wanted}`;
  const ofProfile = planned.get(profile) ?? new Map<string, readonly ReadBlock[]>();
  planned.set(profile, ofProfile);
  const blocks = ofProfile.get(key) ?? cheapestReads(profile, cost, wanted);
  ofProfile.set(key, blocks);
  return blocks;
}

function cheapestReads(
  profile: ModbusProfile,
  cost: LinkCost,
  wanted: readonly QuantityId[] | undefined,
): readonly ReadBlock[] {
  const tables = Map.groupBy(spansOf(profile, wanted), ({ functionCode }) => functionCode);
  return [...tables.values()].flatMap((spans) => cheapestCover(profile, spans, cost));
}

function unreadable(profile: ModbusProfile, span: Span | undefined): AppError {
  const { id, maxRegisters, forbidden } = profile;
  const around = forbidden?.length ? ' outside the forbidden ranges' : '';
  return new AppError(
    'config.invalid',
    `profile ${id}: ${span?.quantities.join()} does not fit into ${maxRegisters} registers${around}`,
    { profile: id, quantity: span?.quantities[0], maxRegisters },
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
 * cause, or, where it has none, into single values. One part: there is nothing to split.
 */
export function splitBlock(profile: ModbusProfile, block: ReadBlock): ReadBlock[] {
  const spans = spansOf(profile, block.quantities);
  const runs = contiguous(spans);
  const parts = runs.length > 1 ? runs : spans.map((span) => [span]);
  return parts.map((part) => blockOf(profile, part));
}
