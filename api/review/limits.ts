/** From where on a reviewer asks why. Practice, not law: each limit says where it comes from. */
import type { Registry } from '../../registry/registry.ts';
import type { ReviewLimit } from '../../registry/schema.ts';
import { MIN_KNOWN } from '../metrics/metric.ts';

export interface Limit {
  /** A share, 0…1. */
  readonly value: number;
  readonly source: string;
  /** The number was seen in an official document. */
  readonly verified: boolean;
}

export type LimitId = ReviewLimit['limit'];
export type Limits = Readonly<Record<LimitId, Limit>>;

const PRACTICE = '公共机构能耗统计会审实务';

/** What holds where the registry says nothing else. */
const USUAL: Limits = {
  'energy-change': { value: 0.15, source: `${PRACTICE}：能耗同比`, verified: false },
  'water-change': { value: 0.25, source: `${PRACTICE}：用水同比`, verified: false },
  'facts-change': { value: 0.1, source: `${PRACTICE}：人数、面积变动`, verified: false },
  'price-tolerance': { value: 0.3, source: '本系统取值：登记价格上下浮动', verified: false },
  'parts-excess': { value: 0.05, source: '能耗监控厂商设计：总表与分表差额', verified: false },
};

/** Below it no figure is computed either, so the registry cannot move it. */
export const COMPLETENESS: Limit = {
  value: MIN_KNOWN,
  source: '重点用能单位能耗在线监测数据质量要求（≥ 90 %）',
  verified: false,
};

/** The limits in force on a date (`YYYY-MM-DD`): the newest entry of each, else the usual one. */
export function limitsOn({ reviewLimits }: Pick<Registry, 'reviewLimits'>, date: string): Limits {
  const entries = reviewLimits
    .filter(({ from }) => from <= date)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ limit, percent, source, verified }): [LimitId, Limit] => [
      limit,
      { value: percent / 100, source, verified },
    ]);
  return { ...USUAL, ...Object.fromEntries(entries) };
}
