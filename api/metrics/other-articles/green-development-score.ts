/** A38-01: composite of green development: targets, peers, data and measures, with the weights in the open. */
import { dataCompleteness } from '../article-24/data-completeness.ts';
import { targetCompletion } from '../article-24/target-completion.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome } from '../metric.ts';
import { MEASURES } from '../parts/measures.ts';
import { bandOf, MOST_POINTS, NO_PEER_MEAN, peerRatios } from '../parts/peers.ts';
import { isWholeYear, NOT_A_WHOLE_YEAR } from '../parts/quota-check.ts';
import { insufficient } from '../parts/terms.ts';
import { unitInputs } from '../parts/unit-input.ts';
import { SOURCES } from '../sources.ts';
import type { MetricTerm } from '../term.ts';

const WHOLE = 100;

/** More than reached is reached; further from the target than at the start is nothing. */
function targetScore(input: MetricInput): MetricOutcome {
  const { grade: _grade, parts: _parts, ...outcome } = targetCompletion.compute(input);
  const { value } = outcome;
  return { ...outcome, value: value === null ? null : Math.max(0, Math.min(WHOLE, value)) };
}

/** Points of the efficiency leaders' standard in per cent of the most there are. */
function peerScore(input: MetricInput): MetricOutcome {
  const ratios = peerRatios(input);
  if (ratios.length === 0) return insufficient(NO_PEER_MEAN);
  const points = ratios.flatMap(({ ratio }) => (ratio === null ? [] : [bandOf(ratio).points]));
  const most = MOST_POINTS * ratios.length;
  const all = points.length === ratios.length;
  return {
    value: all ? (points.reduce<number>((sum, own) => sum + own, 0) / most) * WHOLE : null,
    completeness: Math.min(...ratios.map(({ outcome }) => outcome.completeness)),
    terms: ratios.flatMap(({ terms }) => terms),
    reasons: ratios.flatMap(({ outcome }) => outcome.reasons),
  };
}

function measureScore(input: MetricInput): MetricOutcome {
  const below = unitInputs(input);
  const units = below.length > 0 ? below : [input];
  const found = MEASURES.map(({ name, found: idsOf }) => {
    const byUnit = units.map(idsOf);
    return { name, ids: byUnit.flat(), units: byUnit.filter(({ length }) => length > 0).length };
  });
  const terms = found.map(
    ({ name, ids, units: showing }): MetricTerm => ({
      name,
      value: showing > 0 ? showing : null,
      unit: `/ ${units.length} 个单位`,
      source: `ledger：${ids.join('、') || '—'}`,
    }),
  );
  const shown = found.reduce((sum, { units: showing }) => sum + showing, 0);
  if (shown === 0) {
    // An empty ledger means that nobody entered measures, not that nothing was done.
    const reason = {
      zh: '台账中没有任何措施（改造、采购、屋顶光伏、巡查、称号与证书）',
      en: 'the ledger shows no measure (retrofits, purchases, roofs, patrol rounds, certificates)',
    };
    return insufficient(reason, terms);
  }
  const value = (shown / (MEASURES.length * units.length)) * WHOLE;
  return { value, completeness: 1, terms, reasons: [] };
}

/** No rule gives weights, so all weigh the same; they add up to one. */
const COMPONENTS = [
  { name: { zh: '目标完成', en: 'targets' }, weight: 0.25, scoreOf: targetScore },
  { name: { zh: '同类对标', en: 'peers' }, weight: 0.25, scoreOf: peerScore },
  { name: { zh: '数据质量', en: 'data quality' }, weight: 0.25, scoreOf: dataCompleteness.compute },
  { name: { zh: '节约措施', en: 'measures' }, weight: 0.25, scoreOf: measureScore },
] as const;

export const greenDevelopmentScore = defineMetric({
  id: 'green-development-score',
  code: 'A38-01',
  clause: CLAUSES.greenAssessment,
  name: { zh: '绿色发展评价得分', en: 'Green development score' },
  unit: '分',
  formula:
    '0.25·目标完成率（0–100） + 0.25·同类对标得分率 + 0.25·数据完整率 + 0.25·有记录的措施占比（各单位 × 改造、采购、可再生能源、巡查、节水型单位）',
  inputs: [
    { zh: 'A24-07、A24-10、A24-14', en: 'A24-07, A24-10, A24-14' },
    {
      zh: '台账节能节水改造、绿色采购、屋顶光伏、巡查记录、称号与证书',
      en: 'retrofits, purchases, roofs, patrol rounds and certificates of the ledger',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '不是整年，或四个分项中有一项数据不足（不重新分配权重）',
    en: 'not a whole year, or one of the four components is insufficient (weights are not redistributed)',
  },
  better: 'higher',
  yearly: true,
  compute(input) {
    if (!isWholeYear(input)) return insufficient(NOT_A_WHOLE_YEAR);
    const scores = COMPONENTS.map(({ scoreOf, ...component }) => ({
      ...component,
      outcome: scoreOf(input),
    }));
    const parts = scores.map(({ name, weight, outcome: { value, completeness } }) => ({
      name: {
        zh: `${name.zh}（权重 ${weight}）`,
        en: `${name.en} (weight ${weight})`,
      },
      value: value === null ? null : value * weight,
      unit: '分',
      completeness,
    }));
    const known = parts.flatMap(({ value }) => (value === null ? [] : [value]));
    return {
      value: known.length < parts.length ? null : known.reduce((sum, own) => sum + own, 0),
      completeness: Math.min(...parts.map(({ completeness }) => completeness)),
      terms: scores.flatMap(({ outcome }) => outcome.terms),
      reasons: scores.flatMap(({ name, outcome }) =>
        outcome.reasons.map(({ zh, en }) => ({
          zh: `${name.zh}：${zh}`,
          en: `${name.en}: ${en}`,
        })),
      ),
      parts,
    };
  },
});
