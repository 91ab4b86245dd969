/** A24-10: where an agency stands by the mean of its type in the year before. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { bandOf, NO_PEER_MEAN, peerRatios } from '../parts/peers.ts';
import { isWholeYear, NOT_A_WHOLE_YEAR } from '../parts/quota-check.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const peerBand = defineMetric({
  id: 'peer-band',
  code: 'A24-10',
  clause: CLAUSES.supervision,
  name: { zh: '同类对标（最不利指标与均值之比）', en: 'Peer band (worst figure by the mean)' },
  unit: '1',
  formula: 'max( 指标 / 同类上年均值 )；分档 ≤ 0.9、≤ 1.0、≤ 1.1、≤ 1.2、> 1.2（7、6、5、4、0 分）',
  inputs: [
    {
      zh: '单位建筑面积能耗、人均综合能耗、人均用水量、登记的同类均值',
      en: 'energy per area and person, water per person, means of peers on file',
    },
  ],
  source: SOURCES.efficiencyLeaders,
  insufficient: {
    zh: '不是整年，没有同类均值，或某个有均值的指标数据不足',
    en: 'not a whole year, no mean on file, or a figure with a mean is insufficient',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    if (!isWholeYear(input)) return insufficient(NOT_A_WHOLE_YEAR);
    const ratios = peerRatios(input);
    const [first, ...others] = ratios;
    if (!first) return insufficient(NO_PEER_MEAN);
    const parts = ratios.map(({ metric, ratio, outcome }) => ({
      name: metric.name,
      value: ratio,
      unit: '1',
      completeness: outcome.completeness,
    }));
    const shared = {
      completeness: Math.min(...ratios.map(({ outcome }) => outcome.completeness)),
      terms: ratios.flatMap(({ terms }) => terms),
      reasons: ratios.flatMap(({ outcome }) => outcome.reasons),
      parts,
    };
    if (ratios.some(({ ratio }) => ratio === null)) return { value: null, ...shared };
    const worst = others.reduce((a, b) => ((b.ratio ?? 0) > (a.ratio ?? 0) ? b : a), first);
    const value = worst.ratio ?? 0;
    const { id, points, zh, en } = bandOf(value);
    const name = { zh: `${zh}（${points} 分）`, en: `${en} (${points} points)` };
    const source = `${worst.metric.name.zh}；${SOURCES.efficiencyLeaders.text}`;
    return { value, ...shared, grade: { id, name, source } };
  },
});
