/** Restatements: what a row of a closed period says after it was published; the row itself stays as it was. */
import type { Amount } from './consumption.ts';
import type { Resolution } from './period.ts';

/** Whose row it is. */
export type SubjectKind = 'meter' | 'building' | 'agency';

export interface Restatement {
  readonly subjectKind: SubjectKind;
  readonly subject: string;
  /** A meter's counter; otherwise `carrier/item`. */
  readonly name: string;
  readonly resolution: Resolution;
  readonly startMs: number;
  /** Counts from 1; the highest one holds. */
  readonly revision: number;
  /** The value it replaces. */
  readonly before: number | null;
  /** When it was restated. */
  readonly atMs: number;
  readonly cause: string;
  readonly row: Omit<Amount, 'resolution' | 'startMs' | 'revision'>;
}
