/** A26-13: water made up in cooling circuits for what circulates in them. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { hasPlant, loggedPlant, makeUp, ratioOf } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

export const coolingMakeUp = defineMetric({
  id: 'cooling-make-up',
  code: 'A26-13',
  clause: CLAUSES.waterManagement,
  name: { zh: '中央空调冷却补水率', en: 'Cooling make-up rate' },
  unit: '%',
  formula: '冷却补水量 / 冷却循环水量',
  inputs: [
    {
      zh: '冷却补水表（用途 cooling-make-up）或台账用水系统运行；循环水量见台账',
      en: 'meters of cooling make-up or the water plant log; circulation of the log',
    },
  ],
  source: SOURCES.waterSavingUnit,
  insufficient: {
    zh: '没有补水量或循环水量，或没有中央空调',
    en: 'no make-up or circulation on file, or no central cooling',
  },
  better: 'lower',
  compute(input) {
    if (hasPlant(input, 'centralCooling') === false) {
      return insufficient({ zh: '没有中央空调，不适用', en: 'no central cooling: not applicable' });
    }
    const [made, circulated] = [
      makeUp(input, 'cooling'),
      loggedPlant(input, 'coolingCirculationM3'),
    ];
    if (!made || !circulated) {
      return insufficient({
        zh: '缺少冷却补水量或循环水量，请在台账“用水系统运行”中录入',
        en: 'no cooling make-up or circulation: enter them in the water plant log',
      });
    }
    return ratioOf([made, circulated], 100);
  },
});
