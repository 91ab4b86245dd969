/** Words of explanations. */
import type { Text } from '../types/common.ts';

export const WHY_WORDS = {
  why: { zh: '这个数是怎么来的', en: 'Why this number' },
  whyParts: { zh: '构成', en: 'What it is made of' },
  part: { zh: '表计或下级机关', en: 'Meter or agency below' },
  less: { zh: '扣除', en: 'Less' },
  knownHours: { zh: '已知小时', en: 'Hours known' },
  partsAgree: {
    zh: '各项合计 {sum} {unit}，与结果 {figure} {unit} 一致。',
    en: 'The parts add up to {sum} {unit}; the figure is {figure} {unit}.',
  },
  partsDisagree: {
    zh: '各项合计 {sum} {unit}，与结果 {figure} {unit} 不一致：有待重算的数据。',
    en: 'The parts add up to {sum} {unit}, the figure is {figure} {unit}: rows wait to be computed anew.',
  },
  hoursDisagree: {
    zh: '有的小时与现有读数算出的不一致：有待重算的数据，或读数已超出保存期。',
    en: 'Some hours differ from what the readings say now: rows wait to be computed anew, or readings were kept no longer.',
  },
  recomputed: { zh: '按读数重算', en: 'From the readings' },
  recomputedByFormula: { zh: '按公式重算', en: 'By the formula' },
  ruleVersion: { zh: '规则版本', en: 'Rule version' },
  rulesUsed: { zh: '所用规则', en: 'Rules used' },
  gapLimit: { zh: '缺测界限', en: 'Gap limit' },
  smallestStep: { zh: '最小刻度', en: 'Smallest step' },
  modulus: { zh: '翻转值', en: 'Rolls over at' },
  segments: { zh: '修正曲线的分段', en: 'Segments of the corrected curve' },
  segmentsHelp: {
    zh: '每小时用量是各段落在该小时内的部分之和，再乘倍率。段内按直线分摊。',
    en: 'An hour is the sum of its parts of the segments, times the multiplier; within a segment the curve is a line.',
  },
  rise: { zh: '增量', en: 'Rise' },
  quality: { zh: '质量', en: 'Quality' },
  evidence: { zh: '依据的读数', en: 'Readings it rests on' },
  provisional: { zh: '待后续读数确认', en: 'awaits further readings' },
  looksReplaced: {
    zh: '疑似换表。核实后在登记文件该表的 replacements 下加入：',
    en: 'Looks like a replacement. Once confirmed, add under the meter’s replacements:',
  },
  copy: { zh: '复制', en: 'Copy' },
  restatements: { zh: '更正记录', en: 'Restatements' },
  before: { zh: '更正前', en: 'Before' },
  after: { zh: '更正后', en: 'After' },
  restatedAt: { zh: '更正时间', en: 'Restated' },
  cause: { zh: '原因', en: 'Cause' },
  rawReadings: { zh: '原始读数', en: 'Raw readings' },
  operands: { zh: '公式中的表计', en: 'Meters in the formula' },
  unknownHours: { zh: '未知的小时', en: 'Hours not known' },
  formulaAgrees: {
    zh: '每小时与按公式算出的完全一致。',
    en: 'Every hour is exactly what the formula makes of these meters.',
  },
  formulaDisagrees: {
    zh: '有的小时与按公式算出的不一致：有待重算的数据。',
    en: 'Some hours are not what the formula makes of these meters: rows wait to be computed anew.',
  },
  ledgerEntries: { zh: '台账条目', en: 'Ledger entries' },
} as const satisfies Record<string, Text>;
