/** Rules that schemes share: points by a figure, by the mean of peers, and conditions by figures. */
import type { Text } from '../../domain/text.ts';
import type { MetricInput } from '../metrics/input.ts';
import type { Metric } from '../metrics/metric.ts';
import { isWholeYear, NOT_A_WHOLE_YEAR } from '../metrics/parts/quota-check.ts';
import type { Judgement } from './scheme.ts';

/** A limit met up to rounding is met. */
const ROUNDING = 1e-9;

export function atMost(value: number, limit: number): boolean {
  return value <= limit + ROUNDING;
}

/** Points for a metric's value, with the value in the reason; without a value, the metric's own reason. */
export function pointsBy(
  input: MetricInput,
  metric: Metric,
  points: (value: number) => number,
): Judgement {
  const { value, reasons } = metric.compute(input);
  const { name, unit, code } = metric;
  if (value === null) {
    const [reason] = reasons;
    return { points: null, why: reason ?? metric.insufficient, from: code };
  }
  const figure = `${value.toFixed(2)} ${unit}`;
  const why = { zh: `${name.zh} ${figure}`, en: `${name.en} ${figure}` };
  return { points: points(value), why, from: code };
}

interface PeerPoints {
  readonly upTo: number;
  readonly points: number;
}

/** Points by the ratio to the same-type mean of the year before; whole years only. */
export function pointsByPeers(
  input: MetricInput,
  metric: Metric,
  bands: readonly PeerPoints[],
): Judgement {
  const unjudged = (why: Text): Judgement => ({ points: null, why, from: metric.code });
  if (!isWholeYear(input)) return unjudged(NOT_A_WHOLE_YEAR);
  const mean = input.peerMean(metric.id);
  if (!mean) {
    return unjudged({
      zh: `登记中没有${metric.name.zh}的上年同类均值（peerMeans：${metric.id}）`,
      en: `no mean of peers on file for ${metric.name.en} (peerMeans: ${metric.id})`,
    });
  }
  const { value, reasons } = metric.compute(input);
  if (value === null) return unjudged(reasons[0] ?? metric.insufficient);
  const ratio = value / mean.value;
  const band = bands.find(({ upTo }) => atMost(ratio, upTo));
  const told = `${ratio.toFixed(3)}`;
  const mark = mean.verified ? ['', ''] : ['（未核验）', ' (not verified)'];
  return {
    points: band?.points ?? 0,
    why: {
      zh: `${metric.name.zh}为同类均值的 ${told} 倍（${mean.year} 年，${mean.source}）${mark[0]}`,
      en: `${metric.name.en}: ${told} of the mean of ${mean.year} (${mean.source})${mark[1]}`,
    },
    from: metric.code,
  };
}
