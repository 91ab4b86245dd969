/** Savings promised by a retrofit or a contract: the units they may come in. */
import type { Rule } from './rule.ts';

export const SAVING_UNITS = {
  kWh: { zh: 'kWh', en: 'kWh' },
  'm³': { zh: 'm³', en: 'm³' },
  GJ: { zh: 'GJ', en: 'GJ' },
  kgce: { zh: 'kgce（千克标准煤）', en: 'kgce' },
} as const;

export const SAVING_HAS_UNIT: Rule<'savingPerYear' | 'guaranteedPerYear' | 'savingUnit'> = {
  fields: ['savingPerYear', 'guaranteedPerYear', 'savingUnit'],
  expected: 'a unit where a saving is given, none where not',
  holds: ({ savingPerYear, guaranteedPerYear, savingUnit }) =>
    (savingUnit !== undefined) === (savingPerYear !== undefined || guaranteedPerYear !== undefined),
};
