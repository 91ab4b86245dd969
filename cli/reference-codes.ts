/** The reference page of codes: categories, sub-items, kinds of buildings, and the composite ones. */
import { AIR_CONDITIONING, BUILDING_CATEGORIES, HEATING_KINDS } from '../domain/building-kinds.ts';
import { CARRIERS } from '../domain/carriers.ts';
import { CATEGORIES } from '../domain/categories.ts';
import { FUELS } from '../domain/fuels.ts';
import { fourWayItem, ITEM_CODES, ITEMS } from '../domain/items.ts';
import type { Text } from '../domain/text.ts';
import { NOTE, table } from './reference-table.ts';

/** A carrier has meters, a fuel is entered in the ledger. */
function useOf(code: string): string {
  const isOfCode = ([, own]: readonly [string, { readonly code: string }]) => own.code === code;
  const [carrier] = Object.entries(CARRIERS).find(isOfCode) ?? [];
  if (carrier !== undefined) return `表计 meters: \`${carrier}\``;
  const [fuel] = Object.entries(FUELS).find(isOfCode) ?? [];
  return fuel === undefined ? '尚无 nothing yet' : `台账 ledger: \`${fuel}\``;
}

function categories(): string {
  const rows = Object.entries(CATEGORIES)
    .sort()
    .map(([code, { zh, en }]) => {
      return [`\`${code}\``, zh, en, useOf(code)];
    });
  return table(['code', '分类', 'category', 'here'], rows);
}

function items(): string {
  const rows = ITEM_CODES.map((code) => {
    const { zh, en } = ITEMS[code];
    return [`\`${code}\``, zh, en, `\`${fourWayItem(code)}\``];
  });
  return table(['code', '分项', 'item', 'in accounts'], rows);
}

function letters(kinds: Readonly<Record<string, Text>>): string {
  return table(
    ['letter', '名称', 'name'],
    Object.entries(kinds).map(([letter, { zh, en }]) => [letter, zh, en]),
  );
}

const COMPOSITE = table(
  ['code', 'characters', '组成', 'made of', 'trust'],
  [
    ['统一社会信用代码', 18, '17 位 + 校验码（GB 32100）', '17 characters and a check digit', 'R'],
    ['建筑编码', 10, '行政区划 6 + 建筑类别 1 + 序号 3', 'division, category, number', 'S2'],
    ['能耗数据编码', 15, '建筑编码 10 + 分项 5', 'building, item', 'R (length), S2 (item)'],
    [
      '逐时结果键',
      25,
      '能耗数据编码 15 + yyyymmddHH',
      'energy datum, start of the local hour',
      'D',
    ],
  ],
);

export function codesPage(): string {
  const intro =
    'After the sub-item energy data collection guide (分项能耗数据采集技术导则), seen second-hand (S2). ' +
    'A meter keeps its own item; accounts know the four of electricity and totals only. ' +
    'S2: a second-hand source, D: derived, R: recalled and not verified.';
  return [
    `# Codes\n\n${NOTE}${intro}\n`,
    `## 分类 Categories\n\n${categories()}`,
    `## 分项 Items of meters\n\n${items()}`,
    `## 建筑类别 Categories of buildings\n\n${letters(BUILDING_CATEGORIES)}`,
    `## 空调形式 Air conditioning\n\n${letters(AIR_CONDITIONING)}`,
    `## 采暖形式 Heating\n\n${letters(HEATING_KINDS)}`,
    `## 组合编码 Composite codes\n\n${COMPOSITE}`,
  ].join('\n');
}
