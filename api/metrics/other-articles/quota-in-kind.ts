/** A20-01: quotas in kind from what comparable units below use: median and quartiles per person. */
import type { Carrier } from '../../../domain/carriers.ts';
import { personsOn } from '../../../registry/registry.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** Fewer units say more about themselves than about what is usual. */
const FEWEST_UNITS = 5;
const CARRIERS_IN_KIND = [
  ['electricity', { zh: '电', en: 'Electricity' }, 'kWh/人'],
  ['water', { zh: '水', en: 'Water' }, 'm³/人'],
] as const;

/** Linear between the neighbours, as spreadsheets do (PERCENTILE.INC). */
function percentile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/** Amounts per person of the units that know both, of state organs only: peers of one type. */
function perPersonOf(input: MetricInput, carrier: Carrier): number[] {
  return input.units.flatMap((unit) => {
    const amount = unit.total(carrier);
    const persons = personsOn(unit.agency, input.fromDate);
    if (unit.agency.type !== 'state-organ' || persons === undefined) return [];
    if (amount === undefined || amount.value === null || amount.known < MIN_KNOWN) return [];
    return [amount.value / persons];
  });
}

export const quotaInKind = defineMetric({
  id: 'quota-in-kind',
  code: 'A20-01',
  clause: CLAUSES.physicalQuota,
  name: { zh: '人均用电实物定额参考（中位数）', en: 'Electricity per person, median of units' },
  unit: 'kWh/人',
  formula: '各单位人均用量的 P25、P50、P75（同类型：国家机关）',
  inputs: [{ zh: '各单位用量、用能人数', en: 'amounts and head counts of the units below' }],
  source: SOURCES.own,
  insufficient: {
    zh: `数据足够的同类单位少于 ${FEWEST_UNITS} 个`,
    en: `fewer than ${FEWEST_UNITS} comparable units with enough data`,
  },
  better: 'neither',
  yearly: true,
  compute(input) {
    const lines = CARRIERS_IN_KIND.flatMap(([carrier, name, unit]) => {
      const sorted = perPersonOf(input, carrier).sort((a, b) => a - b);
      if (sorted.length < FEWEST_UNITS) return [];
      return [25, 50, 75].map((percent) => ({
        carrier,
        percent,
        count: sorted.length,
        name: { zh: `${name.zh} P${percent}`, en: `${name.en} P${percent}` },
        value: percentile(sorted, percent / 100),
        unit,
        completeness: sorted.length / input.units.length,
      }));
    });
    const median = lines.find((line) => line.carrier === 'electricity' && line.percent === 50);
    if (!median) {
      return insufficient({
        zh: `数据足够的同类单位少于 ${FEWEST_UNITS} 个`,
        en: `fewer than ${FEWEST_UNITS} comparable units with enough data`,
      });
    }
    const terms = [
      {
        name: { zh: '参与计算的单位', en: 'units that went in' },
        value: median.count,
        unit: '个',
        source: 'agencies',
      },
    ];
    const parts = lines.map(({ name, value, unit, completeness }) => ({
      name,
      value,
      unit,
      completeness,
    }));
    const { value, completeness } = median;
    return { value, completeness, terms, reasons: [], parts };
  },
});
