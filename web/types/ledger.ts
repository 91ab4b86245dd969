/** Kinds of the ledger, their entries, and what happened to one. */
import type { Named, Text } from './common.ts';

export type LedgerBody = Readonly<Record<string, unknown>>;

export type Reference = 'agency' | 'meter' | 'building';

export interface LedgerField {
  readonly id: string;
  readonly name: Text;
  readonly unit: string | null;
  readonly type: 'text' | 'number' | 'date' | 'instant' | 'flag' | 'choice' | 'list';
  readonly required: boolean;
  readonly refersTo: Reference | null;
  readonly choices: readonly Named[];
}

export interface LedgerKind extends Named {
  readonly fields: readonly LedgerField[];
  readonly rules: readonly { readonly fields: readonly string[]; readonly expected: string }[];
}

export interface LedgerEntry {
  readonly id: string;
  readonly kind: string;
  readonly revision: number;
  readonly voided: boolean;
  readonly at: string;
  readonly who: string;
  readonly from: string;
  readonly to: string | null;
  readonly body: LedgerBody;
}

export interface LedgerAudit {
  readonly seq: number;
  readonly at: string;
  readonly who: string;
  readonly why: string;
  readonly action: 'add' | 'revise' | 'void';
  readonly revision: number;
  readonly before: LedgerBody | null;
  readonly after: LedgerBody | null;
}

/** How many entries of a kind there are, and which are missing. */
export interface KindState extends Named {
  readonly entries: number;
  readonly last: { readonly at: string; readonly who: string } | null;
  readonly missing: readonly {
    readonly period: string;
    readonly series: readonly LedgerBody[];
  }[];
}

export interface AgencyLedger {
  readonly groups: readonly (Named & { readonly kinds: readonly KindState[] })[];
  readonly expiring: readonly LedgerEntry[];
  /** What entries may name. */
  readonly names: Readonly<Record<Reference, readonly Named[]>>;
}

export interface Imported {
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
}
