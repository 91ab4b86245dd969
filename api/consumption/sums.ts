/** Sums of amounts that say what they rest on: over time by length, over the parts of an account by weight. */
import type { Amount } from '../../domain/consumption.ts';
import type { FindingCode } from '../../domain/finding.ts';
import type { Span } from '../../domain/season.ts';
import { classOf } from './amounts.ts';
import { type RowFamily, seriesOf } from './families.ts';

/** What is known of a stretch of time, whoever's it is. */
export type Part = Pick<
  Amount,
  'value' | 'coverage' | 'manual' | 'estimated' | 'known' | 'flags' | 'ruleVersion'
>;

/** What a row says, without when and how often it was restated. */
export type RowContent = Part & Pick<Amount, 'class'>;

/** Adds parts in the order they are handed in; their weights are shares of the whole, absent parts have theirs too. */
export interface Sum {
  add(part: Part, weight: number): void;
  result(): RowContent;
}

export function createSum(): Sum {
  let value: number | null = null;
  let [coverage, manual, estimated, known, ruleVersion] = [0, 0, 0, 0, 0];
  let flags: readonly FindingCode[] = [];

  return {
    add(part, weight) {
      if (part.value !== null) value = (value ?? 0) + part.value;
      coverage += part.coverage * weight;
      manual += part.manual * weight;
      estimated += part.estimated * weight;
      known += part.known * weight;
      ruleVersion = Math.max(ruleVersion, part.ruleVersion);
      if (part.flags.length > 0) flags = unite(flags, part.flags);
    },
    result() {
      const amount = {
        value,
        coverage: toShare(coverage),
        manual: toShare(manual),
        estimated: toShare(estimated),
        known: toShare(known),
      };
      return { ...amount, class: classOf(amount), flags, ruleVersion };
    },
  };
}

/** Rounded, so that weights that differ in their last bits do not make another row. */
function toShare(sum: number): number {
  return Math.min(1, Math.round(sum * 1e9) / 1e9);
}

function unite(a: readonly FindingCode[], b: readonly FindingCode[]): readonly FindingCode[] {
  if (b.every((code) => a.includes(code))) return a;
  return [...new Set([...a, ...b])].sort();
}

/**
 * Rows of longer spans as sums of shorter ones that come by time. Each weighs its share of the
 * span, so a stretch without a row counts as unknown; a span without any row has none.
 */
export function sumRows<T extends Amount>(
  family: RowFamily<T>,
  rows: readonly T[],
  cut: { readonly spans: readonly Span[]; weight(row: T, span: Span): number },
): T[] {
  const series = new Map<string, { index: number; first?: T; sum: Sum }>();
  const sums: T[] = [];

  function close(open: { index: number; first?: T; sum: Sum }): void {
    const span = cut.spans[open.index];
    if (!open.first || !span) return;
    sums.push({
      ...open.first,
      ...open.sum.result(),
      resolution: span.kind,
      startMs: span.fromMs,
      revision: 0,
    });
  }

  for (const row of rows) {
    const key = seriesOf(family, row);
    let open = series.get(key);
    if (!open) {
      open = { index: 0, sum: createSum() };
      series.set(key, open);
    }
    while (row.startMs >= (cut.spans[open.index]?.toMs ?? Number.POSITIVE_INFINITY)) {
      close(open);
      open.index += 1;
      open.sum = createSum();
      delete open.first;
    }
    const span = cut.spans[open.index];
    if (!span || row.startMs < span.fromMs) continue;
    open.first ??= row;
    open.sum.add(row, cut.weight(row, span));
  }
  for (const open of series.values()) close(open);
  return sums;
}
