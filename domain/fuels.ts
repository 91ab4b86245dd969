/** Fuels that are bought, not metered: quantities come from bills and the ledger. */
import type { CategoryCode } from './categories.ts';
import type { Text } from './text.ts';

interface FuelDefinition extends Text {
  /** Two-digit category of the sub-item energy data collection guide (facts mark: S2). */
  readonly code: CategoryCode;
  /** Unit of the statistics form. */
  readonly unit: 't' | 'kg' | 'L';
}

export const FUELS = {
  coal: { zh: '煤炭', en: 'Coal', code: '07', unit: 't' },
  lpg: { zh: '液化石油气', en: 'LPG', code: '08', unit: 'kg' },
  gasoline: { zh: '汽油', en: 'Gasoline', code: '10', unit: 'L' },
  kerosene: { zh: '煤油', en: 'Kerosene', code: '11', unit: 'L' },
  diesel: { zh: '柴油', en: 'Diesel', code: '12', unit: 'L' },
} as const satisfies Record<string, FuelDefinition>;

export type Fuel = keyof typeof FUELS;

export const FUEL_IDS = Object.keys(FUELS) as readonly Fuel[];
