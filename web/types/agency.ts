/** Agencies and what they used. */
import type { Amount, CarrierId, Named, Text } from './common.ts';
import type { StateCounts } from './meter.ts';

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
