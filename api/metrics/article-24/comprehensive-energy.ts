/** A24-02: all energy in standard coal. Water is not converted. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { SOURCES } from '../sources.ts';

export const comprehensiveEnergy = defineMetric({
  id: 'comprehensive-energy',
  code: 'A24-02',
  clause: CLAUSES.supervision,
  name: { zh: '综合能耗', en: 'Comprehensive energy consumption' },
  unit: 'kgce',
  formula: 'E = Σ Qᵢ·kᵢ',
  inputs: [
    {
      zh: '各类能源的计量总量或台账数量、折标准煤系数',
      en: 'metered and ledger quantities, coefficients',
    },
  ],
  source: SOURCES.gbt2589,
  insufficient: {
    zh: '某类能源的已知率低于 90 % 或缺少系数',
    en: 'a carrier less than 90 % known, or a coefficient missing',
  },
  better: 'lower',
  compute: (input) => energyKgce(input, { vehicles: 'in' }),
});
