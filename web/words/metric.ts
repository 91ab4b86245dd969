/** Words of a metric and how it was computed. */
import type { Text } from '../types/common.ts';

export const METRIC_WORDS = {
  statusOk: { zh: '完整', en: 'Complete' },
  statusPartial: { zh: '部分', en: 'Partial' },
  statusInsufficient: { zh: '数据不足', en: 'Insufficient data' },
  completeness: { zh: '完整率', en: 'Completeness' },
  howComputed: { zh: '怎么算的', en: 'How was this computed?' },
  formula: { zh: '公式', en: 'Formula' },
  clause: { zh: '条款', en: 'Clause' },
  term: { zh: '计算项', en: 'Input' },
  termSource: { zh: '来源', en: 'Source' },
  lower: { zh: '越低越好', en: 'lower is better' },
  higher: { zh: '越高越好', en: 'higher is better' },
  neither: { zh: '', en: '' },
  guide: { zh: '达到引导值', en: 'meets the guide value' },
  baseline: { zh: '达到基准值', en: 'meets the baseline value' },
  constraint: { zh: '达到约束值', en: 'meets the constraint value' },
  over: { zh: '超出约束值', en: 'over the constraint value' },
  quota: { zh: '定额', en: 'Quota' },
  parts: { zh: '组成', en: 'Parts' },
  grade: { zh: '等级', en: 'Grade' },
  trust: { zh: '依据可信度', en: 'How far the source was seen' },
  seen: { zh: '已见原文', en: 'seen' },
  secondary: { zh: '二手来源', en: 'second-hand' },
  recalled: { zh: '待核对', en: 'to be checked' },
  own: { zh: '本系统方法', en: 'own method' },
} as const satisfies Record<string, Text>;
