/** A25-01: what a building uses apart from heating and official vehicles, per floor area. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const nonHeatingPerArea = defineMetric({
  id: 'non-heating-per-area',
  code: 'A25-01',
  clause: CLAUSES.energyManagement,
  name: { zh: '单位建筑面积非供暖能耗', en: 'Non-heating energy per floor area' },
  unit: 'kgce/m²',
  formula: '(综合能耗 − 供暖能耗 − 公务用车能耗) / 建筑面积',
  inputs: [
    {
      zh: '电、燃气、光伏自用电量，非供暖用的其他燃料（台账），建筑面积',
      en: 'electricity, gas, own generation used, fuels not bought for heating (ledger), floor area',
    },
  ],
  source: SOURCES.db37Energy,
  insufficient: {
    zh: '某种能源已知率低于 90 %、缺系数或未登记建筑面积',
    en: 'a carrier less than 90 % known, a factor missing, or no floor area',
  },
  better: 'lower',
  compute(input) {
    const energy = perFloorArea(input, energyKgce(input, { vehicles: 'out', heating: 'out' }));
    const heatedByGas =
      input.heatingDays > 0 &&
      input.total('gas') !== undefined &&
      input.total('heat') === undefined &&
      !input.records('other-fuel').some(({ body }) => body.use === 'heating');
    if (energy.value === null || !heatedByGas) return energy;
    const reason = {
      zh: '热力和供暖燃料均未登记；若用燃气供暖，其用量仍计在内',
      en: 'neither heat nor heating fuel is on file; gas used for heating is still included',
    };
    return { ...energy, reasons: [...energy.reasons, reason] };
  },
});
