/** Scoring schemes and an agency's score by one. */
import type { Text } from './common.ts';

interface Grade {
  readonly id: string;
  readonly name: Text;
  readonly from: number;
}

export interface Scheme {
  readonly id: string;
  readonly name: Text;
  readonly source: string;
  readonly trust: 'seen' | 'secondary' | 'recalled' | 'own';
  readonly total: number;
  readonly readable: number;
  readonly grades: readonly Grade[];
}

export interface ScoreItem {
  readonly id: string;
  readonly block: Text;
  readonly name: Text;
  readonly max: number;
  readonly mayNotBeZero: boolean;
  readonly state: 'judged' | 'no-figure' | 'no-evidence' | 'unknown';
  readonly points: number | null;
  readonly open: number;
  readonly why: Text;
  readonly from?: string | undefined;
  readonly evidence: readonly {
    readonly fileName: string;
    readonly sha256: string;
    readonly expiresOn: string | null;
    readonly state: 'valid' | 'expires-soon' | 'expired';
  }[];
  readonly provable: readonly {
    readonly item: string;
    readonly name: Text;
    readonly held: boolean;
  }[];
}

export interface ScoreCondition {
  readonly id: string;
  readonly name: Text;
  readonly holds: boolean | null;
  readonly why: Text;
}

export interface ScoreDue {
  readonly item: string;
  readonly name: Text;
  readonly what: 'missing' | 'expires-soon' | 'expired';
  readonly expiresOn: string | null;
}

export interface Score {
  readonly scheme: Omit<Scheme, 'readable'>;
  readonly agencyId: string;
  readonly on: string;
  readonly points: number;
  readonly most: number;
  readonly verdict: 'passed' | 'failed' | 'open';
  readonly grade: { readonly name: Text } | null;
  readonly conditions: readonly ScoreCondition[];
  readonly items: readonly ScoreItem[];
  readonly due: readonly ScoreDue[];
}
