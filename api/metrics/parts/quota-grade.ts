/** The levels of a quota (DB37/T 2672-2019: 先进, 合理, 达标, 需整改) and the figure it may be held against. */
import type { Text } from '../../../domain/text.ts';
import type { Quota } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';

/** From best to worst. */
export const QUOTA_GRADES = {
  guide: { zh: '先进（不高于引导值）', en: 'advanced: within the guide value' },
  baseline: { zh: '合理（不高于基准值）', en: 'reasonable: within the baseline value' },
  constraint: { zh: '达标（不高于约束值）', en: 'compliant: within the constraint value' },
  over: { zh: '需整改（超过约束值）', en: 'over the constraint value' },
} as const satisfies Record<string, Text>;

export type QuotaGrade = keyof typeof QUOTA_GRADES;

export function gradeBy({ guide, baseline, constraint }: Quota, value: number): QuotaGrade {
  if (value <= guide) return 'guide';
  if (baseline !== undefined && value <= baseline) return 'baseline';
  return value <= constraint ? 'constraint' : 'over';
}

/** Whether a figure by the national statistics' factors and head count may be held against it. */
export function isNational({ profile, heads }: Quota): boolean {
  return (profile ?? 'national-statistics') === 'national-statistics' && heads !== 'quota';
}

/** `m³/(人·a)` of a standard is `m³/人` of a yearly figure. */
export function isOfUnit(quotaUnit: string, unit: string): boolean {
  const plain = (text: string) => text.replace(/[()（）\s]|[·/]a(?![a-z])/g, '');
  return plain(quotaUnit) === plain(unit);
}

/** The account as the quota's standard weighs energy and counts people. */
export function asQuotaCounts(input: MetricInput, { profile, heads }: Quota): MetricInput {
  return {
    ...input,
    factor: (kind, carrier, own = profile) => input.factor(kind, carrier, own),
    persons: (definition = heads) => input.persons(definition),
  };
}
