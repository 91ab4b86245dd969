/** Frozen assessments and what changed between two. */
import type { Text } from './common.ts';

/** What changed between two assessments, and why. */
export interface Changes {
  readonly figures: readonly {
    readonly kind: 'total' | 'metric' | 'part' | 'fact';
    readonly id: string;
    readonly name: Text;
    readonly unit: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
  readonly causes: readonly {
    readonly kind: 'rules' | 'registry' | 'ledger' | 'restatement' | 'other';
    readonly id: string;
    readonly text: Text;
  }[];
}

/** A frozen assessment, without its figures. */
export interface Snapshot {
  readonly id: string;
  readonly agency: string;
  readonly period: string;
  readonly revision: number;
  readonly assessment: string;
  readonly frozenAt: string;
  readonly who: string;
  readonly account: string;
  readonly note: string;
  readonly changes: Changes;
}
