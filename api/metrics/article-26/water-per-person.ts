/** A26-01: tap water per person. */
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perPerson } from '../parts/ratio.ts';

export const waterPerPerson = defineMetric({
  id: 'water-per-person',
  article: 26,
  clause: {
    zh: '加强节约用水管理，提升用水效率',
    en: 'strengthens water saving and its efficiency',
  },
  name: { zh: '人均用水量', en: 'Water per person' },
  unit: 'm³/人',
  formula: '用水量 / 用水人数（不含非常规水源）',
  source: '节水型机关建设标准；节约型公共机构示范单位评价标准',
  better: 'lower',
  compute: (input) => perPerson(input, carrierTotal(input, 'water')),
});
