/** Log of plant that circulates or makes up water, where no meter of ours counts it (Article 26). */
import { agency, amount, building, date, flag, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const waterPlant = defineKind({
  id: 'water-plant',
  name: { zh: '用水系统运行', en: 'Water plant' },
  fields: {
    agency,
    building: optional(building),
    firstDay: date('起始日', 'First day'),
    lastDay: date('截止日（含）', 'Last day, included'),
    /** Without one an indicator does not apply, which is not the same as not known. */
    centralCooling: optional(flag('有中央空调冷却系统', 'Has central cooling')),
    steamBoiler: optional(flag('有蒸汽锅炉', 'Has steam boilers')),
    coolingCirculationM3: optional(amount('冷却循环水量', 'Cooling water in circulation', 'm³')),
    coolingMakeUpM3: optional(amount('冷却补水量', 'Cooling make-up', 'm³')),
    steamT: optional(amount('蒸汽量', 'Steam', 't')),
    condensateT: optional(amount('冷凝水回收量', 'Condensate returned', 't')),
    heatingMakeUpM3: optional(amount('采暖补水量', 'Heating make-up', 'm³')),
    note,
  },
  rules: [
    notAbove('firstDay', 'lastDay'),
    notAbove('coolingMakeUpM3', 'coolingCirculationM3'),
    notAbove('condensateT', 'steamT'),
  ],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
