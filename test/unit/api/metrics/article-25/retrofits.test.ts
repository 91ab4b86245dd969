/** Article 25, retrofits: what was verified, whether it pays, how much area, and contracts. */
import { describe, expect, it } from 'vitest';
import type { SavingsReport, VerifiedSaving } from '../../../../../api/baseline/savings.ts';
import type { BodyOf } from '../../../../../api/ledger/ledger.ts';
import { energyContracts } from '../../../../../api/metrics/article-25/energy-contracts.ts';
import { retrofitEconomics } from '../../../../../api/metrics/article-25/retrofit-economics.ts';
import { retrofitSaving } from '../../../../../api/metrics/article-25/retrofit-saving.ts';
import { retrofittedArea } from '../../../../../api/metrics/article-25/retrofitted-area.ts';
import type {
  MetricInput,
  RetrofitAccount,
  RetrofitSaving,
} from '../../../../../api/metrics/input.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { factor, partOf, words } from '../factors.ts';

const WEEK = metricInput().elapsed;

/** A saving of a thousand units, known to a tenth, over nine tenths and more of the days. */
function verified(saving: number): VerifiedSaving {
  return {
    kind: 'verified',
    remarks: [],
    calculation: {
      ...{ option: 'C', reportingUse: 4000, routineUse: 4000 + saving, nonRoutine: 0 },
      ...{ adjustedUse: 4000 + saving, es: -saving, saving, band: saving / 10 },
      ...{ fractionalUncertainty: 0.1, extrapolatedShare: 0 },
      quality: {
        ...{ rows: 365, parameters: 2, mean: 11, variance: 1, rmse: 1, rmseAdjusted: 1 },
        ...{ cvRmse: 0.09, cvRmseAdjusted: 0.1, nmbe: 0.001, rSquared: 0.9 },
        ...{ autocorrelation: 0, effectiveRows: 365 },
      },
      gates: [
        {
          ...{ id: 'reporting-coverage', value: 0.98, limit: 0.9, passed: true },
          ...{ source: 't', verified: true, name: { zh: '可比', en: 'compared' } },
        },
      ],
    },
  };
}

const REFUSED: VerifiedSaving = {
  kind: 'not-verified',
  reasons: [{ zh: '缺用量', en: 'no amounts' }],
  calculation: undefined,
  remarks: [],
};

function report(of: VerifiedSaving, planned?: number, measured?: number): SavingsReport {
  return {
    planned: planned === undefined ? undefined : { kind: 'planned', saving: planned, source: 't' },
    measured:
      measured === undefined
        ? undefined
        : { kind: 'measured', baselineUse: measured, reportingUse: 0, saving: measured },
    verified: of,
    events: [],
  };
}

interface Case {
  readonly body?: Partial<BodyOf<'retrofit'>>;
  readonly savings?: readonly (Partial<RetrofitSaving> & { readonly report: SavingsReport })[];
}

function retrofit({ body = {}, savings = [] }: Case): RetrofitAccount {
  return {
    entry: entry('retrofit', WEEK, {
      ...{ agency: 'a', name: '照明', measure: 'lighting', startedOn: '2025-03-01' },
      ...body,
    }),
    savings: savings.map((saving) => ({
      ...{ carrier: 'electricity', source: 'buildings x', effectiveFrom: '2025-04-01' },
      ...{ wholePeriod: true, ...saving },
    })),
  };
}

function input(retrofits: readonly RetrofitAccount[], more: Partial<MetricInput> = {}) {
  const price: MetricInput['price'] = (carrier) =>
    carrier === 'electricity' ? { value: 0.5, source: 'test', ids: [] } : undefined;
  const year = { periodKind: 'year', ended: true } as const;
  return metricInput({ overrides: { factor, price, ...year, retrofits, ...more } });
}

