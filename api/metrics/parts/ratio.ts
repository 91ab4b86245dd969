/** Ratios to people and areas; without the divisor there is no ratio. */
import type { Text } from '../../../domain/text.ts';
import type { MetricInput } from '../input.ts';
import type { MetricOutcome } from '../metric.ts';
import { insufficient } from './terms.ts';

/** Divides a figure by people or area of the registry; without them there is no ratio. */
function per(
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
      zh: `登记信息缺少${name.zh}`,
      en: `the registry has no ${name.en} for this date`,
    };
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
