/** A20-01: quotas in kind from what comparable units below use: median and quartiles per person and area. */
import type { Carrier } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import { energyPerArea } from '../article-24/energy-per-area.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { unitInputs } from '../parts/unit-input.ts';
import { SOURCES } from '../sources.ts';

/** Fewer units say more about themselves than about what is usual. */
const FEWEST_UNITS = 5;
/** Peers are of one type. */
const PEER_TYPE = 'state-organ';

/** A quota in kind: a unit's figure, `null` where it is not known. */
interface InKind {
  readonly id: string;
  readonly name: Text;
  readonly unit: string;
  figureOf(unit: MetricInput): number | null;
}

const IN_KIND: readonly InKind[] = [
  {
    ...{ id: 'electricity', name: { zh: '电', en: 'Electricity' }, unit: 'kWh/人' },
    figureOf: (unit) => perPersonOf(unit, 'electricity'),
  },
  {
    ...{ id: 'water', name: { zh: '水', en: 'Water' }, unit: 'm³/人' },
    figureOf: (unit) => perPersonOf(unit, 'water'),
  },
  {
    ...{ id: 'energy', name: { zh: '能耗', en: 'Energy' }, unit: 'kgce/m²' },
    figureOf: (unit) => energyPerArea.compute(unit).value,
  },
];

/** Linear between the neighbours, as spreadsheets do (PERCENTILE.INC). */
function percentile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

function perPersonOf(unit: MetricInput, carrier: Carrier): number | null {
  const [amount, persons] = [unit.total(carrier), unit.persons()];
  if (persons === undefined || amount === undefined || amount.value === null) return null;
  return amount.known < MIN_KNOWN ? null : amount.value / persons;
}

export const quotaInKind = defineMetric({
  id: 'quota-in-kind',
  code: 'A20-01',
  clause: CLAUSES.physicalQuota,
  name: { zh: '人均用电实物定额参考（中位数）', en: 'Electricity per person, median of units' },
  unit: 'kWh/人',
  formula: '各单位人均用电、人均用水、单位建筑面积能耗的 P25、P50、P75（同类型：国家机关）',
  inputs: [
    {
      zh: '各单位用量、能耗、用能人数、建筑面积',
      en: 'amounts, energy, head counts and floor areas of the units below',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: `数据足够的同类单位少于 ${FEWEST_UNITS} 个`,
    en: `fewer than ${FEWEST_UNITS} comparable units with enough data`,
  },
  better: 'neither',
  yearly: true,
  compute(input) {
    const peers = unitInputs(input).filter(({ agency }) => agency.type === PEER_TYPE);
    const lines = IN_KIND.flatMap(({ id, name, unit, figureOf }) => {
      const sorted = peers.flatMap((peer) => figureOf(peer) ?? []).sort((a, b) => a - b);
      if (sorted.length < FEWEST_UNITS) return [];
      return [25, 50, 75].map((percent) => ({
        id,
        percent,
        count: sorted.length,
        name: { zh: `${name.zh} P${percent}`, en: `${name.en} P${percent}` },
        value: percentile(sorted, percent / 100),
        unit,
        completeness: sorted.length / peers.length,
      }));
    });
    const median = lines.find((line) => line.id === 'electricity' && line.percent === 50);
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
