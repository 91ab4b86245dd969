/** A25-13: self-used photovoltaic generation in all electricity used. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
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
    const grid = carrierTotal(input, 'electricity');
    const solar = carrierTotal(input, 'solar');
    const terms = [...grid.terms, ...solar.terms];
    if (grid.value === null || solar.value === null) {
      return { ...(grid.value === null ? grid : solar), terms };
    }
    const exported = input.total('electricity', 'export');
    if (exported && (exported.value === null || exported.known < MIN_KNOWN)) {
      return insufficient(
        { zh: '上网电量未知', en: 'the amount fed into the grid is unknown' },
        terms,
        exported.known,
      );
    }
    const out = exported?.value ?? 0;
    const used = solar.value - out;
    const all = grid.value + used;
    const completeness = Math.min(grid.completeness, solar.completeness, exported?.known ?? 1);
    const exportTerm = {
      name: { zh: '上网电量', en: 'Fed into the grid' },
      value: out,
      unit: 'kWh',
      source: 'export',
    };
    if (all <= 0)
      return insufficient(
        { zh: '本期没有用电', en: 'no electricity was used' },
        terms,
        completeness,
      );
    return { value: (used / all) * 100, completeness, terms: [...terms, exportTerm], reasons: [] };
  },
});
