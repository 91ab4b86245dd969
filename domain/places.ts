/** Places that are to be metered for themselves (计量点), and the carriers each needs a meter of. */
import type { Carrier } from './carriers.ts';
import type { Text } from './text.ts';

/** Metering level after GB 17167: 1 the whole unit, 2 a part of it, 3 main equipment. */
export type Level = 1 | 2 | 3;

interface PlaceDefinition extends Text {
  /** Absent: the source does not say which, so the entry does. */
  readonly carriers?: readonly Carrier[];
  readonly levels: readonly Level[];
}

const PART = [2, 3] as const;
const EQUIPMENT = [3] as const;

/**
 * After GB/T 29149-2012, from a secondary source (facts mark: S2), and so a default that every entry
 * may replace by its own carriers. “Fuel” of canteens is read as piped gas, the one fuel with meters.
 */
export const PLACES = {
  building: {
    zh: '建筑',
    en: 'Building',
    carriers: ['electricity', 'heat', 'water'],
    levels: [1, 2],
  },
  zone: {
    zh: '行政办公、业务区域',
    en: 'Office or business zone',
    carriers: ['electricity'],
    levels: PART,
  },
  'data-room': {
    zh: '信息机房',
    en: 'Data room',
    carriers: ['electricity', 'water'],
    levels: PART,
  },
  laboratory: { zh: '实验室', en: 'Laboratory', carriers: ['electricity', 'water'], levels: PART },
  'control-room': {
    zh: '控制室',
    en: 'Control room',
    carriers: ['electricity', 'water'],
    levels: PART,
  },
  canteen: { zh: '食堂', en: 'Canteen', carriers: ['electricity', 'water', 'gas'], levels: PART },
  bath: { zh: '浴室', en: 'Bath', carriers: ['electricity', 'heat', 'water'], levels: PART },
  outsourced: {
    zh: '外包、外租场所',
    en: 'Outsourced or let premises',
    carriers: ['electricity', 'water'],
    levels: PART,
  },
  'green-space': { zh: '绿地', en: 'Green space', carriers: ['water'], levels: PART },
  'central-ac': {
    zh: '中央空调',
    en: 'Central air conditioning',
    carriers: ['electricity'],
    levels: EQUIPMENT,
  },
  'lighting-sockets': {
    zh: '照明插座',
    en: 'Lighting and sockets',
    carriers: ['electricity'],
    levels: EQUIPMENT,
  },
  lifts: { zh: '电梯', en: 'Lifts', carriers: ['electricity'], levels: EQUIPMENT },
  boiler: { zh: '锅炉', en: 'Boiler', levels: EQUIPMENT },
  'electric-water-heater': {
    zh: '电热水器',
    en: 'Electric water heater',
    carriers: ['electricity'],
    levels: EQUIPMENT,
  },
  'other-equipment': { zh: '其他主要设备', en: 'Other main equipment', levels: EQUIPMENT },
} as const satisfies Record<string, PlaceDefinition>;

export type Place = keyof typeof PLACES;

export const PLACE_IDS = Object.keys(PLACES) as readonly Place[];

export function placeOf(id: Place): PlaceDefinition {
  return PLACES[id];
}