describe('saving of retrofits', () => {
  it('sums what was verified, and shows plan and meter beside it', () => {
    const outcome = retrofitSaving.compute(
      input([
        retrofit({
          body: { savingPerYear: 1500, savingUnit: 'kWh' },
          savings: [{ report: report(verified(1000), 1500, 1200) }],
        }),
        retrofit({
          body: { name: '外墙', measure: 'envelope' },
          savings: [{ carrier: 'heat', report: report(verified(10)) }],
        }),
      ]),
    );
    // 1000 kWh × 0.1229 + 10 GJ × 34.12.
    expect(outcome.value).toBeCloseTo(122.9 + 341.2, 9);
    expect(partOf(outcome, '照明（电）：计划（全年）')).toBe(1500);
    expect(partOf(outcome, '照明（电）：计量（未校正）')).toBe(1200);
    expect(partOf(outcome, '照明（电）：核定')).toBe(1000);
    expect(partOf(outcome, '照明（电）：核定不确定度（90 %，FSU）')).toBe(100);
    expect(partOf(outcome, '核定合计：二氧化碳')).toBeCloseTo(647.9 + 1100, 9);
    // Heat has no price: no sum of money rather than that of a part.
    expect(partOf(outcome, '核定合计：费用（按登记价格）')).toBeNull();
    expect(outcome).toMatchObject({ completeness: 0.98, grade: { id: 'verified' } });
    const term = (zh: string) => outcome.terms.find(({ name }) => name.zh === `照明（电）：${zh}`);
    expect(term('CV(RMSE)')?.value).toBeCloseTo(10, 9);
    expect(term('NMBE')?.value).toBeCloseTo(0.1, 9);
    expect(term('节能量相对不确定度')?.value).toBeCloseTo(10, 9);
    expect(term('校准能耗 E_a')).toMatchObject({
      value: 5000,
      source: expect.stringContaining('x'),
    });
  });

  it('never fills what was not verified from plan or meter', () => {
    const open = { report: report(REFUSED, 1500, 1200) };
    const outcome = retrofitSaving.compute(input([retrofit({ savings: [open] })]));
    expect(outcome.value).toBeNull();
    expect(partOf(outcome, '照明（电）：核定')).toBeNull();
    expect(partOf(outcome, '照明（电）：计量（未校正）')).toBe(1200);
    expect(words(outcome)).toBe('照明（电）：未核定：缺用量');
    const both = retrofitSaving.compute(
      input([
        retrofit({ savings: [{ report: report(verified(1000)) }] }),
        retrofit({ body: { name: '空调' }, savings: [open] }),
        retrofit({ body: { name: '机房' } }),
      ]),
    );
    expect(both.value).toBeCloseTo(122.9, 9);
    expect(both.grade?.id).toBe('partly-verified');
    expect(words(both)).toBe('空调（电）：未核定：缺用量|机房：周围没有表计，无法计量');
  });

  it('leaves out water, has no sum without a factor, and says since when it counts', () => {
    const tap = retrofit({
      body: { measure: 'water-fixtures' },
      savings: [{ carrier: 'water', report: report(verified(50)) }],
    });
    expect(words(retrofitSaving.compute(input([tap])))).toContain('没有节能改造');
    const late = retrofit({
      savings: [{ wholePeriod: false, report: report(verified(1000)) }],
    });
    expect(words(retrofitSaving.compute(input([late])))).toBe('照明（电）：自 2025-04-01 起计');
    const bare = retrofitSaving.compute(input([late], { factor: () => undefined }));
    expect(bare.value).toBeNull();
    expect(words(bare)).toContain('缺少折标准煤系数');
  });
});

describe('economics', () => {
  const paid = (body: Partial<BodyOf<'retrofit'>>, saving: number) =>
    retrofit({
      body: { investmentYuan: 2000, ...body },
      savings: [{ report: report(verified(saving), 9999) }],
    });

  it('divides the sum of investments by that of verified savings', () => {
    const outcome = retrofitEconomics.compute(
      input([paid({ lifeYears: 10, discountRate: 5 }, 1000), paid({ name: '空调' }, 3000)]),
    );
    // 4000 yuan by 4000 kWh × 0.5; no mean of 4 and 1.33 years.
    expect(outcome.value).toBeCloseTo(2, 12);
    expect(partOf(outcome, '投资 / 年核定节约标准煤')).toBeCloseTo(4000 / 491.6, 9);
    expect(partOf(outcome, '照明：回收期')).toBeCloseTo(4, 12);
    // 500 yuan a year for ten years at 5 %: 500 × 7.721735 − 2000.
    expect(partOf(outcome, '照明：净现值')).toBeCloseTo(1860.8675, 3);
    expect(partOf(outcome, '空调：净现值')).toBeNull();
    const free = retrofitEconomics.compute(input([paid({ lifeYears: 10, discountRate: 0 }, 1000)]));
    expect(partOf(free, '照明：净现值')).toBeCloseTo(3000, 9);
  });

  it('names what a retrofit lacks instead of guessing it', () => {
    const outcome = retrofitEconomics.compute(
      input([
        paid({}, 1000),
        retrofit({ body: { name: '甲' }, savings: [{ report: report(verified(1)) }] }),
        retrofit({
          body: { name: '乙', investmentYuan: 1 },
          savings: [{ report: report(REFUSED, 9) }],
        }),
        retrofit({
          body: { name: '丙', investmentYuan: 1 },
          savings: [{ wholePeriod: false, report: report(verified(1)) }],
        }),
        retrofit({
          body: { name: '丁', investmentYuan: 1 },
          savings: [{ carrier: 'heat', report: report(verified(1)) }],
        }),
      ]),
    );
    expect(outcome.value).toBeCloseTo(4, 12);
    expect(words(outcome)).toBe(
      '甲：台账没有投资额|乙：节约量未核定|丙：未在全年见效|丁：登记中没有价格（prices）',
    );
  });

  it('has no figure before a year has ended', () => {
    for (const more of [{ ended: false }, { periodKind: 'month' as const }]) {
      expect(retrofitEconomics.compute(input([paid({}, 1000)], more)).value).toBeNull();
    }
  });
});

