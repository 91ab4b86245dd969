/** A25-16: the part of electricity in all energy used, vehicles included. */
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric } from '../metric.ts';
import { electricityUsed } from '../parts/electricity.ts';
import { energyKgce } from '../parts/energy.ts';
import { recordTerm, sumRecords } from '../parts/records.ts';
import { factorTerm, insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** Without any heat on file in the season, electricity would look like nearly all of it. */
function heatIsMissing(input: MetricInput): boolean {
  return (
    input.heatingDays > 0 &&
    input.total('heat') === undefined &&
    input.total('gas') === undefined &&
    !input.records('other-fuel').some(({ body }) => body.use === 'heating')
  );
}

export const electrification = defineMetric({
  id: 'electrification',
  code: 'A25-16',
  clause: CLAUSES.renewables,
  name: { zh: '终端用能电气化率', en: 'Electricity in energy used' },
  unit: '%',
  formula: '(外购电 + 光伏自用 + 公务车外部充电) × 折标系数 / 综合能耗（含公务用车）',
  inputs: [
    {
      zh: '电、热力、燃气、光伏，其他燃料和公务用车能耗（台账）',
      en: 'electricity, heat, gas, own generation, other fuels and vehicles (ledger)',
    },
  ],
  source: SOURCES.carbonPeak,
  insufficient: {
    zh: '采暖期内没有任何供热数据，或某种能源已知率低于 90 %',
    en: 'no heat on file in the heating season, or a carrier less than 90 % known',
  },
  better: 'higher',
  compute(input) {
    if (heatIsMissing(input)) {
      return insufficient({
        zh: '采暖期内没有热力、燃气表计或供暖燃料台账，占比会偏高，不予给出',
        en: 'no heat or gas meter and no heating fuel in the season: the share would be too high',
      });
    }
    const all = energyKgce(input, { vehicles: 'in' });
    const used = electricityUsed(input);
    if (all.value === null || used.value === null) return all.value === null ? all : used;
    const factor = input.factor('standard-coal', 'electricity');
    if (!factor) return insufficient({ zh: '缺少电的系数', en: 'no factor for electricity' });
    const charged = sumRecords(
      input.records('vehicle-fuel'),
      input.elapsed,
      ({ energyKwh }) => energyKwh,
    );
    const outside = { zh: '公务用车外部充电', en: 'Vehicles charged elsewhere' };
    const terms = [
      ...used.terms,
      recordTerm([outside, 'kWh'], 'vehicle-fuel', charged),
      factorTerm(factor),
      {
        name: { zh: '综合能耗', en: 'comprehensive energy' },
        value: all.value,
        unit: 'kgce',
        source: 'A24-02',
      },
    ];
    if (all.value <= 0) {
      const reason = { zh: '本期没有用能', en: 'no energy was used' };
      return insufficient(reason, terms, all.completeness);
    }
    const kgce = (used.value + (charged.value ?? 0)) * factor.value;
    return {
      value: (kgce / all.value) * 100,
      completeness: all.completeness,
      terms,
      reasons: all.reasons,
    };
  },
});
