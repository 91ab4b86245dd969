/** Building blocks of outcomes: terms a reviewer can look up, and the words for what is not there. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import { FUELS } from '../../../domain/fuels.ts';
import { ITEMS, type ItemCode } from '../../../domain/items.ts';
import type { Text } from '../../../domain/text.ts';
import type { Factor } from '../../../registry/schema.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import type { MetricTerm } from '../term.ts';

export const NO_DATA: Text = { zh: '本期没有读数', en: 'no readings in this period' };

export function tooLittle(known: number): Text {
  const percent = (known * 100).toFixed(1);
  return {
    zh: `数据完整率 ${percent}%，低于 ${MIN_KNOWN * 100}%，数据不足`,
    en: `only ${percent} % of the period is known; ${MIN_KNOWN * 100} % are needed`,
  };
}

export function insufficient(
  reason: Text,
  terms: readonly MetricTerm[] = [],
  completeness = 0,
): MetricOutcome {
  return { value: null, completeness, terms, reasons: [reason] };
}

export function amountTerm(carrier: Carrier, item: ItemCode, value: number | null): MetricTerm {
  return { name: ITEMS[item], value, unit: CARRIERS[carrier].unit, source: item };
}

const FACTOR_NAMES: Record<Factor['kind'], Text> = {
  'standard-coal': { zh: '折标准煤系数', en: 'coefficient' },
  co2: { zh: '碳排放因子', en: 'CO₂ factor' },
  density: { zh: '密度', en: 'density' },
};

export function factorTerm(factor: Factor): MetricTerm {
  const of = { ...CARRIERS, ...FUELS }[factor.carrier];
  const kind = FACTOR_NAMES[factor.kind];
  const name = { zh: `${of.zh}${kind.zh}`, en: `${of.en} ${kind.en}` };
  return {
    name,
    value: factor.value,
    unit: factor.unit,
    source: `${factor.id}：${factor.source}`,
    verified: factor.verified,
  };
}
