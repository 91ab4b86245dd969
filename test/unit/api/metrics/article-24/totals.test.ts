/** A24-01 and A24-05: amounts by carrier, and water by the statistics' head count. */
import { describe, expect, it } from 'vitest';
import { carrierTotals } from '../../../../../api/metrics/article-24/carrier-totals.ts';
import { statisticalWaterPerPerson } from '../../../../../api/metrics/article-24/statistical-water-per-person.ts';
import { metricInput } from '../../../../support/metric-input.ts';

describe('totals by carrier', () => {
  it('stand side by side in their own units and never add up', () => {
    const outcome = carrierTotals.compute(
      metricInput({ amounts: { '01000': 1000, '02000': 30, '04000': 5 } }),
    );
    expect(outcome.value).toBe(3);
    expect(outcome.parts?.map(({ value, unit }) => [value, unit])).toEqual([
      [1000, 'kWh'],
      [30, 'm³'],
      [5, 'GJ'],
    ]);
  });

  it('name a carrier that is not known, and do not count it', () => {
    const outcome = carrierTotals.compute(
      metricInput({ amounts: { '01000': 1000, '02000': null } }),
    );
    expect(outcome.value).toBe(1);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([1000, null]);
    expect(outcome.reasons.map(({ zh }) => zh)).toEqual(['水（合计）：本期没有读数']);
  });

  it('have no value when nothing is known to 90 %', () => {
    const little = metricInput({ amounts: { '01000': 1000 }, known: 0.89 });
    expect(carrierTotals.compute(little).value).toBeNull();
    expect(carrierTotals.compute(metricInput()).value).toBeNull();
  });
});

describe('water of the statistics', () => {
  it('is divided by the heads of that definition, and by no other', () => {
    const persons = (definition = 'statistics') => (definition === 'statistics' ? 60 : 75);
    const input = metricInput({ amounts: { '02000': 300 }, overrides: { persons } });
    expect(statisticalWaterPerPerson.compute(input).value).toBe(5);
    const none = { ...input, persons: () => undefined };
    expect(statisticalWaterPerPerson.compute(none)).toMatchObject({ value: null });
  });
});
