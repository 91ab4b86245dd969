/** A count as a term: how many of what, and where they are on file. */
import type { Text } from '../../../domain/text.ts';
import type { MetricTerm } from '../term.ts';

export function countTerm(
  name: Text,
  value: number,
  [unit, source]: readonly [unit: string, source: string],
): MetricTerm {
  return { name, value, unit, source };
}
