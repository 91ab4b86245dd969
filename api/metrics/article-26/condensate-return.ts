/** A26-14: condensate that comes back to steam boilers. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { hasPlant, loggedPlant, ratioOf } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

export const condensateReturn = defineMetric({
  id: 'condensate-return',
  code: 'A26-14',
  clause: CLAUSES.waterManagement,
  name: { zh: '锅炉冷凝水回收率', en: 'Condensate returned' },
  unit: '%',
  formula: '冷凝水回收量 / 蒸汽量',
  inputs: [
    { zh: '台账用水系统运行（蒸汽量、冷凝水回收量）', en: 'steam and condensate of the plant log' },
  ],
  source: SOURCES.waterSavingUnit,
  insufficient: {
    zh: '没有蒸汽量或回收量，或没有蒸汽锅炉',
    en: 'no steam or condensate on file, or no steam boiler',
  },
  better: 'higher',
  compute(input) {
    if (hasPlant(input, 'steamBoiler') === false) {
      return insufficient({ zh: '没有蒸汽锅炉，不适用', en: 'no steam boiler: not applicable' });
    }
    const [returned, steam] = [loggedPlant(input, 'condensateT'), loggedPlant(input, 'steamT')];
    if (!returned || !steam) {
      return insufficient({
        zh: '缺少蒸汽量或冷凝水回收量，请在台账“用水系统运行”中录入',
        en: 'no steam or condensate on file: enter them in the water plant log',
      });
    }
    return ratioOf([returned, steam], 100);
  },
});
