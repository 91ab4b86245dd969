/** Savings of retrofits as figures: planned, measured and verified side by side, never one for another. */
import { CARRIERS } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import type { MetricInput, RetrofitAccount, RetrofitSaving } from '../input.ts';
import type { MetricPart } from '../metric.ts';
import type { MetricTerm } from '../term.ts';

/** Retrofits that are to save energy, and not water. */
export function energyRetrofits({ retrofits }: Pick<MetricInput, 'retrofits'>): RetrofitAccount[] {
  return retrofits.filter(({ entry }) => !entry.body.measure.startsWith('water'));
}

export interface SavingCase {
  readonly retrofit: RetrofitAccount;
  readonly saving: RetrofitSaving;
  /** The retrofit, and its carrier. */
  readonly name: Text;
}

/** Every retrofit by each carrier its meters measure. */
export function savingCases(retrofits: readonly RetrofitAccount[]): SavingCase[] {
  return retrofits.flatMap((retrofit) =>
    retrofit.savings.map((saving) => {
      const { zh, en } = CARRIERS[saving.carrier];
      const { name } = retrofit.entry.body;
      return { retrofit, saving, name: { zh: `${name}（${zh}）`, en: `${name} (${en})` } };
    }),
  );
}

/** The saving of the elapsed period that was verified, in the carrier's unit; `undefined` when it was not. */
export function verifiedSaving({ saving: { report } }: SavingCase): number | undefined {
  return report.verified.kind === 'verified' ? report.verified.calculation.saving : undefined;
}

/** Share of the days after the measure that could be compared, 0…1. */
export function comparedShare({ saving: { report } }: SavingCase): number {
  const { calculation } = report.verified;
  return calculation?.gates.find(({ id }) => id === 'reporting-coverage')?.value ?? 0;
}

const PLANNED: Text = { zh: '计划（全年）', en: 'planned, a year' };
const MEASURED: Text = { zh: '计量（未校正）', en: 'measured, not adjusted' };
const VERIFIED: Text = { zh: '核定', en: 'verified' };
const BAND: Text = { zh: '核定不确定度（90 %，FSU）', en: 'half width of verified (90 %, FSU)' };

function named({ name }: SavingCase, what: Text): Text {
  return { zh: `${name.zh}：${what.zh}`, en: `${name.en}: ${what.en}` };
}

/** What was promised, metered and verified of one case; what is not there is `null`. */
export function savingParts(one: SavingCase): MetricPart[] {
  const { retrofit, saving } = one;
  const { planned, measured, verified } = saving.report;
  const { unit } = CARRIERS[saving.carrier];
  const completeness = comparedShare(one);
  const part = (what: Text, value: number | null, of: string = unit): MetricPart => ({
    name: named(one, what),
    value,
    unit: of,
    completeness,
  });
  const band = verified.kind === 'verified' ? verified.calculation.band : null;
  return [
    part(PLANNED, planned?.saving ?? null, retrofit.entry.body.savingUnit ?? unit),
    part(MEASURED, measured?.saving ?? null),
    part(VERIFIED, verifiedSaving(one) ?? null),
    part(BAND, band),
  ];
}

/** What the verification rests on, or how far it got: E_r, E_a, and how well the model tells. */
export function savingTerms(one: SavingCase): MetricTerm[] {
  const { saving, retrofit } = one;
  const { calculation } = saving.report.verified;
  const { unit } = CARRIERS[saving.carrier];
  const source = `ledger retrofit：${retrofit.entry.id}；${saving.source}`;
  const term = (what: Text, value: number | null, of: string) => ({
    name: named(one, what),
    value,
    unit: of,
    source,
  });
  if (!calculation) return [term({ zh: '基准', en: 'baseline' }, null, unit)];
  const { reportingUse, adjustedUse, quality, fractionalUncertainty } = calculation;
  const percent = (share: number | null) => (share === null ? null : share * 100);
  return [
    term({ zh: '报告期能耗 E_r', en: 'use of the period, E_r' }, reportingUse, unit),
    term({ zh: '校准能耗 E_a', en: 'adjusted baseline, E_a' }, adjustedUse, unit),
    term({ zh: 'CV(RMSE)', en: 'CV(RMSE)' }, percent(quality.cvRmseAdjusted), '%'),
    term({ zh: 'NMBE', en: 'NMBE' }, percent(quality.nmbe), '%'),
    term(
      { zh: '节能量相对不确定度', en: 'FSU of the saving' },
      percent(fractionalUncertainty),
      '%',
    ),
  ];
}

/** Why a case is not verified, or what to know of one that is. */
export function savingReasons(one: SavingCase): Text[] {
  const { verified } = one.saving.report;
  const texts =
    verified.kind === 'verified'
      ? verified.remarks
      : verified.reasons.map(({ zh, en }) => ({ zh: `未核定：${zh}`, en: `not verified: ${en}` }));
  const { effectiveFrom, wholePeriod } = one.saving;
  const since = {
    zh: `自 ${effectiveFrom} 起计`,
    en: `counted from ${effectiveFrom} on`,
  };
  const begun = effectiveFrom !== undefined && !wholePeriod && verified.kind === 'verified';
  return [...(begun ? [since] : []), ...texts].map((text) => named(one, text));
}
