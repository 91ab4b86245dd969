/** Reads the registers round an address, in ever smaller pieces where a device refuses the larger one. */
import type { Words } from './candidates.ts';
import type { Answer, Line } from './line.ts';

export interface WindowOptions {
  readonly unit: number;
  readonly functionCode: 3 | 4;
  /** Wanted registers; one more on each side is read, and what a 64-bit value there would take. */
  readonly address: number;
  readonly count: number;
}

export interface Window extends Words {
  /** The last thing the device said where it gave nothing. */
  readonly refusal?: Exclude<Answer, { kind: 'data' }>;
}

const WIDEST_VALUE_WORDS = 4;
const LAST_REGISTER = 0xffff;
const ILLEGAL_FUNCTION = 1;

interface Span {
  readonly address: number;
  readonly count: number;
}

/** From the whole window, over one with even ends (some devices insist), down to one value at a time. */
function spansOf({ address, count }: WindowOptions): { whole: Span[]; pieces: Span[] } {
  const from = Math.max(0, address - 1);
  const to = Math.min(LAST_REGISTER + 1, address + count + WIDEST_VALUE_WORDS);
  const evenFrom = from - (from % 2);
  const evenTo = to + (to % 2);
  const starts = Array.from(
    { length: address + count + 1 - evenFrom },
    (_, index) => evenFrom + index,
  );
  return {
    whole: [
      { address: from, count: to - from },
      { address: evenFrom, count: evenTo - evenFrom },
    ],
    pieces: starts.flatMap((start) =>
      [WIDEST_VALUE_WORDS, 2, 1]
        .filter((words) => start + words <= LAST_REGISTER + 1)
        .map((words) => ({ address: start, count: words })),
    ),
  };
}

/** Registers of one table; a device that is silent or lacks the function is not asked again. */
export async function readWindow(line: Line, options: WindowOptions): Promise<Window> {
  const { unit, functionCode } = options;
  const at = new Map<number, number>();
  const { whole, pieces } = spansOf(options);
  let refusal: Window['refusal'];

  async function read({ address, count }: Span): Promise<boolean> {
    const answer = await line.ask({ unit, functionCode, address, count });
    if (answer.kind !== 'data') {
      refusal = answer;
      return false;
    }
    for (let index = 0; index < count; index += 1) {
      at.set(address + index, answer.data.readUInt16BE(index * 2));
    }
    return true;
  }

  const isHopeless = () =>
    refusal !== undefined &&
    (refusal.kind !== 'exception' || refusal.exception === ILLEGAL_FUNCTION);

  for (const span of whole) {
    if (isHopeless() || (await read(span)))
      return { functionCode, at, ...(refusal && { refusal }) };
  }
  for (const span of pieces) {
    if (isHopeless()) break;
    const isKnown = Array.from({ length: span.count }, (_, index) => span.address + index).every(
      (address) => at.has(address),
    );
    if (!isKnown) await read(span);
  }
  return { functionCode, at, ...(refusal && { refusal }) };
}
