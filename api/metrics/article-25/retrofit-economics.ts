/** A25-09: whether retrofits pay: investment by a year's verified saving, cost of a saved kgce, net present value. */
import { CLAUSES } from '../clauses.ts';
import type { MetricInput, RetrofitAccount } from '../input.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { comparedShare, energyRetrofits, savingCases, verifiedSaving } from '../parts/retrofits.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';
import type { MetricTerm } from '../term.ts';

/** A retrofit whose year is verified, priced and paid for. */
interface Paying {
  readonly retrofit: RetrofitAccount;
  readonly investmentYuan: number;
  /** Of the year, at the price on file. */
  readonly savedYuan: number;
  readonly savedKgce: number | undefined;
  readonly completeness: number;
  readonly terms: readonly MetricTerm[];
}

/** Or what it lacks. */
function payingOf(
  input: MetricInput,
  retrofit: RetrofitAccount,
): Paying | { zh: string; en: string } {
  const { name, investmentYuan } = retrofit.entry.body;
  const lacks = (zh: string, en: string) => ({ zh: `${name}：${zh}`, en: `${name}: ${en}` });
  if (investmentYuan === undefined) return lacks('台账没有投资额', 'no investment in the ledger');
  const cases = savingCases([retrofit]);
  if (cases.length === 0) return lacks('周围没有表计', 'no meter around it');
  if (!cases.every(({ saving }) => saving.wholePeriod)) {
    return lacks('未在全年见效', 'not effective for the whole year');
  }
  const terms: MetricTerm[] = [
    {
      name: { zh: `${name}：投资`, en: `${name}: investment` },
      value: investmentYuan,
      unit: '元',
      source: `ledger retrofit：${retrofit.entry.id}`,
    },
  ];
  let savedYuan = 0;
  let savedKgce: number | undefined = 0;
  for (const one of cases) {
    const { carrier, source } = one.saving;
    const saved = verifiedSaving(one);
    const price = input.price(carrier);
    if (saved === undefined) return lacks('节约量未核定', 'its saving is not verified');
    if (!price) return lacks('登记中没有价格（prices）', 'no price in the registry (prices)');
    const factor = input.factor('standard-coal', carrier);
    savedYuan += saved * price.value;
    savedKgce = savedKgce === undefined || !factor ? undefined : savedKgce + saved * factor.value;
    terms.push({
      name: { zh: `${one.name.zh}：核定节约费用`, en: `${one.name.en}: verified saving` },
      value: saved * price.value,
      unit: '元',
      source: `${source}；${price.source}`,
    });
  }
  const completeness = Math.min(...cases.map(comparedShare));
  return { retrofit, investmentYuan, savedYuan, savedKgce, completeness, terms };
}

/** Present value of equal yearly savings, less the investment. */
function netPresentValue({ investmentYuan, savedYuan, retrofit }: Paying): number | null {
  const { lifeYears, discountRate } = retrofit.entry.body;
  if (lifeYears === undefined || discountRate === undefined) return null;
  const rate = discountRate / 100;
  const annuity = rate === 0 ? lifeYears : (1 - (1 + rate) ** -lifeYears) / rate;
  return savedYuan * annuity - investmentYuan;
}

export const retrofitEconomics = defineMetric({
  id: 'retrofit-economics',
  code: 'A25-09',
  clause: CLAUSES.measures,
  name: { zh: '节能改造静态投资回收期', en: 'Simple payback of retrofits' },
  unit: 'a',
  formula: 'Σ 投资 / Σ 全年核定节约费用；净现值 = 年节约费用 × (1 − (1 + r)⁻ⁿ) / r − 投资',
  inputs: [
    {
      zh: '台账节能改造（投资、使用年限 n、折现率 r）、全年核定节约量、价格',
      en: 'retrofits of the ledger (investment, life n, discount rate r), a year’s verified saving, prices',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有投资、价格和全年核定节约量俱全的改造，或年度尚未结束',
    en: 'no retrofit with investment, price and a whole year’s verified saving, or the year still runs',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    if (!input.ended || input.periodKind !== 'year') {
      return insufficient({
        zh: '年度结束后才有全年节约量',
        en: 'a whole year’s saving is there once the year has ended',
      });
    }
    const found = energyRetrofits(input).map((retrofit) => payingOf(input, retrofit));
    const reasons = found.flatMap((one) => ('zh' in one ? [one] : []));
    const paying = found.flatMap((one) => ('zh' in one ? [] : [one]));
    const [reason] = reasons;
    if (paying.length === 0) {
      const none = { zh: '台账中没有节能改造', en: 'the ledger holds no retrofit' };
      return { ...insufficient(none), reasons: reason ? reasons : [none] };
    }
    const sum = (pick: (one: Paying) => number) =>
      paying.reduce((total, one) => total + pick(one), 0);
    const invested = sum(({ investmentYuan }) => investmentYuan);
    const completeness = Math.min(...paying.map((one) => one.completeness));
    const kgce = paying.every(({ savedKgce }) => savedKgce !== undefined)
      ? sum(({ savedKgce }) => savedKgce ?? 0)
      : 0;
    const part = (zh: string, en: string, figure: [number | null, string]): MetricPart => ({
      name: { zh, en },
      value: figure[0],
      unit: figure[1],
      completeness,
    });
    const parts = [
      part('投资 / 年核定节约标准煤', 'investment by a year’s saved coal', [
        kgce > 0 ? invested / kgce : null,
        '元/kgce',
      ]),
      ...paying.flatMap((one) => {
        const { name } = one.retrofit.entry.body;
        return [
          part(`${name}：回收期`, `${name}: payback`, [one.investmentYuan / one.savedYuan, 'a']),
          part(`${name}：净现值`, `${name}: net present value`, [netPresentValue(one), '元']),
        ];
      }),
    ];
    return {
      value: invested / sum(({ savedYuan }) => savedYuan),
      completeness,
      terms: paying.flatMap(({ terms }) => terms),
      reasons,
      parts,
    };
  },
});
