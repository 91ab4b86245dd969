/** Statements about data quality that travel with a figure: what was seen, when, and the evidence. */
import type { CounterId } from './quantities.ts';
import type { Text } from './text.ts';

interface FindingDefinition extends Text {
  readonly severity: 'info' | 'warning';
}

/** Names as in the published test vectors of the rule set, then those of our own. */
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
  future: {
    zh: '读数时间在未来，未采用',
    en: 'Reading from the future, not used',
    severity: 'warning',
  },
  stale_catch_up: {
    zh: '读数停滞后补涨，已摊入停滞时段',
    en: 'Register caught up after standing still; spread over that time',
    severity: 'warning',
  },
  unit_change_suspected: {
    zh: '疑似单位变更（10、100 或 1000 倍），登记确认或读数恢复之前不计量',
    en: 'Unit change suspected (10, 100 or 1000 times); nothing counts until registered or back',
    severity: 'warning',
  },
  stuck: {
    zh: '读数停滞，超过该表平常的不动时长',
    en: 'Register stands still for longer than this meter ever does',
    severity: 'warning',
  },
  leak_suspected: {
    zh: '疑似漏水：连续三夜以上夜间流量不归零',
    en: 'Leak suspected: the flow does not rest for three nights or more',
    severity: 'warning',
  },
  below_measured: {
    zh: '账单或区间值小于其中已测得的用量，未采用',
    en: 'Bill or interval smaller than what was measured within it, not used',
    severity: 'warning',
  },
  balance_negative: {
    zh: '分表之和大于总表（超出末位误差），差额为负，请核对接线、变比和归属',
    en: 'Sub-meters exceed their parent beyond their last digits; the rest is negative',
    severity: 'warning',
  },
} as const satisfies Record<string, FindingDefinition>;

export type FindingCode = keyof typeof FINDINGS;

/** A reading that a decision rests on; before the dated multiplier. */
export interface Evidence {
  readonly atMs: number;
  readonly value: number;
}

/** A meter replacement as it would be registered, filled in from the readings around a break. */
export interface ReplacementProposal {
  readonly kind: 'replacement';
  readonly atMs: number;
  readonly finalReading: number;
  readonly initialReading: number;
}

export interface Finding {
  readonly code: FindingCode;
  readonly meterId: string;
  readonly counter?: CounterId;
  readonly fromMs: number;
  readonly toMs: number;
  /** In the order they were read. */
  readonly evidence: readonly Evidence[];
  /** Readings still to come decide; until then the stretch has no value. */
  readonly provisional?: true;
  readonly proposal?: ReplacementProposal;
}
