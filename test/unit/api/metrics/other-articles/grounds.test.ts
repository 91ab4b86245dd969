/** Articles 27 and 28: green space and canteens. */
import { describe, expect, it } from 'vitest';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { canteenElectricity } from '../../../../../api/metrics/other-articles/canteen-electricity.ts';
import { canteenGas } from '../../../../../api/metrics/other-articles/canteen-gas.ts';
import { canteenWater } from '../../../../../api/metrics/other-articles/canteen-water.ts';
import { greenAreaChange } from '../../../../../api/metrics/other-articles/green-area-change.ts';
import { irrigationPerArea } from '../../../../../api/metrics/other-articles/irrigation-per-area.ts';
import { irrigationTiming } from '../../../../../api/metrics/other-articles/irrigation-timing.ts';
import { nonTapIrrigation } from '../../../../../api/metrics/other-articles/non-tap-irrigation.ts';
import { type CountingMeter, createRegistry } from '../../../../../registry/registry.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';

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

describe('canteen water', () => {
  const meals = (agency: string, count: number) =>
    entry('canteen-meals', WEEK, { agency, ...DAYS, meals: count });
  const { region } = metricInput().registry;
  const meter = (id: string, over: Partial<CountingMeter>) =>
    ({ id, name: { zh: id, en: id }, carrier: 'water', building: 'b', ...over }) as CountingMeter;
  const canteen = meter('canteen', { agency: 'a', waterUse: 'canteen' });
  const sink = meter('sink', { agency: 'a', waterUse: 'canteen', parent: 'canteen' });
  const floors = meter('floors', { agency: 'a' });
  const agencies = [metricInput().agency];
  const registry = createRegistry({ region, agencies, meters: [canteen, sink, floors] }, new Map());
  const metered = (value: number, known = 1): MetricInput['meterAmounts'] => {
    const amount = { value, coverage: known, manual: 0, estimated: 0, known };
    return () => [canteen, sink, floors].map((one) => ({ meter: one, amount }));
  };

  it('is that of the canteen’s meters, none counted twice', () => {
    // 9 m³ for 400 meals are 22.5 litres a meal; the sink is in them, the floors are not.
    const records = recordsFrom([meals('a', 400)]);
    const input = metricInput({ overrides: { registry, records, meterAmounts: metered(9) } });
    expect(canteenWater.compute(input).value).toBeCloseTo(22.5, 12);
    const few = { ...input, meterAmounts: metered(9, 0.8) };
    expect(canteenWater.compute(few).value).toBeNull();
    expect(canteenWater.compute({ ...input, records: () => [] }).value).toBeNull();
    expect(canteenWater.compute({ ...input, meterAmounts: () => [] }).value).toBeNull();
  });

  it('needs meals of nine tenths of the days', () => {
    const { fromMs } = WEEK;
    const short = { ...meals('a', 400), toMs: fromMs + 6 * 86_400_000 };
    const records = recordsFrom([short]);
    const input = metricInput({ overrides: { registry, records, meterAmounts: metered(9) } });
    expect(canteenWater.compute(input).value).toBeNull();
  });

  it('of a parent sums over units that have both before it divides', () => {
    // Gas of b and c by the meals of both: (60 + 20) / (400 + 100) = 0.16; d, without gas, is named.
    const units = [
      { id: 'b', amounts: { '03000': 60 } },
      { id: 'c', amounts: { '03000': 20 } },
      { id: 'd', amounts: {} },
    ];
    const records = recordsFrom([meals('b', 400), meals('c', 100), meals('d', 900)]);
    const outcome = canteenGas.compute(treeInput(units, { records }));
    expect(outcome.value).toBeCloseTo(0.16, 12);
    expect(outcome.reasons[0]?.zh).toContain('单位d');
  });
});

describe('watering', () => {
  const garden = {
    ...{ id: 'garden', name: { zh: '绿地', en: 'garden' }, carrier: 'water' },
    ...{ building: 'b', agency: 'a', waterUse: 'irrigation' },
  } as CountingMeter;
  const { registry: bare, agency } = metricInput();
  const content = { region: bare.region, agencies: [agency], meters: [garden] };
  const registry = createRegistry(content, new Map());
  const at = (local: string) => Date.parse(`${local}:00+08:00`);
  const hour = (local: string, m3: number) => ({ meterId: 'garden', startMs: at(local), m3 });
  const rain = (date: string, rainMm: number) =>
    entry('rainfall', WEEK, { agency: 'a', date, rainMm });
  const amount = { value: 10, coverage: 1, manual: 0, estimated: 0, known: 1 };
  const input = metricInput({
    overrides: {
      registry,
      meterAmounts: () => [{ meter: garden, amount }],
      // 10 m³: 4 at six in the morning, 3 at noon, 2 on a rainy evening, 1 at noon of that day.
      gardens: [
        hour('2026-10-12T06:00', 4),
        hour('2026-10-12T11:00', 3),
        hour('2026-10-13T19:00', 2),
        hour('2026-10-13T13:00', 1),
      ],
    },
  });

  it('at noon and on rainy days does no good, and an hour that is both counts once', () => {
    const records = recordsFrom([rain('2026-10-13', 4.2), rain('2026-10-12', 0)]);
    const outcome = irrigationTiming.compute({ ...input, records });
    expect(outcome.value).toBeCloseTo(60, 12);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([4, 2]);
  });

  it('cannot be judged without the rain, and dry weather is entered as such', () => {
    expect(irrigationTiming.compute(input).value).toBeNull();
    const records = recordsFrom([rain('2026-10-12', 0)]);
    expect(irrigationTiming.compute({ ...input, records }).value).toBeCloseTo(40, 12);
    expect(irrigationTiming.compute({ ...input, records, meterAmounts: () => [] }).value).toBe(
      null,
    );
  });

  it('behind a meter of a garden is in that one’s figure', () => {
    const bed = { ...garden, id: 'bed', parent: 'garden' };
    const records = recordsFrom([rain('2026-10-12', 0)]);
    const both = {
      ...{ ...input, records },
      meterAmounts: () => [garden, bed].map((meter) => ({ meter, amount })),
      gardens: [...input.gardens, { ...hour('2026-10-12T11:00', 3), meterId: 'bed' }],
    };
    expect(irrigationPerArea.compute(both).value).toBeCloseTo(0.005, 12);
    expect(irrigationTiming.compute(both).value).toBeCloseTo(40, 12);
    // Control: two gardens side by side are twice as much.
    const apart = { ...bed, parent: undefined };
    const two = {
      ...both,
      meterAmounts: () => [garden, apart].map((meter) => ({ meter, amount })),
    };
    expect(irrigationPerArea.compute(two).value).toBeCloseTo(0.01, 12);
  });

  it('is metered where nobody wrote it down', () => {
    // 10 m³ on 2000 m²; an entry of the ledger, which knows all sources, goes first.
    expect(irrigationPerArea.compute(input).value).toBeCloseTo(0.005, 12);
    const entered = { ...input, records: irrigated(300, 120) };
    expect(irrigationPerArea.compute(entered).value).toBeCloseTo(0.15, 12);
  });
});
