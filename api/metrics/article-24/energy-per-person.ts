/** A24-04: energy per person, the fuel of official vehicles included. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { perPerson } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const energyPerPerson = defineMetric({
  id: 'energy-per-person',
  code: 'A24-04',
  clause: CLAUSES.guidance,
  name: { zh: '人均综合能耗', en: 'Energy per person' },
  unit: 'kgce/人',
  formula: '年度能源消耗总量 / 用能人数',
  inputs: [
    {
      zh: '综合能耗（含公务用车）、用能人数',
      en: 'comprehensive energy with vehicles, head count',
    },
  ],
  source: SOURCES.efficiencyLeaders,
  insufficient: {
    zh: '综合能耗不足或未登记用能人数',
    en: 'energy insufficient or no head count on file',
  },
  better: 'lower',
  compute: (input) => perPerson(input, energyKgce(input, { vehicles: 'in' })),
});
