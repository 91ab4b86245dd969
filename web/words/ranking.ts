/** Words of the ranking of units. `{name}` is filled in. */
import type { Text } from '../types/common.ts';

export const RANKING_WORDS = {
  ranking: { zh: '单位排名', en: 'Ranking of units' },
  rankingOf: { zh: '单位排名（{year} 年）', en: 'Ranking of units, {year}' },
  rankingHelp: {
    zh: '按单位建筑面积能耗（不含公务用车）由低到高，只与同层级、同类型、计入范围相同的单位比较。',
    en: 'By energy per floor area without vehicles, the least first; only units of one tier, type and scope are compared.',
  },
  rankingNoYear: {
    zh: '排名按整年计算，还没有结束的年度。',
    en: 'Units are ranked by whole years, and none has ended yet.',
  },
  groupOf: { zh: '{type}（{tier}），{n} 个单位', en: '{type} ({tier}), {n} units' },
  leavesOut: { zh: '都未计入：{what}', en: 'left out of all: {what}' },
  place: { zh: '名次', en: 'Place' },
  placeOf: { zh: '{place} / {n}', en: '{place} / {n}' },
  energyPerArea: { zh: '单位建筑面积能耗（kgce/m²）', en: 'Energy per floor area (kgce/m²)' },
  peerBand: { zh: '与同类均值', en: 'Against the mean of its type' },
  noPeerMean: { zh: '登记中没有同类均值', en: 'no mean on file' },
  notRanked: { zh: '未参与排名', en: 'Not ranked' },
  aloneInGroup: {
    zh: '同层级、同类型、同计入范围的只有这 1 个单位，没有可比的单位',
    en: 'the only one of its tier, type and scope: there is nobody to compare it with',
  },
  nobodyRanked: {
    zh: '没有两个可比的单位，因此没有名次。',
    en: 'No two units can be compared, so nobody has a place.',
  },
  'state-organ': { zh: '国家机关', en: 'State organs' },
  education: { zh: '教育类事业单位', en: 'Education' },
  science: { zh: '科技类事业单位', en: 'Science' },
  culture: { zh: '文化类事业单位', en: 'Culture' },
  health: { zh: '卫生类事业单位', en: 'Health' },
  sport: { zh: '体育类事业单位', en: 'Sport' },
  'other-institution': { zh: '其他事业单位', en: 'Other institutions' },
  organisation: { zh: '团体组织', en: 'Organisations' },
} as const satisfies Record<string, Text>;
