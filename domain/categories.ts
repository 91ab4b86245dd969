/** Categories of energy and water (分类): the first two digits of an item code, whether or not meters of them are read here. */
import type { Text } from './text.ts';

/** After the sub-item data collection guide (facts mark: S2). What each is here, its carrier or fuel says. */
export const CATEGORIES = {
  '01': { zh: '电', en: 'Electricity' },
  '02': { zh: '水', en: 'Water' },
  '03': { zh: '燃气', en: 'Gas' },
  '04': { zh: '集中供热量', en: 'District heat' },
  '05': { zh: '集中供冷量', en: 'District cooling' },
  '06': { zh: '其他能源', en: 'Other energy' },
  '07': { zh: '煤', en: 'Coal' },
  '08': { zh: '液化石油气', en: 'Liquefied petroleum gas' },
  '09': { zh: '人工煤气', en: 'Manufactured gas' },
  '10': { zh: '汽油', en: 'Gasoline' },
  '11': { zh: '煤油', en: 'Kerosene' },
  '12': { zh: '柴油', en: 'Diesel' },
  '13': { zh: '可再生能源', en: 'Renewable energy' },
} as const satisfies Record<string, Text>;

export type CategoryCode = keyof typeof CATEGORIES;
