/** Who was counted: three definitions of 用能人数 / 用水人数 are in use and must not be mixed. */
import type { Text } from './text.ts';

export const HEAD_DEFINITIONS = {
  statistics: {
    zh: '统计制度：办公区实际工作人员，含编外，年平均',
    en: 'statistics: all who work in the office area, contract staff included, average',
  },
  quota: {
    zh: 'DB37/T 2672：在岗在编与各类编外人员日平均',
    en: 'DB37/T 2672: staff present and contract staff, daily average',
  },
  'water-saving': {
    zh: '节水型机关：在编与非在编年末总数，含来访',
    en: 'water-saving organ: all staff at the year’s end, visitors included',
  },
} as const satisfies Record<string, Text>;

export type HeadDefinition = keyof typeof HEAD_DEFINITIONS;

export const HEAD_DEFINITION_IDS = Object.keys(HEAD_DEFINITIONS) as readonly HeadDefinition[];
