/** Sums a line a carrier or fuel: all lines or no sum, because a part would look like the whole. */
import type { Text } from '../../../domain/text.ts';
import type { Factor, FactorProfile } from '../../../registry/schema.ts';
import type { MetricOutcome } from '../metric.ts';
import { insufficient, NO_DATA } from './terms.ts';

/** Which factors weigh a sum: of one kind and one profile. */
export interface Weighting {
  readonly kind: Factor['kind'];
  readonly profile?: FactorProfile;
}

/** What one carrier or fuel adds, or why that is not known. */
export interface Line extends MetricOutcome {
  readonly name: Text;
}

export function addLines(lines: readonly Line[], unit: string): MetricOutcome {
  if (lines.length === 0) return insufficient(NO_DATA);
  const parts = lines.map(({ name, value, completeness }) => ({ name, value, unit, completeness }));
  const known = lines.flatMap(({ value }) => (value === null ? [] : [value]));
  return {
    value: known.length < lines.length ? null : known.reduce((sum, value) => sum + value, 0),
    completeness: Math.min(...lines.map(({ completeness }) => completeness)),
    terms: lines.flatMap(({ terms }) => terms),
    reasons: lines.flatMap(({ reasons }) => reasons),
    parts,
  };
}
