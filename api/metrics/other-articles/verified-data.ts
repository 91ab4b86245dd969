/** A36-01: how much of what figures are weighed and held against was seen in its official document. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const verifiedData = defineMetric({
  id: 'verified-data',
  code: 'A36-01',
  clause: CLAUSES.standards,
  name: { zh: '系数、定额与目标核验率', en: 'Verified factors, quotas and targets' },
  unit: '%',
  formula: '已核验条数 / 全部条数（系数、定额、目标、同类均值、价格、计量限值）',
  inputs: [
    {
      zh: '登记的系数、定额、目标、均值、价格、计量限值',
      en: 'factors, quotas, targets, means, prices, limits of metering',
    },
  ],
  source: SOURCES.own,
  insufficient: { zh: '登记中没有系数或定额', en: 'nothing of the kind on file' },
  better: 'higher',
  compute({ registry }) {
    const sections = [
      [{ zh: '系数', en: 'factors' }, registry.factors],
      [{ zh: '定额', en: 'quotas' }, registry.quotas],
      [{ zh: '目标', en: 'targets' }, registry.targets],
      [{ zh: '同类均值', en: 'peer means' }, registry.peerMeans],
      [{ zh: '价格', en: 'prices' }, registry.prices],
      [{ zh: '计量限值', en: 'limits of metering' }, registry.meteringLimits],
    ] as const;
    const filled = sections.filter(([, entries]) => entries.length > 0);
    if (filled.length === 0) {
      return insufficient({ zh: '登记中没有系数或定额', en: 'no factor or quota on file' });
    }
    const parts = filled.map(([name, entries]) => ({
      name,
      value: entries.filter(({ verified }) => verified).length,
      unit: `/ ${entries.length}`,
      completeness: 1,
    }));
    const all = filled.reduce((sum, [, entries]) => sum + entries.length, 0);
    const verified = parts.reduce((sum, { value }) => sum + value, 0);
    const source = 'registry';
    const terms = [
      { name: { zh: '已核验', en: 'verified' }, value: verified, unit: '条', source },
      { name: { zh: '全部', en: 'all' }, value: all, unit: '条', source },
    ];
    return { value: (verified / all) * 100, completeness: 1, terms, reasons: [], parts };
  },
});
