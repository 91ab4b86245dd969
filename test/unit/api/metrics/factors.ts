/** Factors for metric tests: those of the demo registry, as an account of 2026 sees them. */
import { factsAt } from '../../../../api/assessment/facts.ts';
import type { MetricInput } from '../../../../api/metrics/input.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();

export const factor: MetricInput['factor'] = factsAt(
  registry,
  { agency: registry.agency('baiyan-fy'), buildings: [] },
  Date.parse('2025-12-31T16:00:00Z'),
).factor;

/** Reasons in Chinese, in one line. */
export function words(outcome: { readonly reasons: readonly { readonly zh: string }[] }): string {
  return outcome.reasons.map(({ zh }) => zh).join('|');
}

/** A part by its Chinese name. */
export function partOf(
  outcome: { readonly parts?: readonly { name: { zh: string }; value: number | null }[] },
  zh: string,
): number | null | undefined {
  return outcome.parts?.find(({ name }) => name.zh === zh)?.value;
}
