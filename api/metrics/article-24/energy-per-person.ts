/** A24-04: energy per person. The statutory figure includes vehicle fuel, which no meter measures. */
import { defineMetric } from '../metric.ts';
import { energyKgce, NO_VEHICLE_FUEL } from '../parts/energy.ts';
import { perPerson } from '../parts/ratio.ts';

export const energyPerPerson = defineMetric({
  id: 'energy-per-person',
  article: 24,
  clause: {
    zh: '推进、指导、协调和监督下级机关节能工作',
    en: 'guides, coordinates and supervises the bodies below',
  },
  name: { zh: '人均综合能耗', en: 'Energy per person' },
  unit: 'kgce/人',
  formula: '年度能源消耗总量 / 用能人数',
  source: '节约型公共机构示范单位及能效领跑者评价标准 说明七',
  better: 'lower',
  compute(input) {
    const outcome = perPerson(input, energyKgce(input));
    return outcome.value === null
      ? outcome
      : { ...outcome, reasons: [...outcome.reasons, NO_VEHICLE_FUEL] };
  },
});
