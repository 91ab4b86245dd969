/** A29-01: what of the waste was sorted: all but the residual, by weight. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { wasteShare } from '../parts/waste.ts';
import { SOURCES } from '../sources.ts';

export const sortedWaste = defineMetric({
  id: 'sorted-waste',
  code: 'A29-01',
  clause: CLAUSES.recycling,
  name: { zh: '生活垃圾分类率（重量）', en: 'Waste sorted, by weight' },
  unit: '%',
  formula: '(可回收物 + 废纸 + 电子废弃物 + 厨余 + 有害) / 各类重量合计',
  inputs: [{ zh: '台账废旧物与垃圾清运（按类别称重）', en: 'waste of the ledger by sort' }],
  source: SOURCES.own,
  insufficient: {
    zh: '没有“其他垃圾”的重量，或它覆盖的单位和天数低于 90 %',
    en: 'no residual waste, or it covers less than 90 % of units and days',
  },
  better: 'higher',
  compute: (input) => wasteShare(input, (sort) => sort !== 'residual'),
});
