/** Suspected leaks among the findings of an assessment. */
import { FINDINGS } from '../../domain/finding.ts';
import { HOUR_MS, intersect } from '../../domain/period.ts';
import type { MetricInput } from '../metrics/input.ts';
import { leakText } from '../water/leak-text.ts';
import type { Assessment } from './schema.ts';

export function leakFindings(input: MetricInput): Assessment['findings'] {
  const { zone } = input.registry.region;
  const words = { zone, yuanPerM3: input.price('water')?.value };
  return input.leaks.map((leak) => {
    const inside = intersect(leak, input.elapsed);
    return {
      code: 'leak_suspected',
      text: leakText(leak, words),
      severity: FINDINGS.leak_suspected.severity,
      meterId: leak.meterId,
      hours: Math.round((inside.toMs - inside.fromMs) / HOUR_MS),
    };
  });
}