describe('retrofitted area', () => {
  const done = (body: Partial<BodyOf<'retrofit'>>) =>
    retrofit({ body: { finishedOn: '2026-10-13', ...body } });

  it('counts an area once, whatever was done to it', () => {
    const outcome = retrofittedArea.compute(
      input([
        done({ building: 'x', areaM2: 500 }),
        done({ building: 'x', areaM2: 300, measure: 'hvac' }),
        done({ building: 'y', areaM2: 100, measure: 'envelope', finishedOn: '2020-01-01' }),
      ]),
    );
    // 600 of 2000 m².
    expect(outcome.value).toBeCloseTo(30, 12);
    expect(partOf(outcome, '其中本期竣工')).toBe(500);
    expect(partOf(outcome, '空调通风')).toBe(300);
    expect(partOf(outcome, '围护结构')).toBe(100);
  });

  it('counts neither what is not finished, nor water, nor what has no area', () => {
    const outcome = retrofittedArea.compute(
      input([
        done({ building: 'x', areaM2: 500 }),
        done({ building: 'y', areaM2: 900, finishedOn: '2026-10-19' }),
        done({ building: 'y', areaM2: 900, measure: 'water-network' }),
        done({ building: 'z', name: '控制', measure: 'control' }),
      ]),
    );
    expect(outcome.value).toBeCloseTo(25, 12);
    expect(words(outcome)).toBe('控制未填写改造面积，未计入');
    expect(words(retrofittedArea.compute(input([done({ areaM2: 5000 })])))).toContain('请核对');
    expect(retrofittedArea.compute(input([])).value).toBeNull();
  });
});

describe('contracts', () => {
  const contract = (body: Partial<BodyOf<'emc-project'>> = {}) =>
    entry('emc-project', WEEK, {
      ...{ agency: 'a', name: '托管', resource: 'energy', mode: 'shared', contractor: 't' },
      ...{ firstDay: '2025-01-01', lastDay: '2034-12-31', agencyShare: 20 },
      ...{ guaranteedPerYear: 800, savingUnit: 'kWh', ...body },
    });
  const saved = retrofit({ savings: [{ report: report(verified(1000)) }] });

  it('are counted, with what was guaranteed, verified and shared', () => {
    const outcome = energyContracts.compute(input([saved], { records: recordsFrom([contract()]) }));
    expect(outcome.value).toBe(1);
    expect(partOf(outcome, '托管：承诺年节约量')).toBe(800);
    expect(partOf(outcome, '托管：本期核定节约量')).toBe(1000);
    expect(partOf(outcome, '托管：承诺兑现率')).toBeCloseTo(125, 12);
    // A fifth of 1000 kWh × 0.5.
    expect(partOf(outcome, '托管：本单位分享节约费用')).toBeCloseTo(100, 12);
    const coal = contract({ savingUnit: 'kgce' });
    const inCoal = energyContracts.compute(input([saved], { records: recordsFrom([coal]) }));
    expect(partOf(inCoal, '托管：本期核定节约量')).toBeCloseTo(122.9, 9);
  });

  it('hold no year’s promise against part of a year, and no other’s retrofit against theirs', () => {
    const records = recordsFrom([contract()]);
    const month = energyContracts.compute(input([saved], { records, periodKind: 'month' }));
    expect(partOf(month, '托管：承诺兑现率')).toBeUndefined();
    const before = retrofit({
      body: { startedOn: '2024-01-01' },
      savings: [{ report: report(verified(1000)) }],
    });
    const outcome = energyContracts.compute(input([before], { records }));
    expect(partOf(outcome, '托管：本期核定节约量')).toBeNull();
    expect(words(outcome)).toContain('节约量未核定');
  });

  it('of water are another metric’s, and none is no zero', () => {
    const records = recordsFrom([contract({ resource: 'water' })]);
    expect(energyContracts.compute(input([], { records })).value).toBeNull();
  });
});
