/** A24-14: the share of the period that was measured: what supervision rests on. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient, NO_DATA } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const dataCompleteness = defineMetric({
  id: 'data-completeness',
  code: 'A24-14',
  clause: CLAUSES.supervision,
  name: { zh: '数据完整率', en: 'Data completeness' },
  unit: '%',
  formula: '实测时长 / 应测时长（各类能源与水的最低值）',
  inputs: [{ zh: '各类能源与水的实测时长', en: 'measured time of each carrier' }],
  source: SOURCES.dataQuality,
  insufficient: { zh: '没有任何读数', en: 'no readings at all' },
  better: 'higher',
  compute(input) {
    const metered = CARRIER_IDS.flatMap((carrier) => {
      const amount = input.total(carrier);
      return amount ? [{ carrier, amount }] : [];
    });
    if (metered.length === 0) return insufficient(NO_DATA);
    const terms = metered.map(({ carrier, amount }) => {
      const { zh, en } = CARRIERS[carrier];
      return { name: { zh, en }, value: amount.coverage * 100, unit: '%', source: 'coverage' };
    });
    const worst = Math.min(...metered.map(({ amount }) => amount.coverage));
    return { value: worst * 100, completeness: 1, terms, reasons: [] };
  },
});
