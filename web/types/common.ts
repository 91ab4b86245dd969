/** What answers of all kinds are made of, as the pages read them; a test holds these against the api's own schemas. */

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export interface Named {
  readonly id: string;
  readonly name: Text;
}

export interface Region extends Named {
  readonly zone: string;
  readonly now: string;
}

export type CarrierId = 'electricity' | 'water' | 'gas' | 'heat' | 'solar';

export type AmountClass =
  | 'measured'
  | 'interpolated'
  | 'manual'
  | 'estimated'
  | 'partial'
  | 'missing';

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
