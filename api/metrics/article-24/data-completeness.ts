/** A24-14: the share of the period that was measured: what supervision rests on. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { defineMetric } from '../metric.ts';
import { insufficient, NO_DATA } from '../parts/terms.ts';

export const dataCompleteness = defineMetric({
  id: 'data-completeness',
  article: 24,
  clause: {
    zh: '负责本级机关节能的监督管理',
    en: 'supervises the energy saving of the bodies of its level',
  },
  name: { zh: '数据完整率', en: 'Data completeness' },
  unit: '%',
  formula: '实测时长 / 应测时长（各类能源与水的最低值）',
  source: '重点用能单位能耗在线监测数据质量要求（≥ 90 %，二手来源）',
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
