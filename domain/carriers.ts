/** Energy carriers and water: two-digit category codes of the sub-item data guide, unit and default counter. */
import type { CategoryCode } from './categories.ts';
import type { CounterId } from './quantities.ts';
import type { Unit } from './units.ts';

interface CarrierDefinition {
  readonly zh: string;
  readonly en: string;
  /** Two-digit category of the sub-item energy data collection guide (facts mark: S2). */
  readonly code: CategoryCode;
  readonly unit: Unit;
  readonly counter: CounterId;
}

/** `solar` is what a photovoltaic system generates; `electricity` is what comes from the grid. */
export const CARRIERS = {
  electricity: {
    zh: '电',
    en: 'Electricity',
    code: '01',
    unit: 'kWh',
    counter: 'activeEnergyImport',
  },
  water: { zh: '水', en: 'Water', code: '02', unit: 'm³', counter: 'volume' },
  gas: { zh: '燃气', en: 'Gas', code: '03', unit: 'm³', counter: 'volume' },
  heat: { zh: '热力', en: 'Heat', code: '04', unit: 'GJ', counter: 'heatEnergy' },
  solar: {
    zh: '光伏发电',
    en: 'Solar generation',
    code: '13',
    unit: 'kWh',
    counter: 'activeEnergyExport',
  },
} as const satisfies Record<string, CarrierDefinition>;

export type Carrier = keyof typeof CARRIERS;

export const CARRIER_IDS = Object.keys(CARRIERS) as readonly Carrier[];
