/** A26-15: points of a water-saving unit as far as they can be judged, and what evidence is missing. */
import { waterSavingUnit } from '../../scoring/schemes/water-saving-unit.ts';
import { scoreBy } from '../../scoring/score.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const VERDICTS = {
  passed: { zh: '达标', en: 'passed' },
  failed: { zh: '未达标', en: 'failed' },
  open: { zh: '尚不能判定', en: 'cannot be told yet' },
} as const;

export const waterSavingScore = defineMetric({
  id: 'water-saving-score',
  code: 'A26-15',
  clause: CLAUSES.waterSavingUnit,
  name: { zh: '节水型单位得分（可评部分）', en: 'Score of a water-saving unit, as far as judged' },
  unit: '分',
  formula: 'Σ 可评项得分（满分 100，≥ 90 且 ★ 项不为 0 为达标）；不可评的分值另列，不作推算',
  inputs: [
    {
      zh: '水计量、节水器具、人均用水、器具漏失、冷却补水、冷凝水回收，台账佐证材料',
      en: 'metering, fixtures, water per person, leaking fixtures, plant water, evidence of the ledger',
    },
  ],
  source: SOURCES.waterSavingUnit,
  insufficient: { zh: '没有一项可以评分', en: 'no item could be judged' },
  better: 'higher',
  yearly: true,
  compute(input) {
    const { points, judged, items, verdict, summary, due, scheme } = scoreBy(
      waterSavingUnit,
      input,
    );
    const terms = items.map((item) => ({
      name: item.name,
      value: item.points,
      unit: '分',
      source: item.from ?? item.id,
    }));
    const missing = items
      .filter((item) => item.points === null)
      .map(({ name, why }) => ({ zh: `${name.zh}：${why.zh}`, en: `${name.en}: ${why.en}` }));
    if (judged === 0) return insufficient(missing[0] ?? summary, terms);
    const ending = due
      .filter(({ expiresOn }) => expiresOn !== null)
      .map(({ name, expiresOn }) => ({
        zh: `佐证将于 ${expiresOn} 到期或已到期：${name.zh}`,
        en: `evidence ends or ended on ${expiresOn}: ${name.en}`,
      }));
    return {
      value: points,
      completeness: judged / scheme.total,
      terms,
      reasons: [summary, ...missing, ...ending],
      grade: { id: verdict, name: VERDICTS[verdict], source: scheme.source },
    };
  },
});
