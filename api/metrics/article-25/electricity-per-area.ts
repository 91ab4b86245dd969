/** A25-03: electricity used per floor area, of the grid and of own generation, and without special use. */
import { ITEMS } from '../../../domain/items.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { electricityUsed } from '../parts/electricity.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const electricityPerArea = defineMetric({
  id: 'electricity-per-area',
  code: 'A25-03',
  clause: CLAUSES.energyManagement,
  name: { zh: '单位建筑面积电耗', en: 'Electricity per floor area' },
  unit: 'kWh/m²',
  formula: '(外购电量 + 光伏自用) / 建筑面积',
  inputs: [
    {
      zh: '外购电量、光伏发电量、上网电量、建筑面积',
      en: 'purchased electricity, generation, what was fed into the grid, floor area',
    },
  ],
  source: SOURCES.gbt51161,
  insufficient: {
    zh: '电量已知率低于 90 % 或未登记建筑面积',
    en: 'electricity less than 90 % known or no floor area',
  },
  better: 'lower',
  compute(input) {
    const outcome = perFloorArea(input, electricityUsed(input));
    const special = perFloorArea(input, carrierTotal(input, 'electricity', '01D00'));
    if (outcome.value === null || special.value === null) return outcome;
    const completeness = Math.min(outcome.completeness, special.completeness);
    const part = (name: Text, value: number) => ({ name, value, unit: 'kWh/m²', completeness });
    return {
      ...outcome,
      terms: [...carrierTotal(input, 'electricity', '01D00').terms, ...outcome.terms],
      parts: [
        part(
          { zh: '不含特殊用电（面积未扣减）', en: 'without special use (of the whole area)' },
          outcome.value - special.value,
        ),
        part(ITEMS['01D00'], special.value),
      ],
    };
  },
});
