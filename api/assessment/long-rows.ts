/** A long range from few rows: whole months by their month rows, the rest by days. */
import {
  DAY_MS,
  type Period,
  periodAt,
  type Resolution,
  type TimeRange,
} from '../../domain/period.ts';
import type { ApiContext } from '../context.ts';

/** A month's row follows its hours within the hour; a day later it is what it stays. */
const SETTLED_MS = DAY_MS;
/** A shorter range has few days anyway. */
const LONG_MS = 45 * DAY_MS;

interface Part {
  readonly resolution: 'day' | 'month';
  readonly range: TimeRange;
}

/** Stretches of a range with the rows to read of each. */
function partsOf({ registry, now }: ApiContext, range: TimeRange): Part[] {
  const { zone } = registry.region;
  if (range.toMs - range.fromMs <= LONG_MS) return [{ resolution: 'day', range }];
  const isWhole = ({ fromMs, toMs }: Period) =>
    fromMs >= range.fromMs && toMs <= range.toMs && toMs <= now() - SETTLED_MS;
  const parts: Part[] = [];
  for (let at = range.fromMs; at < range.toMs; ) {
    const month = periodAt(at, 'month', zone);
    const resolution = isWhole(month) ? 'month' : 'day';
    const toMs = Math.min(month.toMs, range.toMs);
    const last = parts.at(-1);
    if (last?.resolution === resolution) parts.pop();
    const fromMs = last?.resolution === resolution ? last.range.fromMs : at;
    parts.push({ resolution, range: { fromMs, toMs } });
    at = toMs;
  }
  return parts;
}

/** Rows of whole days and months that cover a range, each once. */
export async function longRows<T>(
  context: ApiContext,
  range: TimeRange,
  read: (part: Part) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: (readonly T[])[] = [];
  for (const part of partsOf(context, range)) found.push(await read(part));
  return found.flat();
}

/** Length of a row by its resolution. */
export function lengthOf({ registry }: Pick<ApiContext, 'registry'>) {
  const { zone } = registry.region;
  const lengths = new Map<number, number>();
  return ({ startMs, resolution }: { startMs: number; resolution: Resolution }) => {
    if (resolution !== 'month') return DAY_MS;
    const known = lengths.get(startMs);
    if (known !== undefined) return known;
    const { fromMs, toMs } = periodAt(startMs, 'month', zone);
    lengths.set(startMs, toMs - fromMs);
    return toMs - fromMs;
  };
}
