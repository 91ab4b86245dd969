/** Meters, their readings and what went through them. */
import type { Amount, CarrierId, Named, Text } from './common.ts';

export type LiveState = 'ok' | 'late' | 'offline' | 'error' | 'unknown';

export type StateCounts = Readonly<Record<LiveState, number>>;

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
  readonly itemName: Text | null;
  readonly datumCode: string | null;
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
  /** Of a device; a virtual meter is none. */
  readonly equipment: Equipment | null;
}

export interface Equipment {
  readonly accuracyClass: string | null;
  readonly diameterMm: number | null;
  readonly serialNumber: string | null;
  readonly verification: {
    readonly state: 'valid' | 'due-soon' | 'overdue' | 'unknown';
    readonly on: string | null;
    readonly until: string | null;
    readonly certificate: string | null;
  };
}

export interface MeterReading {
  readonly at: string;
  readonly quality: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface MeterSeries {
  readonly counter: string;
  readonly name: Text;
  readonly unit: string;
  readonly rows: readonly (Amount & {
    readonly findings: readonly { readonly code: string; readonly text: Text }[];
  })[];
}
