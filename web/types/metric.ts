/** A metric with what it was computed from. */
import type { Text } from './common.ts';

export interface MetricTerm {
  readonly name: Text;
  readonly value: number | null;
  readonly unit: string;
  readonly source: string;
  readonly verified?: boolean | undefined;
}

export interface MetricValue {
  readonly id: string;
  readonly code: string;
  readonly article: number;
  readonly clause: Text;
  readonly name: Text;
  readonly unit: string;
  readonly formula: string;
  readonly inputs: readonly Text[];
  readonly source: string;
  readonly trust: 'seen' | 'secondary' | 'recalled' | 'own';
  readonly insufficient: Text;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly value: number | null;
  readonly status: 'ok' | 'partial' | 'insufficient';
  readonly completeness: number;
  readonly reasons: readonly Text[];
  readonly terms: readonly MetricTerm[];
  readonly parts?:
    | readonly {
        readonly name: Text;
        readonly value: number | null;
        readonly unit: string;
        readonly completeness: number;
      }[]
    | undefined;
  readonly grade?:
    | { readonly id: string; readonly name: Text; readonly source: string }
    | undefined;
  readonly quota?:
    | {
        readonly id: string;
        readonly grade: 'guide' | 'baseline' | 'constraint' | 'over';
        readonly constraint: number;
        readonly guide: number;
        readonly source: string;
        readonly verified: boolean;
      }
    | undefined;
}
