/** A25-18: what retrofits saved, verified against a baseline under equal conditions; the rest is told beside it. */
import { CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome, type MetricPart } from '../metric.ts';
import {
  comparedShare,
  energyRetrofits,
  type SavingCase,
  savingCases,
  savingParts,
  savingReasons,
  savingTerms,
  verifiedSaving,
} from '../parts/retrofits.ts';
import { factorTerm, insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';
import type { MetricTerm } from '../term.ts';

interface Weight {
  readonly perUnit: number;
  readonly term: MetricTerm;
}

/** A sum of verified savings by a weight of their carrier; one without leaves no sum. */
function weighted(
  cases: readonly SavingCase[],
  weightOf: (one: SavingCase) => Weight | undefined,
): { readonly value: number | null; readonly terms: readonly MetricTerm[] } {
  let value: number | null = 0;
  const terms = new Map<string, MetricTerm>();
  for (const one of cases) {
    const weight = weightOf(one);
    value = value === null || !weight ? null : value + (verifiedSaving(one) ?? 0) * weight.perUnit;
    if (weight) terms.set(weight.term.source, weight.term);
  }
  return { value, terms: [...terms.values()] };
}

function factorWeight(input: MetricInput, kind: 'standard-coal' | 'co2') {
  return ({ saving: { carrier } }: SavingCase): Weight | undefined => {
    const factor = input.factor(kind, carrier);
    return factor && { perUnit: factor.value, term: factorTerm(factor) };
  };
}

function priceWeight(input: MetricInput) {
  return ({ saving: { carrier } }: SavingCase): Weight | undefined => {
    const price = input.price(carrier);
    const { zh, en, unit } = CARRIERS[carrier];
    return (
      price && {
        perUnit: price.value,
        term: {
          name: { zh: `${zh}价`, en: `${en} price` },
          value: price.value,
          unit: `元/${unit}`,
          source: price.source,
        },
      }
    );
  };
}

function gradeOf(verified: number, all: number): MetricOutcome['grade'] {
  const source = `${SOURCES.gbt28750.text}；${SOURCES.ipmvp.text}；${SOURCES.calTrack.text}`;
  return verified === all
    ? { id: 'verified', name: { zh: '全部核定', en: 'all verified' }, source }
    : { id: 'partly-verified', name: { zh: '部分核定', en: 'some verified' }, source };
}

export const retrofitSaving = defineMetric({
  id: 'retrofit-saving',
  code: 'A25-18',
  clause: CLAUSES.retrofit,
  name: { zh: '节能改造核定节能量', en: 'Verified saving of retrofits' },
  unit: 'kgce',
  formula:
    'Σ 核定节能量 × 折标系数；核定节能量 = 基准模型在报告期条件下的能耗 + 非常规调整 − 报告期能耗',
  inputs: [
    {
      zh: '台账节能改造（开工日、见效日、表计或建筑）、改造前 365 天的逐日用量和气温',
      en: 'retrofits of the ledger with dates and meters, days and temperatures of the 365 days before',
    },
  ],
  source: SOURCES.calTrack,
  insufficient: {
    zh: '没有节能改造、没有一项通过核定，或缺系数',
    en: 'no retrofit, none that could be verified, or no factor',
  },
  better: 'higher',
  compute(input) {
    const retrofits = energyRetrofits(input);
    const cases = savingCases(retrofits).filter(({ saving }) => saving.carrier !== 'water');
    const bare = retrofits
      .filter(({ savings }) => savings.length === 0)
      .map(({ entry: { body } }) => ({
        zh: `${body.name}：周围没有表计，无法计量`,
        en: `${body.name}: no meter around it, nothing is measured`,
      }));
    if (cases.length === 0) {
      const none = {
        zh: '台账中没有节能改造（节能节水改造）',
        en: 'the ledger holds no energy retrofit: enter them under retrofits',
      };
      return { ...insufficient(none), reasons: bare.length > 0 ? bare : [none] };
    }
    const verified = cases.filter((one) => verifiedSaving(one) !== undefined);
    const reasons = [...cases.flatMap(savingReasons), ...bare];
    const terms = cases.flatMap(savingTerms);
    const parts = cases.flatMap(savingParts);
    if (verified.length === 0) {
      return { value: null, completeness: 0, terms, reasons, parts };
    }
    const completeness = Math.min(...verified.map(comparedShare));
    const coal = weighted(verified, factorWeight(input, 'standard-coal'));
    const carbon = weighted(verified, factorWeight(input, 'co2'));
    const money = weighted(verified, priceWeight(input));
    const total = (zh: string, en: string, figure: [number | null, string]): MetricPart => ({
      name: { zh: `核定合计：${zh}`, en: `verified, ${en}` },
      value: figure[0],
      unit: figure[1],
      completeness,
    });
    const noFactor = { zh: '缺少折标准煤系数', en: 'no factor of standard coal' };
    const grade = gradeOf(verified.length, cases.length + bare.length);
    return {
      value: coal.value,
      completeness,
      terms: [...terms, ...coal.terms, ...carbon.terms, ...money.terms],
      reasons: coal.value === null ? [noFactor, ...reasons] : reasons,
      parts: [
        total('二氧化碳', 'CO₂', [carbon.value, 'kgCO₂']),
        total('费用（按登记价格）', 'money, by the price on file', [money.value, '元']),
        ...parts,
      ],
      ...(grade ? { grade } : {}),
    };
  },
});
