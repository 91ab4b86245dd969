/** Article 25, heating: the rest of a building, heat by area, and heat under a typical year's weather. */
import { describe, expect, it } from 'vitest';
import { heatingPerArea } from '../../../../../api/metrics/article-25/heating-per-area.ts';
import { heatingPerAreaNormalised } from '../../../../../api/metrics/article-25/heating-per-area-normalised.ts';
import { nonHeatingPerArea } from '../../../../../api/metrics/article-25/non-heating-per-area.ts';
import type { DegreeDays, MetricInput, UnitAccount } from '../../../../../api/metrics/input.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { type AccountFacts, metricInput } from '../../../../support/metric-input.ts';
import { factor, partOf, words } from '../factors.ts';

const WEEK = metricInput().elapsed;
const DAYS = { firstDay: '2026-10-12', lastDay: '2026-10-18' };
const NORMAL = { hdd18: 4186, cdd26: 11, source: 'test', verified: false };
const COLD: DegreeDays = { hdd18: 4600, cdd26: 20, coverage: 1, normal: NORMAL };

function account(facts: AccountFacts['amounts'], overrides: Partial<MetricInput> = {}) {
  return metricInput({ amounts: facts ?? {}, overrides: { factor, ...overrides } });
}

const coal = (use: 'heating' | 'canteen', quantity: number) =>
  entry('other-fuel', WEEK, { agency: 'a', ...DAYS, fuel: 'coal', use, quantity, unit: 't' });

describe('energy without heating', () => {
  it('leaves out heat, heating fuel and vehicles, and keeps the rest', () => {
    const petrol = entry('vehicle-fuel', WEEK, {
      agency: 'a',
      ...DAYS,
      fuel: 'gasoline',
      litres: 1000,
    });
    const records = recordsFrom([coal('heating', 5), coal('canteen', 0.5), petrol]);
    const input = account({ '01000': 10_000, '04000': 400 }, { records });
    // 10 000 × 0.1229 + 0.5 t × 714.3 over 2000 m².
    expect(nonHeatingPerArea.compute(input).value).toBeCloseTo((1229 + 357.15) / 2000, 9);
  });

  it('does not need heat, which may be billed by area, but says when gas may be heating', () => {
    expect(nonHeatingPerArea.compute(account({ '01000': 10_000 }))).toMatchObject({
      value: 0.6145,
      reasons: [],
    });
    const gas = nonHeatingPerArea.compute(account({ '01000': 10_000, '03000': 100 }));
    expect(gas.value).toBeCloseTo((1229 + 133) / 2000, 9);
    expect(words(gas)).toContain('若用燃气供暖');
    expect(nonHeatingPerArea.compute(account({ '01000': null })).value).toBeNull();
  });
});

describe('heat per heated area', () => {
  it('is told in GJ and in standard coal', () => {
    const outcome = heatingPerArea.compute(account({ '04000': 450 }));
    expect(outcome.value).toBeCloseTo(0.3, 12);
    // 0.3 GJ × 34.12 kgce/GJ.
    expect(partOf(outcome, '供暖能耗（折标煤）')).toBeCloseTo(10.236, 9);
  });

  it('is unknown, not zero, where heat is billed by area', () => {
    const bill = entry('bill', WEEK, {
      agency: 'a',
      carrier: 'heat',
      ...DAYS,
      quantity: 2000,
      unit: 'm²',
      costYuan: 50_000,
    });
    const outcome = heatingPerArea.compute(account({}, { records: recordsFrom([bill]) }));
    expect(outcome.value).toBeNull();
    expect(words(outcome)).toContain('按面积计费');
    // Control: without the bill it is a meter that lacks.
    expect(words(heatingPerArea.compute(account({})))).toContain('没有计量');
  });

  it('is of the area with a meter, and of none when more than a tenth has none', () => {
    const unit = (id: string, heatedM2: number, gj: number | undefined): UnitAccount => ({
      agency: {
        ...metricInput().agency,
        ...{ id, name: { zh: id, en: id } },
        areas: [{ from: '2020-01-01', floorM2: heatedM2, heatedM2 }],
      },
      total: (carrier) =>
        carrier === 'heat' && gj !== undefined
          ? { value: gj, coverage: 1, manual: 0, estimated: 0, known: 1 }
          : undefined,
    });
    const over = (blindM2: number) => {
      const units = [unit('甲', 1500 - blindM2, 420), unit('乙', blindM2, undefined)];
      return heatingPerArea.compute(account({ '04000': 420 }, { units }));
    };
    // 420 GJ over 1400 of 1500 m², and over 1300, which is less than nine tenths.
    expect(over(100)).toMatchObject({ completeness: 1400 / 1500 });
    expect(over(100).value).toBeCloseTo(0.3, 12);
    expect(words(over(100))).toBe('热力无计量，未计入：乙');
    expect(over(200).value).toBeNull();
    expect(words(over(200))).toBe('热力无计量，未计入：乙');
  });

  it('keeps its GJ without a coal factor', () => {
    const outcome = heatingPerArea.compute(account({ '04000': 450 }, { factor: () => undefined }));
    expect(outcome.value).toBeCloseTo(0.3, 12);
    expect(outcome.parts).toBeUndefined();
  });
});

describe('heat of a typical year', () => {
  const year = (weather: DegreeDays | undefined, more: Partial<MetricInput> = {}) =>
    heatingPerAreaNormalised.compute(
      account({ '04000': 450 }, { periodKind: 'year', ended: true, weather, ...more }),
    );

  it('is scaled by degree days, and names what they rest on', () => {
    const outcome = year(COLD);
    // 450 GJ × 34.12 / 1500 m² × 4186 / 4600: the year was colder than usual.
    expect(outcome.value).toBeCloseTo((10.236 * 4186) / 4600, 9);
    expect(outcome.terms.find(({ source }) => source.includes('normals'))?.verified).toBe(false);
    expect(outcome.reasons).toEqual([]);
  });

  it('has no value without a typical year, with too few temperatures, or before the year ends', () => {
    expect(year(undefined).value).toBeNull();
    expect(words(year({ ...COLD, normal: undefined }))).toContain('stations.normals');
    expect(year({ ...COLD, coverage: 0.899 }).value).toBeNull();
    expect(year({ ...COLD, hdd18: 0 }).value).toBeNull();
    expect(words(year(COLD, { ended: false }))).toContain('年度结束后');
    expect(year(COLD, { periodKind: 'month' }).value).toBeNull();
    const partial = year({ ...COLD, coverage: 0.95 });
    expect(partial).toMatchObject({ completeness: 0.95 });
    expect(words(partial)).toContain('95.0%');
  });
});
