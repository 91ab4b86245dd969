/** From where on a reviewer asks why. Practice, not law: each limit says where it comes from. */
import { MIN_KNOWN } from '../metrics/metric.ts';

export interface Limit {
  /** A share, 0…1. */
  readonly value: number;
  readonly source: string;
  /** The number was seen in an official document. */
  readonly verified: boolean;
}

const PRACTICE = '公共机构能耗统计会审实务';

export const LIMITS = {
  energyChange: { value: 0.15, source: `${PRACTICE}：能耗同比`, verified: false },
  waterChange: { value: 0.25, source: `${PRACTICE}：用水同比`, verified: false },
  factsChange: { value: 0.1, source: `${PRACTICE}：人数、面积变动`, verified: false },
  priceTolerance: { value: 0.3, source: '本系统取值：登记价格上下浮动', verified: false },
  partsExcess: { value: 0.05, source: '能耗监控厂商设计：总表与分表差额', verified: false },
  completeness: {
    value: MIN_KNOWN,
    source: '重点用能单位能耗在线监测数据质量要求（≥ 90 %）',
    verified: false,
  },
} as const satisfies Record<string, Limit>;
