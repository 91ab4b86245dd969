/** The api's answers as the pages read them; a test holds these against the api's own schemas. */

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export interface Named {
  readonly id: string;
  readonly name: Text;
}

export type LiveState = 'ok' | 'late' | 'offline' | 'error' | 'unknown';
export type StateCounts = Readonly<Record<LiveState, number>>;
export type CarrierId = 'electricity' | 'water' | 'gas' | 'heat' | 'solar';
export type AmountClass =
  | 'measured'
  | 'interpolated'
  | 'manual'
  | 'estimated'
  | 'partial'
  | 'missing';

export interface Region extends Named {
  readonly zone: string;
  readonly now: string;
}

export interface Amount {
  readonly start: string;
  readonly value: number | null;
  readonly coverage: number;
  readonly manual: number;
  readonly estimated: number;
  readonly known: number;
  readonly class: AmountClass;
  readonly findings: readonly { readonly code: string; readonly text: Text }[];
  readonly ruleVersion: number;
  readonly revision: number;
}

interface AgencyFacts extends Named {
  readonly tier: 'region' | 'league' | 'banner' | 'unit';
  readonly parent: string | null;
  readonly meters: StateCounts;
}

export interface AgencyRow extends AgencyFacts {
  readonly today: (Amount & { readonly unit: 'kWh' }) | null;
}

export interface AgencyDetail extends AgencyFacts {
  readonly creditCode: string | null;
  readonly ancestors: readonly Named[];
  readonly children: readonly Named[];
  readonly persons: number | null;
  readonly floorM2: number | null;
  readonly heatedM2: number | null;
  readonly buildings: readonly (Named & { readonly share: number | null })[];
}

export interface AgencySeries {
  readonly carrier: CarrierId;
  readonly item: string;
  readonly name: Text;
  readonly unit: string;
  readonly rows: readonly Amount[];
}

export interface MeterSeries {
  readonly counter: string;
  readonly name: Text;
  readonly unit: string;
  readonly rows: readonly (Amount & {
    readonly findings: readonly { readonly code: string; readonly text: Text }[];
  })[];
}

export interface Period {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly ended: boolean;
}

export interface Periods {
  readonly months: readonly Period[];
  readonly years: readonly Period[];
}

export interface RegisterValue {
  readonly quantity: string;
  readonly name: Text;
  readonly kind: 'counter' | 'gauge';
  readonly value: number;
  readonly unit: string;
}

export interface MeterRow extends Named {
  readonly building: Named;
  readonly carrier: CarrierId | 'weather';
  readonly carrierName: Text;
  readonly item: string | null;
  readonly level: number;
  readonly multiplier: number;
  readonly counter: string | null;
  /** Of a virtual meter. */
  readonly formula: string | null;
  readonly state: LiveState;
  readonly reason: string | null;
  readonly statusAt: string | null;
  readonly reading: {
    readonly at: string;
    readonly ageSeconds: number;
    readonly quality: number;
    readonly values: readonly RegisterValue[];
  } | null;
}

export interface MeterDetail extends MeterRow {
  readonly profile: string | null;
  readonly connection: {
    readonly id: string;
    readonly kind: string;
    readonly address: string;
  } | null;
  readonly parent: Named | null;
  readonly agency: Named | null;
  readonly pollSeconds: number | null;
  readonly maxPerHour: number | null;
  readonly quantities: readonly {
    readonly id: string;
    readonly name: Text;
    readonly unit: string;
    readonly kind: 'counter' | 'gauge';
  }[];
  readonly replacements: readonly {
    readonly at: string;
    readonly finalReading: number;
    readonly initialReading: number;
  }[];
}

export interface MeterReading {
  readonly at: string;
  readonly quality: number;
  readonly values: Readonly<Record<string, number>>;
}

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

export interface Total {
  readonly carrier: CarrierId;
  readonly item: string;
  readonly name: Text;
  readonly unit: string;
  readonly value: number | null;
  readonly coverage: number;
  readonly known: number;
  readonly class: AmountClass;
}

export interface Contribution {
  readonly meterId: string;
  readonly name: Text;
  readonly carrier: CarrierId;
  readonly counter: string;
  readonly unit: string;
  readonly amount: number | null;
  readonly factor: number;
  readonly basis: 'sole' | 'own-meter' | 'area' | 'heads' | 'fixed' | 'subordinates';
  readonly coverage: number;
  readonly known: number;
}

export interface AssessmentFinding {
  readonly code: string;
  readonly text: Text;
  readonly severity: 'info' | 'warning';
  readonly meterId: string;
  readonly hours: number;
}

export interface ReviewResult {
  readonly id: string;
  readonly name: Text;
  readonly severity: 'warning' | 'info';
  readonly subject: string;
  readonly message: Text;
  readonly todo: Text;
  readonly limit?:
    | {
        readonly value: number;
        readonly unit: string;
        readonly source: string;
        readonly verified: boolean;
      }
    | undefined;
  readonly explained: {
    readonly kind: string;
    readonly id: string;
    readonly who: string;
    readonly reason: string;
  } | null;
}

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

export interface Assessment {
  readonly id: string;
  readonly frozen: {
    readonly id: string;
    readonly revision: number;
    readonly who: string;
    readonly note: string;
  } | null;
  readonly agency: Named;
  readonly period: {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly ended: boolean;
    readonly zone: string;
  };
  readonly ruleVersion: number;
  readonly computedAt: string;
  readonly totals: readonly Total[];
  readonly metrics: readonly MetricValue[];
  readonly contributions: readonly Contribution[];
  readonly findings: readonly AssessmentFinding[];
  readonly basis: {
    readonly registry: readonly {
      readonly section: string;
      readonly id: string;
      readonly version: string;
      readonly source: string;
      readonly verified: boolean;
    }[];
    readonly entries: readonly {
      readonly kind: string;
      readonly id: string;
      readonly revision: number;
    }[];
  };
  readonly review: readonly ReviewResult[];
}
