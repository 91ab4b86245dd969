/** Amounts per period: what the corrected curve yields for a meter, and what agencies are accountable for. */
import type { Carrier } from './carriers.ts';
import type { FindingCode } from './finding.ts';
import type { ItemCode } from './items.ts';
import type { Resolution } from './period.ts';
import type { CounterId } from './quantities.ts';

/**
 * How a figure came about; the worst part names the whole.
 * `missing`: there is no figure. `partial`: some parts of it are known, some are missing.
 */
export const CONSUMPTION_CLASSES = ['measured', 'interpolated', 'partial', 'missing'] as const;
export type ConsumptionClass = (typeof CONSUMPTION_CLASSES)[number];

/** Version of the rule set that made a row; raise it when a rule changes a figure. */
export const RULE_VERSION = 1;

interface Amount {
  readonly resolution: Resolution;
  readonly startMs: number;
  /** In the carrier's unit; `null` when nothing is known: missing is never zero. */
  readonly value: number | null;
  /** Share of the period covered by measured segments, 0…1. */
  readonly coverage: number;
  /** Share of the period whose amount is known, measured or interpolated, 0…1; `>= coverage`. */
  readonly known: number;
  readonly class: ConsumptionClass;
  readonly ruleVersion: number;
}

/** One meter, one register, one hour or local day, after the dated multiplier. */
export interface MeterConsumption extends Amount {
  readonly meterId: string;
  readonly counter: CounterId;
  readonly flags: readonly FindingCode[];
}

/** Sub-item of an agency's account; `export` is electricity fed back into the grid. */
export type AccountItem = ItemCode | 'export';

/** One agency, carrier and sub-item, apportioned from shared buildings by the dated shares. */
export interface AgencyConsumption extends Amount {
  readonly agencyId: string;
  readonly carrier: Carrier;
  readonly item: AccountItem;
}
