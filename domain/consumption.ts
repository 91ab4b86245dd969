/** Amounts per period: what the corrected curve yields for a meter, and what buildings and agencies are accountable for. */
import type { Carrier } from './carriers.ts';
import type { FindingCode } from './finding.ts';
import { FOUR_WAY_ITEMS, type FourWayItem, ITEMS } from './items.ts';
import type { Resolution } from './period.ts';
import type { CounterId } from './quantities.ts';
import { TARIFF_ITEMS, type TariffItem, tariffItemName } from './tariff.ts';
import type { Text } from './text.ts';

/**
 * How a figure came about; the worst part names the whole, in this order.
 * `manual`: entered by hand. `estimated`: an accepted estimate. `missing`: there is no figure.
 * `partial`: some parts of it are known, some are missing.
 */
export const CONSUMPTION_CLASSES = [
  'measured',
  'interpolated',
  'manual',
  'estimated',
  'partial',
  'missing',
] as const;
export type ConsumptionClass = (typeof CONSUMPTION_CLASSES)[number];

/** Version of the rule set that made a row; raise it when a rule changes a figure. */
export const RULE_VERSION = 3;

/**
 * What is known of one period. The shares, 0…1, are of the period's time; the part that is
 * interpolated is `known − coverage − manual − estimated`.
 */
export interface Amount {
  readonly resolution: Resolution;
  readonly startMs: number;
  /** In the carrier's unit; `null` when nothing is known: missing is never zero. */
  readonly value: number | null;
  /** Share covered by measured segments. */
  readonly coverage: number;
  /** Share entered by hand. */
  readonly manual: number;
  /** Share estimated. */
  readonly estimated: number;
  /** Share whose amount is known, however it came about. */
  readonly known: number;
  readonly class: ConsumptionClass;
  readonly flags: readonly FindingCode[];
  readonly ruleVersion: number;
  /** 0 as first computed; restatements of a closed period count up. */
  readonly revision: number;
}

/** One meter and register, after the dated multiplier. */
export interface MeterConsumption extends Amount {
  readonly meterId: string;
  readonly counter: CounterId;
}

/** Sub-item of an account, which finer ones are folded into; `export` is electricity fed back into the grid. */
export type AccountItem = FourWayItem | 'export' | TariffItem;

export const ACCOUNT_ITEMS: readonly AccountItem[] = [...FOUR_WAY_ITEMS, 'export', ...TARIFF_ITEMS];

export function accountItemName(item: AccountItem): Text {
  if (item === 'export') return { zh: '上网电量', en: 'Fed into the grid' };
  return item in ITEMS ? ITEMS[item as FourWayItem] : tariffItemName(item as TariffItem);
}

/** One building, carrier and sub-item, whoever occupies it. */
export interface BuildingConsumption extends Amount {
  readonly buildingId: string;
  readonly carrier: Carrier;
  readonly item: AccountItem;
}

/** One agency, carrier and sub-item, apportioned from shared buildings by the dated shares. */
export interface AgencyConsumption extends Amount {
  readonly agencyId: string;
  readonly carrier: Carrier;
  readonly item: AccountItem;
}
