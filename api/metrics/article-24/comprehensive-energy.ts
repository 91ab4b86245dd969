/** A24-02: all energy in standard coal. Water is not converted. */
import { defineMetric } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';

export const comprehensiveEnergy = defineMetric({
  id: 'comprehensive-energy',
  article: 24,
  clause: {
    zh: '负责本级机关节能的监督管理',
    en: 'supervises the energy saving of the bodies of its level',
  },
  name: { zh: '综合能耗', en: 'Comprehensive energy consumption' },
  unit: 'kgce',
  formula: 'E = Σ Qᵢ·kᵢ',
  source: 'GB/T 2589-2020',
  better: 'lower',
  compute: energyKgce,
});
