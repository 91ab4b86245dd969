/** Ratios to people and areas; without the divisor there is no ratio. */
import type { Text } from '../../../domain/text.ts';
import type { MetricInput } from '../input.ts';
import type { MetricOutcome } from '../metric.ts';
import { insufficient } from './terms.ts';

/** Divides a figure by something on file, such as people, area or meals; without it there is no ratio. */
export function per(
  outcome: MetricOutcome,
  divisor: {
    readonly name: Text;
    readonly value: number | undefined;
    readonly unit: string;
    readonly source: string;
  },
): MetricOutcome {
  const { name, value, unit, source } = divisor;
  const terms = [...outcome.terms, { name, value: value ?? null, unit, source }];
  if (outcome.value === null) return { ...outcome, terms };
  if (value === undefined) {
    const reason = {
      zh: `缺少${name.zh}（${source}）`,
      en: `no ${name.en} on file (${source})`,
    };
    return insufficient(reason, terms, outcome.completeness);
  }
  if (value === 0) {
    const reason = { zh: `${name.zh}为零`, en: `${name.en}: zero` };
    return insufficient(reason, terms, outcome.completeness);
  }
  return { ...outcome, value: outcome.value / value, terms };
}

export const perFloorArea = (input: MetricInput, outcome: MetricOutcome) =>
  per(outcome, {
    name: { zh: '建筑面积', en: 'floor area' },
    value: input.area('floorM2'),
    unit: 'm²',
    source: 'agencies.areas.floorM2',
  });

export const perPerson = (input: MetricInput, outcome: MetricOutcome) =>
  per(outcome, {
    name: { zh: '用能人数', en: 'head count' },
    value: input.persons(),
    unit: '人',
    source: 'agencies.heads',
  });

export const perHeatedArea = (input: MetricInput, outcome: MetricOutcome) =>
  per(outcome, {
    name: { zh: '采暖面积', en: 'heated area' },
    value: input.area('heatedM2'),
    unit: 'm²',
    source: 'agencies.areas.heatedM2',
  });
