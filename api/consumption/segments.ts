/** Stretches over which a curve rises by a known amount, as columns: in order, never overlapping. */

export interface Segments {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly amount: Float64Array;
  /** Index into `SEGMENT_KINDS`. */
  readonly kind: Uint8Array;
  readonly length: number;
}

export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number;
  readonly kind: number;
}

export interface SegmentList extends Segments {
  length: number;
}

export function createSegments(capacity: number): SegmentList {
  return {
    fromMs: new Float64Array(capacity),
    toMs: new Float64Array(capacity),
    amount: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    length: 0,
  };
}

export function segmentAt({ fromMs, toMs, amount, kind }: Segments, index: number): Segment {
  return {
    fromMs: fromMs[index] ?? 0,
    toMs: toMs[index] ?? 0,
    amount: amount[index] ?? 0,
    kind: kind[index] ?? 0,
  };
}

/** Appends; what reaches back over the last one counts only for the part that does not. */
export function append(list: SegmentList, segment: Segment): void {
  const endMs = list.length > 0 ? (list.toMs[list.length - 1] ?? 0) : Number.NEGATIVE_INFINITY;
  const fromMs = Math.max(segment.fromMs, endMs);
  if (fromMs >= segment.toMs) return;
  const share = (segment.toMs - fromMs) / (segment.toMs - segment.fromMs);
  list.fromMs[list.length] = fromMs;
  list.toMs[list.length] = segment.toMs;
  list.amount[list.length] = segment.amount * share;
  list.kind[list.length] = segment.kind;
  list.length += 1;
}

/** What lies within a range gives way to one segment, or to none. */
export function replaceWithin(
  list: Segments,
  range: { readonly fromMs: number; readonly toMs: number },
  by: Segment | undefined,
): SegmentList {
  const result = createSegments(list.length + 1);
  let isDone = by === undefined;
  for (let i = 0; i < list.length; i += 1) {
    const segment = segmentAt(list, i);
    if (!isDone && by !== undefined && segment.fromMs >= range.fromMs) {
      append(result, by);
      isDone = true;
    }
    if (segment.fromMs < range.fromMs || segment.toMs > range.toMs) append(result, segment);
  }
  if (!isDone && by !== undefined) append(result, by);
  return result;
}
