/** Article 25, electricity: sub-items, night and day, peaks, data rooms, own generation. */
import { describe, expect, it } from 'vitest';
import { factsAt } from '../../../../../api/assessment/facts.ts';
import { baseLoadRatio } from '../../../../../api/metrics/article-25/base-load-ratio.ts';
import { dataRoomEfficiency } from '../../../../../api/metrics/article-25/data-room-efficiency.ts';
import { electricityPerArea } from '../../../../../api/metrics/article-25/electricity-per-area.ts';
import { loadFactor } from '../../../../../api/metrics/article-25/load-factor.ts';
import { offHoursShare } from '../../../../../api/metrics/article-25/off-hours-share.ts';
import { renewableShare } from '../../../../../api/metrics/article-25/renewable-share.ts';
import { unmeteredElectricity } from '../../../../../api/metrics/article-25/unmetered-electricity.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import type { AgencyConsumption } from '../../../../../domain/consumption.ts';
import { HOUR_MS } from '../../../../../domain/period.ts';
import type { CountingMeter } from '../../../../../registry/registry.ts';
import type { Meter } from '../../../../../registry/schema.ts';
import { metricInput, WEEK_START_MS } from '../../../../support/metric-input.ts';
import { demoRegistry } from '../../../../support/registry.ts';
import { partOf, words } from '../factors.ts';

const registry = await demoRegistry();

type KwhAt = (hour: number, day: number) => number | null;

function hourly(kwhAt: KwhAt): AgencyConsumption[] {
  return Array.from({ length: 7 * 24 }, (_, i) => {
    const value = kwhAt(i % 24, Math.floor(i / 24));
    const share = value === null ? 0 : 1;
    return {
      ...{ agencyId: 'a', carrier: 'electricity', item: '01000', resolution: 'hour' },
      startMs: WEEK_START_MS + i * HOUR_MS,
      ...{ value, coverage: share, manual: 0, estimated: 0, known: share, class: 'measured' },
      ...{ flags: [], ruleVersion: 1, revision: 0 },
    } as AgencyConsumption;
  });
}

/** Hours from the grid, and from the roof where the case has one. */
function week(grid: KwhAt, solar?: KwhAt, exported?: KwhAt): MetricInput {
  const amounts = {
    '01000': 1,
    ...(solar ? { '13000': 1 } : {}),
    ...(exported ? { export: 1 } : {}),
  };
  const hours: MetricInput['hours'] = (carrier, item) => {
    const of = carrier === 'solar' ? solar : item === 'export' ? exported : grid;
    return of ? hourly(of) : [];
  };
  return metricInput({ amounts, overrides: { hours } });
}

const OFFICE: KwhAt = (hour) => (hour >= 8 && hour < 18 ? 100 : 12);

describe('sub-items', () => {
  const amounts = { '01000': 800, '13000': 250, export: 50, '01A00': 400, '01B00': 300 };

  it('are told with what no meter tells apart', () => {
    // Used: 800 + 250 − 50 = 1000; 400 and 300 have a meter.
    const outcome = unmeteredElectricity.compute(metricInput({ amounts }));
    expect(outcome.value).toBeCloseTo(30, 9);
    expect(partOf(outcome, '照明插座用电')).toBeCloseTo(40, 9);
    expect(partOf(outcome, '空调用电')).toBeCloseTo(30, 9);
    expect(partOf(outcome, '未注明')).toBeCloseTo(30, 9);
    expect(words(outcome)).toBe(
      '动力用电没有分项表计，计入未注明|特殊用电没有分项表计，计入未注明',
    );
  });

  it('have no figure while a metered one or the generation is unknown', () => {
    for (const item of ['01B00', '13000', 'export', '01000']) {
      const input = metricInput({ amounts: { ...amounts, [item]: null } });
      expect(unmeteredElectricity.compute(input).value).toBeNull();
    }
  });

  it('let special use be taken off the electricity per area', () => {
    const outcome = electricityPerArea.compute(
      metricInput({ amounts: { '01000': 1000, '01D00': 400 } }),
    );
    expect(outcome.value).toBeCloseTo(0.5, 12);
    expect(partOf(outcome, '不含特殊用电（面积未扣减）')).toBeCloseTo(0.3, 12);
  });
});

