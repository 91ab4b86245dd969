/** Articles 27 and 28: green space and canteens. */
import { describe, expect, it } from 'vitest';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { canteenElectricity } from '../../../../../api/metrics/other-articles/canteen-electricity.ts';
import { canteenGas } from '../../../../../api/metrics/other-articles/canteen-gas.ts';
import { greenAreaChange } from '../../../../../api/metrics/other-articles/green-area-change.ts';
import { irrigationPerArea } from '../../../../../api/metrics/other-articles/irrigation-per-area.ts';
import { nonTapIrrigation } from '../../../../../api/metrics/other-articles/non-tap-irrigation.ts';
import type { CountingMeter } from '../../../../../registry/registry.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';

const WEEK = metricInput().elapsed;
const DAYS = { firstDay: '2026-10-12', lastDay: '2026-10-18' };

function irrigated(waterM3: number, nonTapM3?: number) {
  const water = { waterM3, ...(nonTapM3 === undefined ? {} : { nonTapM3 }) };
  return recordsFrom([
    entry('green-space', WEEK, { agency: 'a', ...DAYS, areaM2: 2000, ...water }),
  ]);
}

describe('green space', () => {
  it('is watered with so much per square metre, of which so much is not tap water', () => {
    const input = metricInput({ overrides: { records: irrigated(300, 120) } });
    expect(irrigationPerArea.compute(input).value).toBeCloseTo(300 / 2000, 12);
    expect(nonTapIrrigation.compute(input).value).toBeCloseTo(40, 12);
  });

  it('has no share when the source was not entered, and no ratio without an area', () => {
    const input = metricInput({ overrides: { records: irrigated(300) } });
    expect(nonTapIrrigation.compute(input).value).toBeNull();
    const bare = { ...input, area: () => undefined };
    expect(irrigationPerArea.compute(bare).value).toBeNull();
    expect(irrigationPerArea.compute({ ...input, area: () => 0 }).value).toBeNull();
  });

  it('changes by what is on file in both years', () => {
    const before = metricInput({ overrides: { area: () => 1800 } });
    const input = metricInput({ overrides: { earlier: () => before } });
    expect(greenAreaChange.compute(input).value).toBe(200);
    expect(greenAreaChange.compute(metricInput()).value).toBeNull();
  });
});

describe('canteen', () => {
  const records = recordsFrom([entry('canteen-meals', WEEK, { agency: 'a', ...DAYS, meals: 400 })]);

  /** A kitchen meter and one below it, which the first already counts. */
  function kitchens(value: number | null, known = 1): MetricInput['meterAmounts'] {
    const meter = (id: string, over: object) =>
      ({ id, name: { zh: id, en: id }, item: '01D30', building: 'b', ...over }) as CountingMeter;
    const amount = { value, coverage: known, manual: 0, estimated: 0, known };
    return () => [
      { meter: meter('kitchen', { agency: 'a' }), amount },
      { meter: meter('oven', { agency: 'a', parent: 'kitchen' }), amount },
    ];
  }

  it('uses so much a meal, no meter counted twice', () => {
    const overrides = { records, meterAmounts: kitchens(200) };
    const input = metricInput({ amounts: { '03000': 60 }, overrides });
    expect(canteenElectricity.compute(input).value).toBeCloseTo(0.5, 12);
    expect(canteenGas.compute(input).value).toBeCloseTo(0.15, 12);
  });

  it('has no figure without meals, without a kitchen meter, or with too little known', () => {
    const value = (overrides: Partial<MetricInput>) =>
      canteenElectricity.compute(metricInput({ overrides })).value;
    expect(value({ meterAmounts: kitchens(200) })).toBeNull();
    expect(value({ records })).toBeNull();
    expect(value({ records, meterAmounts: kitchens(200, 0.8) })).toBeNull();
    expect(value({ records, meterAmounts: kitchens(null, 0) })).toBeNull();
  });
});
