/** A26-18: water made up in heating systems by heated area, and by the heat delivered. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { perHeatedArea } from '../parts/ratio.ts';
import { insufficient } from '../parts/terms.ts';
import { makeUp } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

export const heatingMakeUp = defineMetric({
  id: 'heating-make-up',
  code: 'A26-18',
  clause: CLAUSES.waterManagement,
  name: { zh: '采暖补水量', en: 'Heating make-up' },
  unit: 'm³/m²',
  formula: '采暖补水量 / 采暖面积；另列 采暖补水量 / 供热量',
  inputs: [
    {
      zh: '采暖补水表（用途 heating-make-up）或台账用水系统运行、采暖面积、供热量',
      en: 'meters of heating make-up or the water plant log, heated area, heat',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有补水量或采暖面积，或本期不在采暖季',
    en: 'no make-up or heated area, or no day of the period is in the heating season',
  },
  better: 'lower',
  compute(input) {
    if (input.heatingDays === 0) {
      return insufficient({
        zh: '本期不在采暖季',
        en: 'the period lies outside the heating season',
      });
    }
    const made = makeUp(input, 'heating');
    if (!made) {
      return insufficient({
        zh: '没有采暖补水表，台账“用水系统运行”中也没有采暖补水量',
        en: 'no meter of heating make-up, and none in the water plant log',
      });
    }
    const heat = carrierTotal(input, 'heat');
    const perHeat =
      made.value === null || heat.value === null || heat.value === 0
        ? null
        : made.value / heat.value;
    const outcome = perHeatedArea(input, made);
    const name = { zh: '按供热量', en: 'by heat delivered' };
    const completeness = Math.min(made.completeness, heat.completeness);
    return {
      ...outcome,
      terms: [...outcome.terms, ...heat.terms],
      parts: [{ name, value: perHeat, unit: 'm³/GJ', completeness }],
    };
  },
});