describe('base load', () => {
  it('compares nights with working hours of working days, and is graded by a vendor’s guide', () => {
    // The weekend is left out, whatever it used: 12 kW by 100 kW.
    const outcome = baseLoadRatio.compute(week((hour, day) => (day > 4 ? 500 : OFFICE(hour, day))));
    expect(outcome.value).toBeCloseTo(12, 9);
    expect(outcome.grade).toBeUndefined();
    const agency = registry.agency('baiyan-fy');
    const { quota } = factsAt(registry, { agency, buildings: [] }, WEEK_START_MS);
    const graded = (night: number) => {
      const input = week((hour) => (hour >= 8 && hour < 18 ? 100 : night));
      return baseLoadRatio.compute({ ...input, quota }).grade?.id;
    };
    expect([15, 16, 30, 31].map(graded)).toEqual(['usual', 'raised', 'raised', 'alarm']);
  });

  it('counts the roof: what it gave by day was used too', () => {
    const solar: KwhAt = (hour) => (hour >= 8 && hour < 18 ? 60 : 0);
    const exported: KwhAt = (hour) => (hour >= 8 && hour < 18 ? 10 : 0);
    const grid: KwhAt = (hour) => (hour >= 8 && hour < 18 ? 50 : 12);
    // 50 + 60 − 10 by day. Control: the grid alone would say 24 %.
    expect(baseLoadRatio.compute(week(grid, solar, exported)).value).toBeCloseTo(12, 9);
    expect(baseLoadRatio.compute(week(grid)).value).toBeCloseTo(24, 9);
    // 118 of 168 hours are off: 12 kWh in 118, 100 kWh in 50.
    expect(offHoursShare.compute(week(grid, solar, exported)).value).toBeCloseTo(
      ((118 * 12 + 20 * 88) / (98 * 12 + 70 * 100)) * 100,
      9,
    );
    const dark: KwhAt = () => null;
    expect(baseLoadRatio.compute(week(grid, dark, exported)).value).toBeNull();
  });

  it('has no figure without working days or without a load by day', () => {
    const idle = baseLoadRatio.compute(week(() => 0));
    expect(words(idle)).toBe('工作时间没有用电');
    const free = { ...week(OFFICE), isWorkday: () => false };
    expect(words(baseLoadRatio.compute(free))).toBe('本期没有可比的工作日');
  });
});

describe('load factor', () => {
  it('is the mean by the peak hour, which it names', () => {
    const outcome = loadFactor.compute(week((hour, day) => (day === 2 && hour === 10 ? 200 : 50)));
    // (167 × 50 + 200) / 168 / 200.
    expect(outcome.value).toBeCloseTo((((167 * 50 + 200) / 168) * 100) / 200, 9);
    expect(partOf(outcome, '最大小时平均功率（2026-10-14 10:00）')).toBe(200);
  });

  it('has none without a load, or with too few hours', () => {
    expect(loadFactor.compute(week(() => 0)).value).toBeNull();
    expect(loadFactor.compute(week((hour) => (hour < 3 ? null : 10))).value).toBeNull();
  });
});

describe('renewable share', () => {
  it('has no value while the feed-in is unknown', () => {
    const known = metricInput({ amounts: { '01000': 900, '13000': 150, export: 50 } });
    expect(renewableShare.compute(known).value).toBeCloseTo(10, 9);
    const unknown = metricInput({ amounts: { '01000': 900, '13000': 150, export: null } });
    expect(words(renewableShare.compute(unknown))).toBe('上网电量未知');
  });
});

describe('data room', () => {
  function meter(id: string, item: string, more: Partial<Meter> = {}): CountingMeter {
    return { id, item, name: { zh: id, en: id }, ...more } as Meter as CountingMeter;
  }
  const amount = (value: number | null, known = 1) => ({
    ...{ value, coverage: known, manual: 0, estimated: 0, known },
  });
  function rooms(rows: ReturnType<MetricInput['meterAmounts']>) {
    return dataRoomEfficiency.compute(metricInput({ overrides: { meterAmounts: () => rows } }));
  }
  const ROOM = { meter: meter('room', '01D10', { parent: 'main' }), amount: amount(1500) };
  const RACKS = { meter: meter('racks', '01D10', { parent: 'room' }), amount: amount(1000) };

  it('is the sum of rooms by the sum of their equipment', () => {
    const second = [
      { meter: meter('room-2', '01D10'), amount: amount(900) },
      { meter: meter('racks-2', '01D10', { parent: 'room-2' }), amount: amount(500) },
    ];
    const main = { meter: meter('main', '01000'), amount: amount(9000) };
    // 2400 / 1500: no mean of 1.5 and 1.8.
    expect(rooms([main, ROOM, RACKS, ...second]).value).toBeCloseTo(1.6, 12);
  });

  it('leaves out rooms without a meter of their equipment, and those of another tenant', () => {
    const bare = { meter: meter('bare', '01D10'), amount: amount(400) };
    const outcome = rooms([ROOM, RACKS, bare]);
    expect(outcome.value).toBeCloseTo(1.5, 12);
    expect(words(outcome)).toBe('bare之下没有 IT 设备表，未计入');
    const others = [ROOM, RACKS].map(({ meter: of, amount: value }) => ({
      meter: { ...of, agency: 'other' },
      amount: value,
    }));
    expect(rooms(others).value).toBeNull();
    expect(rooms([bare]).value).toBeNull();
  });

  it('has no figure with gaps or without a load', () => {
    expect(rooms([ROOM, { ...RACKS, amount: amount(1000, 0.89) }]).value).toBeNull();
    expect(rooms([ROOM, { ...RACKS, amount: amount(0) }]).value).toBeNull();
  });
});
