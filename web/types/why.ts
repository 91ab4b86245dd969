/** Explanations as the pages read them; a test holds these against the api's own schemas. */
import type { Amount, AmountClass, CarrierId, Named, Text } from './common.ts';

export interface WhyFinding {
  readonly meterId: string;
  readonly code: string;
  readonly text: Text;
  readonly severity: 'info' | 'warning';
  readonly from: string;
  readonly to: string;
  readonly evidence: readonly { readonly at: string; readonly value: number }[];
  readonly provisional: boolean;
  readonly proposal?:
    | { readonly at: string; readonly finalReading: number; readonly initialReading: number }
    | undefined;
}

export interface WhyRestatement {
  readonly resolution: string;
  readonly start: string;
  readonly revision: number;
  readonly before: number | null;
  readonly after: number | null;
  readonly at: string;
  readonly cause: string;
}

export interface WhyPart extends Named {
  readonly kind: 'meter' | 'agency';
  readonly minus: readonly string[];
  readonly factor: number;
  readonly basis: string;
  readonly from: string;
  readonly to: string;
  readonly value: number | null;
  readonly knownHours: number;
  readonly hours: number;
}

/** The sum of stored hours, and what it rests on. */
export interface WhyFigure {
  readonly value: number | null;
  readonly coverage: number;
  readonly known: number;
  readonly class: AmountClass;
  readonly ruleVersion: number;
}

export interface WhyAgency {
  readonly agency: Named;
  readonly carrier: CarrierId;
  readonly item: string;
  readonly name: Text;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly figure: WhyFigure;
  readonly parts: readonly WhyPart[];
  readonly agrees: boolean;
  readonly days: readonly Amount[];
  readonly findings: readonly WhyFinding[];
  readonly restatements: readonly WhyRestatement[];
  readonly entries: readonly {
    readonly kind: string;
    readonly id: string;
    readonly from: string;
    readonly to: string;
  }[];
}

/** An hour as stored, and as it comes out now. */
export interface WhyHour extends Amount {
  readonly computed: number | null;
  readonly agrees: boolean;
}

export interface WhyMetered {
  readonly kind: 'metered';
  readonly meter: Named;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly rules: {
    readonly gapMinutes: number;
    readonly maxPerHour: number;
    readonly resolution: number;
    readonly modulus?: number | undefined;
  };
  readonly multipliers: readonly { readonly from: string; readonly factor: number }[];
  readonly hours: readonly WhyHour[];
  readonly segments: readonly {
    readonly from: string;
    readonly to: string;
    readonly amount: number;
    readonly kind: 'measured' | 'interpolated' | 'manual' | 'estimated';
  }[];
  readonly readings: readonly {
    readonly at: string;
    readonly value: number;
    readonly quality: number;
  }[];
  readonly manual: readonly { readonly at: string; readonly value: number }[];
  readonly intervals: readonly {
    readonly from: string;
    readonly to: string;
    readonly value: number;
  }[];
  readonly findings: readonly WhyFinding[];
  readonly restatements: readonly WhyRestatement[];
}

export interface WhyOperand extends Named {
  readonly kind: 'metered' | 'virtual';
  readonly factor: number;
  readonly figure: WhyFigure;
  readonly unknown: readonly {
    readonly from: string;
    readonly to: string;
    readonly reasons: readonly Text[];
  }[];
}

export interface WhyVirtual {
  readonly kind: 'virtual';
  readonly meter: Named;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly formula: string;
  readonly operands: readonly WhyOperand[];
  readonly figure: WhyFigure;
  readonly agrees: boolean;
  readonly hours: readonly (WhyHour & { readonly terms: readonly (number | null)[] })[];
  readonly findings: readonly WhyFinding[];
  readonly restatements: readonly WhyRestatement[];
}

export type WhyMeter = WhyMetered | WhyVirtual;
