/** A25-13: self-used photovoltaic generation in all electricity used. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { electricityUsed, NOTHING_USED, selfUsed } from '../parts/electricity.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const renewableShare = defineMetric({
  id: 'renewable-share',
  code: 'A25-13',
  clause: CLAUSES.renewables,
  name: { zh: '可再生能源电力占比', en: 'Renewable share of electricity' },
  unit: '%',
  formula: '(光伏发电量 − 上网电量) / (外购电量 + 光伏发电量 − 上网电量)',
  inputs: [
    { zh: '外购电量、光伏发电量、上网电量', en: 'purchased, generated and exported electricity' },
  ],
  source: SOURCES.statistics,
  insufficient: {
    zh: '光伏无计量或已知率低于 90 %',
    en: 'generation not metered or less than 90 % known',
  },
  better: 'higher',
  compute(input) {
    const own = selfUsed(input);
    if (own.value === null) return own;
    const all = electricityUsed(input);
    if (all.value === null) return all;
    const { value, completeness, terms } = all;
    if (value <= 0) return insufficient(NOTHING_USED, terms, completeness);
    return { value: (own.value / value) * 100, completeness, terms, reasons: [] };
  },
});
