/** A26-16: rain and reclaimed water in all water used, and the tap water they replace. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { tapWater, unconventionalWater } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

export const unconventionalShare = defineMetric({
  id: 'unconventional-water-share',
  code: 'A26-16',
  clause: CLAUSES.reclaimedWater,
  name: { zh: '非常规水占比', en: 'Rain and reclaimed water' },
  unit: '%',
  formula: '（雨水 + 再生水 + 其他非常规水）/（自来水 + 非常规水）',
  inputs: [
    {
      zh: '雨水、再生水表（用途 rain、reclaimed）、台账非常规水、用水量',
      en: 'meters of rain and reclaimed water, unconventional water of the ledger, water',
    },
  ],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '没有非常规水的表计或台账，或用水量已知率低于 90 %',
    en: 'no meter or entry of unconventional water, or water less than 90 % known',
  },
  better: 'higher',
  compute(input) {
    const other = unconventionalWater(input);
    if (!other) {
      return insufficient({
        zh: '没有雨水、再生水的表计，台账“非常规水”中也没有本期水量（没有利用请录入 0）',
        en: 'no meter of rain or reclaimed water and no entry of this period (enter 0 for none)',
      });
    }
    const tap = tapWater(input);
    const terms = [...tap.terms, ...other.terms];
    const completeness = Math.min(tap.completeness, other.completeness);
    const reasons = [...tap.reasons, ...other.reasons];
    if (tap.value === null || other.value === null) {
      return { value: null, completeness, terms, reasons };
    }
    const all = tap.value + other.value;
    if (all === 0) return insufficient({ zh: '没有用水', en: 'no water was used' }, terms);
    return {
      value: (other.value / all) * 100,
      completeness,
      terms,
      reasons,
      parts: [
        {
          name: { zh: '替代自来水', en: 'tap water replaced' },
          value: other.value,
          unit: 'm³',
          completeness: other.completeness,
        },
      ],
    };
  },
});
