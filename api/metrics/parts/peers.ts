/** Figures by the mean of their peers, in the bands of the efficiency leaders' standard (说明七). */
import { energyPerArea } from '../article-24/energy-per-area.ts';
import { energyPerPerson } from '../article-24/energy-per-person.ts';
import { statisticalWaterPerPerson } from '../article-24/statistical-water-per-person.ts';
import type { MetricInput } from '../input.ts';
import type { Metric, MetricOutcome } from '../metric.ts';
import type { MetricTerm } from '../term.ts';
import { isOfUnit } from './quota-grade.ts';
import { insufficient } from './terms.ts';

/** Points of the standard for each indicator; the last band has no upper end. */
export const PEER_BANDS = [
  { id: 'to-0.9', upTo: 0.9, points: 7, zh: '≤ 0.9 倍同类均值', en: 'to 0.9 of the mean' },
  { id: 'to-1.0', upTo: 1, points: 6, zh: '≤ 1.0 倍同类均值', en: 'to the mean' },
  { id: 'to-1.1', upTo: 1.1, points: 5, zh: '≤ 1.1 倍同类均值', en: 'to 1.1 of the mean' },
  { id: 'to-1.2', upTo: 1.2, points: 4, zh: '≤ 1.2 倍同类均值', en: 'to 1.2 of the mean' },
  {
    id: 'above-1.2',
    upTo: Number.POSITIVE_INFINITY,
    points: 0,
    zh: '> 1.2 倍同类均值',
    en: 'above 1.2 of the mean',
  },
] as const;

export const MOST_POINTS = PEER_BANDS[0].points;

export type PeerBand = (typeof PEER_BANDS)[number];

const COMPARED: readonly Metric[] = [energyPerArea, energyPerPerson, statisticalWaterPerPerson];

/** Ratios that differ from a limit by rounding lie on it. */
const ROUNDING = 1e-9;

export function bandOf(ratio: number): PeerBand {
  return PEER_BANDS.find(({ upTo }) => ratio <= upTo + ROUNDING) ?? PEER_BANDS[4];
}

export interface PeerRatio {
  readonly metric: Metric;
  readonly outcome: MetricOutcome;
  readonly ratio: number | null;
  readonly terms: readonly MetricTerm[];
}

/** A ratio for each indicator that has a mean on file. */
export function peerRatios(input: MetricInput): readonly PeerRatio[] {
  return COMPARED.flatMap((metric) => {
    const mean = input.peerMean(metric.id);
    if (!mean) return [];
    const outcome = isOfUnit(mean.unit, metric.unit)
      ? metric.compute(input)
      : insufficient({
          zh: `同类均值 ${mean.id} 的单位 ${mean.unit} 与指标单位 ${metric.unit} 不一致`,
          en: `mean ${mean.id} is in ${mean.unit}, the figure in ${metric.unit}`,
        });
    const ratio = outcome.value === null ? null : outcome.value / mean.value;
    const terms = [
      { name: metric.name, value: outcome.value, unit: metric.unit, source: metric.code },
      {
        name: {
          zh: `${metric.name.zh}同类均值（${mean.year}）`,
          en: `${metric.name.en}, mean of ${mean.year}`,
        },
        value: mean.value,
        unit: mean.unit,
        source: `${mean.id}：${mean.source}`,
        verified: mean.verified,
      },
      ...outcome.terms,
    ];
    return [{ metric, outcome, ratio, terms }];
  });
}

export const NO_PEER_MEAN = {
  zh: '登记中没有同类均值（peerMeans：指标、单位性质、年份）',
  en: 'the registry has no mean of peers (peerMeans: metric, type, year)',
};
