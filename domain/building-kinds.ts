/** What a building is and how it is heated and cooled, by the letters of the sub-item data guide (facts mark: S2). */
import type { Text } from './text.ts';

/** 建筑类别: the letter of a building's code. */
export const BUILDING_CATEGORIES = {
  A: { zh: '办公', en: 'Office' },
  B: { zh: '商场', en: 'Shopping' },
  C: { zh: '宾馆饭店', en: 'Hotel' },
  D: { zh: '文化教育', en: 'Culture and education' },
  E: { zh: '医疗卫生', en: 'Health' },
  F: { zh: '体育', en: 'Sports' },
  G: { zh: '综合', en: 'Mixed use' },
  H: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>;

export type BuildingCategory = keyof typeof BUILDING_CATEGORIES;

/** 空调系统形式. */
export const AIR_CONDITIONING = {
  A: { zh: '集中式全空气', en: 'Central, all air' },
  B: { zh: '风机盘管加新风', en: 'Fan coils with fresh air' },
  C: { zh: '分体或多联机', en: 'Split or VRF' },
  D: { zh: '其他空调', en: 'Other' },
} as const satisfies Record<string, Text>;

/** 采暖形式. */
export const HEATING_KINDS = {
  A: { zh: '散热器', en: 'Radiators' },
  B: { zh: '地板辐射', en: 'Floor heating' },
  C: { zh: '电辐射', en: 'Electric radiant' },
  D: { zh: '空调集中供暖', en: 'By air conditioning' },
  E: { zh: '其他供暖', en: 'Other' },
} as const satisfies Record<string, Text>;

/** Letters of a table, for a schema. */
export function lettersOf<T extends string>(kinds: Readonly<Record<T, Text>>): readonly T[] {
  return Object.keys(kinds) as T[];
}
