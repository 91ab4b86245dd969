/** The table of sub-items: whole, named once each, and folded into the four that accounts are kept by. */
import { describe, expect, it } from 'vitest';
import { CARRIERS } from '../../../domain/carriers.ts';
import { CATEGORIES } from '../../../domain/categories.ts';
import { FUELS } from '../../../domain/fuels.ts';
import {
  FOUR_WAY_ITEMS,
  fourWayItem,
  ITEM_CODES,
  ITEMS,
  type ItemCode,
  isCovered,
  isWithin,
  totalItem,
} from '../../../domain/items.ts';

/** Code with its last used position blanked: what it is a part of. */
const wholeOf = (code: string) => code.replace(/[^0](0*)$/, '0$1');

describe('the table of sub-items', () => {
  it('has four items of electricity with the level-1 and level-2 parts of the guide', () => {
    const parts = (item: string) =>
      ITEM_CODES.filter((code) => code.startsWith(`01${item}`)).length;
    expect(['A', 'B', 'C', 'D'].map(parts)).toEqual([4, 9, 4, 7]);
    expect([ITEMS['01D20'].zh, ITEMS['01D30'].zh]).toEqual(['洗衣房用电', '厨房餐厅用电']);
  });

  it('has every part beneath a whole of its own, and every name once', () => {
    for (const code of ITEM_CODES.filter((one) => !one.endsWith('000'))) {
      expect(ITEM_CODES, code).toContain(wholeOf(code));
      expect(isWithin(code, wholeOf(code) as ItemCode), code).toBe(true);
    }
    for (const language of ['zh', 'en'] as const) {
      const names = Object.values(ITEMS).map((name) => name[language]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('folds every part into one of the four, and totals into themselves', () => {
    expect(fourWayItem('01B1A')).toBe('01B00');
    expect(fourWayItem('01D30')).toBe('01D00');
    expect(ITEM_CODES.map(fourWayItem).every((item) => FOUR_WAY_ITEMS.includes(item))).toBe(true);
    expect(FOUR_WAY_ITEMS).toHaveLength(4 + Object.keys(CARRIERS).length);
    expect(fourWayItem(totalItem('electricity'))).toBe('01000');
  });

  it('knows a whole from its parts and from what stands beside it', () => {
    for (const whole of ['01B1A', '01B10', '01B00', '01000'] as const) {
      expect(isWithin('01B1A', whole)).toBe(true);
    }
    for (const other of ['01B1C', '01B20', '01A00', '02000'] as const) {
      expect(isWithin('01B1A', other)).toBe(false);
    }
    expect(isWithin('01B10', '01B1A')).toBe(false);
  });

  it('knows when meters of parts measure the whole', () => {
    const covered = (...by: readonly ItemCode[]) => isCovered('01B00', new Set(by));
    expect(covered('01B00')).toBe(true);
    expect(covered('01B10', '01B20')).toBe(true);
    const station = ['01B1A', '01B1B', '01B1C', '01B1D', '01B1E', '01B1F'] as const;
    expect(covered(...station, '01B20')).toBe(true);
    expect(covered(...station.slice(1), '01B20')).toBe(false);
    expect(covered('01B10')).toBe(false);
    expect(covered('01B1C')).toBe(false);
    expect(covered('01000', '01A00')).toBe(false);
    expect(isCovered('02000', new Set(['01000']))).toBe(false);
  });

  it('uses each category once, for a carrier or a fuel', () => {
    const used = [...Object.values(CARRIERS), ...Object.values(FUELS)].map(({ code }) => code);
    expect(new Set(used).size).toBe(used.length);
    const nothingYet = Object.keys(CATEGORIES).filter((code) => !used.some((one) => one === code));
    expect(nothingYet).toEqual(['05', '06', '09'].toSorted());
  });
});
