/** Statements about data quality that travel with a figure: what was seen, when, and the evidence. */
import type { Text } from './text.ts';

interface FindingDefinition extends Text {
  readonly severity: 'info' | 'warning';
}

/** Names as in the published test vectors of the rule set. */
export const FINDINGS = {
  jitter: {
    zh: '末位抖动，按不变处理',
    en: 'Last-digit jitter, taken as unchanged',
    severity: 'info',
  },
  rollover: { zh: '计数器翻转', en: 'Register rolled over', severity: 'info' },
  reset: {
    zh: '计数器归零，按新读数计量（下限值）',
    en: 'Register reset; the new reading counts (lower bound)',
    severity: 'warning',
  },
  spike_rejected: { zh: '孤立尖峰已剔除', en: 'Isolated spike rejected', severity: 'warning' },
  transient_rejected: {
    zh: '短时异常低值已剔除',
    en: 'Transient low run rejected',
    severity: 'warning',
  },
  implausible_jump: {
    zh: '上升超过额定，未计入',
    en: 'Rise beyond the rating, not counted',
    severity: 'warning',
  },
  break: {
    zh: '读数中断无法判定（换表或单位变更？），该段无值',
    en: 'Cannot be decided (swap or unit change?); no value for this stretch',
    severity: 'warning',
  },
  replacement: { zh: '登记的换表', en: 'Registered meter replacement', severity: 'info' },
  gap: {
    zh: '缺测，总量已知、过程按直线分摊',
    en: 'Gap: amount known, shape interpolated',
    severity: 'warning',
  },
  conflict: {
    zh: '同一时刻有不同读数，以后写入者为准',
    en: 'Conflicting readings at one instant; the later write counts',
    severity: 'warning',
  },
} as const satisfies Record<string, FindingDefinition>;

export type FindingCode = keyof typeof FINDINGS;

export interface Finding {
  readonly code: FindingCode;
  readonly meterId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The register values the decision rests on, in the order they were read. */
  readonly evidence: readonly number[];
}
