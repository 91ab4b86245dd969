/** Five-character sub-item codes (分项): category 2 + item 1 + level-1 1 + level-2 1, unused positions `0`. */
import { CARRIERS, type Carrier } from './carriers.ts';
import type { Text } from './text.ts';

/**
 * Every item a meter can have. Code layout and names after the sub-item data collection guide
 * (facts mark: S2). One vendor swaps 01D20 and 01D30: names are what tables are matched by.
 */
export const ITEMS = {
  '01000': { zh: '电（合计）', en: 'Electricity, total' },
  '01A00': { zh: '照明插座用电', en: 'Lighting and sockets' },
  '01A10': { zh: '照明与插座用电', en: 'Lighting and sockets of rooms' },
  '01A20': { zh: '走廊与应急照明用电', en: 'Corridor and emergency lighting' },
  '01A30': { zh: '室外景观照明用电', en: 'Outdoor lighting' },
  '01B00': { zh: '空调用电', en: 'Air conditioning' },
  '01B10': { zh: '冷热站用电', en: 'Cooling and heating station' },
  '01B1A': { zh: '冷冻泵用电', en: 'Chilled-water pumps' },
  '01B1B': { zh: '冷却泵用电', en: 'Cooling-water pumps' },
  '01B1C': { zh: '冷机用电', en: 'Chillers' },
  '01B1D': { zh: '冷塔用电', en: 'Cooling towers' },
  '01B1E': { zh: '热水循环泵用电', en: 'Hot-water circulation pumps' },
  '01B1F': { zh: '电锅炉用电', en: 'Electric boilers' },
  '01B20': { zh: '空调末端用电', en: 'Air-conditioning terminals' },
  '01C00': { zh: '动力用电', en: 'Motive power' },
  '01C10': { zh: '电梯用电', en: 'Lifts' },
  '01C20': { zh: '水泵用电', en: 'Water pumps' },
  '01C30': { zh: '通风机用电', en: 'Ventilation fans' },
  '01D00': { zh: '特殊用电', en: 'Special use' },
  '01D10': { zh: '信息中心用电', en: 'Data centre' },
  '01D20': { zh: '洗衣房用电', en: 'Laundry' },
  '01D30': { zh: '厨房餐厅用电', en: 'Kitchen and canteen' },
  '01D40': { zh: '游泳池用电', en: 'Swimming pool' },
  '01D50': { zh: '健身房用电', en: 'Gymnasium' },
  '01D60': { zh: '其他特殊用电', en: 'Other special use' },
  '02000': { zh: '水（合计）', en: 'Water, total' },
  '03000': { zh: '燃气（合计）', en: 'Gas, total' },
  '04000': { zh: '集中供热量（合计）', en: 'District heat, total' },
  '13000': { zh: '可再生能源（光伏）', en: 'Renewable (photovoltaic)' },
} as const satisfies Record<string, Text>;

export type ItemCode = keyof typeof ITEMS;

/** What accounts are kept by: a carrier's total, or one of the four of electricity (`01A00` … `01D00`). */
export type FourWayItem = Extract<ItemCode, `${string}00`>;

/** In the order of the codes; an object would put 13000 first. */
export const ITEM_CODES = (Object.keys(ITEMS) as ItemCode[]).sort();

export const FOUR_WAY_ITEMS = ITEM_CODES.filter(
  (code): code is FourWayItem => code === fourWayItem(code),
);

/** The code of a carrier's total, e.g. `01000`. */
export function totalItem(carrier: Carrier): FourWayItem {
  return `${CARRIERS[carrier].code}000`;
}

/** The item accounts know a sub-item by: `01B00` of `01B1A`; of a total, itself. */
export function fourWayItem(code: ItemCode): FourWayItem {
  return `${code.slice(0, 3)}00` as FourWayItem;
}

/** Whether an item is a whole or a part of it: `01B1A` of `01B10`, `01B00`, `01000` and itself. */
export function isWithin(code: ItemCode, whole: ItemCode): boolean {
  return code.startsWith(whole.replace(/0{1,3}$/, ''));
}

/** Whether meters of some items measure all of another: of itself, or of every part it is made of. */
export function isCovered(code: ItemCode, by: ReadonlySet<ItemCode>): boolean {
  if (by.has(code)) return true;
  const within = ITEM_CODES.filter((other) => other !== code && isWithin(other, code));
  const parts = within.filter(
    (part) => !within.some((whole) => whole !== part && isWithin(part, whole)),
  );
  return parts.length > 0 && parts.every((part) => isCovered(part, by));
}
