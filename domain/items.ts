/** Five-character sub-item codes (分项): category 2 + item 1 + level-1 1 + level-2 1, unused positions `0`. */
import { CARRIERS, type Carrier } from './carriers.ts';

/** Code layout and names after the sub-item data collection guide (facts mark: S2). */
export const ITEMS = {
  '01000': { zh: '电（合计）', en: 'Electricity, total' },
  '01A00': { zh: '照明插座用电', en: 'Lighting and sockets' },
  '01B00': { zh: '空调用电', en: 'Air conditioning' },
  '01C00': { zh: '动力用电', en: 'Motive power' },
  '01D00': { zh: '特殊用电', en: 'Special use' },
  '01D10': { zh: '信息中心用电', en: 'Data centre' },
  '01D30': { zh: '厨房餐厅用电', en: 'Kitchen and canteen' },
  '02000': { zh: '水（合计）', en: 'Water, total' },
  '03000': { zh: '燃气（合计）', en: 'Gas, total' },
  '04000': { zh: '集中供热量（合计）', en: 'District heat, total' },
  '13000': { zh: '可再生能源（光伏）', en: 'Renewable (photovoltaic)' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type ItemCode = keyof typeof ITEMS;

export const ITEM_CODES = Object.keys(ITEMS) as readonly ItemCode[];

/** The code of a carrier's total, e.g. `01000`. */
export function totalItem(carrier: Carrier): ItemCode {
  return `${CARRIERS[carrier].code}000` as ItemCode;
}

/** The four-way item (`01A00` … `01D00`) a sub-item code rolls up to, or the code itself. */
export function fourWayItem(code: ItemCode): ItemCode {
  return `${code.slice(0, 3)}00` as ItemCode;
}
