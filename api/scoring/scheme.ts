/** A scoring scheme is data: items with points, and for each a rule, the evidence it needs, or that its text is unknown. */
import type { Text } from '../../domain/text.ts';
import type { MetricInput } from '../metrics/input.ts';
import type { Source } from '../metrics/sources.ts';

/** `points: null`: could not be judged, and `why` says what is missing. */
export interface Judgement {
  readonly points: number | null;
  readonly why: Text;
  /** The figure the points follow from, as its metric's code. */
  readonly from?: string;
}

interface ItemFacts {
  /** What ledger evidence names as its item, e.g. `water-rules`. */
  readonly id: string;
  readonly block: Text;
  readonly name: Text;
  readonly max: number;
  /** ★: whoever has no point here does not pass. */
  readonly mayNotBeZero?: true;
}

/** Points follow from figures. */
export interface FigureItem extends ItemFacts {
  readonly kind: 'figure';
  judge(input: MetricInput): Judgement;
}

/** Points are given for a document on file, or for entries of the ledger that prove the same. */
export interface EvidenceItem extends ItemFacts {
  readonly kind: 'evidence';
  /** Items of evidence that count one each, up to the maximum; absent: one document gives all. */
  readonly pieces?: readonly { readonly id: string; readonly name: Text }[];
  /** Ids of ledger entries that prove it too. */
  provedBy?(input: MetricInput): readonly string[];
}

/** Points whose rules could not be read: listed, never scored. */
export interface UnknownItem extends ItemFacts {
  readonly kind: 'unknown';
}

export type ScoreItem = FigureItem | EvidenceItem | UnknownItem;

/** Must hold besides the points. */
export interface Condition {
  readonly id: string;
  readonly name: Text;
  /** What ledger evidence names as its item, where a document proves it. */
  readonly evidence?: string;
  /** `undefined`: cannot be told, and the text says why. */
  judge(input: MetricInput): { readonly holds: boolean | undefined; readonly why: Text };
}

export interface Scheme {
  readonly id: string;
  readonly name: Text;
  readonly source: Source;
  readonly total: number;
  /** Highest first; the last one is the pass. */
  readonly grades: readonly { readonly id: string; readonly name: Text; readonly from: number }[];
  readonly conditions: readonly Condition[];
  readonly items: readonly ScoreItem[];
}

export function defineScheme(scheme: Scheme): Scheme {
  return scheme;
}
