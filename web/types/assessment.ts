/** An assessment: totals, metrics, meters, findings, what it rests on. */
import type { AmountClass, CarrierId, Named, Text } from './common.ts';
import type { MetricValue } from './metric.ts';

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
