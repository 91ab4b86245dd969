/** 节约型公共机构示范单位 and 能效领跑者: of 110 points the bands by the mean of peers, 21, could be read. */
import { energyPerArea } from '../../metrics/article-24/energy-per-area.ts';
import { energyPerPerson } from '../../metrics/article-24/energy-per-person.ts';
import { statisticalWaterPerPerson } from '../../metrics/article-24/statistical-water-per-person.ts';
import type { MetricInput } from '../../metrics/input.ts';
import type { Metric } from '../../metrics/metric.ts';
import { MOST_POINTS, PEER_BANDS } from '../../metrics/parts/peers.ts';
import { SOURCES } from '../../metrics/sources.ts';
import { byEvidence, judgeTargets, NO_OBSOLETE_EQUIPMENT } from '../conditions.ts';
import { certificatesOf } from '../evidence.ts';
import { pointsByPeers } from '../rules.ts';
import { defineScheme, type FigureItem, type Judgement } from '../scheme.ts';

const EFFICIENCY = { zh: '能源资源利用效率', en: 'Efficiency' };

/** A water-saving unit has the full points for water. */
function water(input: MetricInput): Judgement {
  const titles = certificatesOf(input, 'water-saving-unit');
  if (titles.length === 0) return pointsByPeers(input, statisticalWaterPerPerson, PEER_BANDS);
  const ids = titles.join('、');
  const why = { zh: `已是节水型单位（${ids}）`, en: `a water-saving unit already (${ids})` };
  return { points: MOST_POINTS, why };
}

function banded(metric: Metric): FigureItem {
  return {
    ...{ kind: 'figure', id: metric.id, block: EFFICIENCY, name: metric.name },
    ...{ max: MOST_POINTS, mayNotBeZero: true },
    judge: (input) => pointsByPeers(input, metric, PEER_BANDS),
  };
}

export const demonstration = defineScheme({
  id: 'demonstration',
  name: { zh: '节约型公共机构示范单位、能效领跑者', en: 'Demonstration unit, efficiency leader' },
  source: SOURCES.efficiencyLeaders,
  total: 110,
  grades: [
    { id: 'leader', name: { zh: '能效领跑者', en: 'efficiency leader' }, from: 95 },
    { id: 'demonstration', name: { zh: '示范单位', en: 'demonstration unit' }, from: 85 },
  ],
  conditions: [
    {
      id: 'targets-met',
      name: { zh: '完成本年度目标（须连续两年）', en: 'Targets met this year (two years needed)' },
      judge: judgeTargets,
    },
    byEvidence('targets-met-last-year', {
      zh: '完成上一年度目标',
      en: 'Targets met in the year before',
    }),
    NO_OBSOLETE_EQUIPMENT,
    byEvidence('no-major-accident', {
      zh: '近三年没有重大事故',
      en: 'No major accident in three years',
    }),
  ],
  items: [
    banded(energyPerArea),
    banded(energyPerPerson),
    { ...banded(statisticalWaterPerPerson), judge: water },
    {
      ...{ kind: 'unknown', id: 'demonstration-rest', max: 89 },
      block: { zh: '其余', en: 'The rest' },
      name: { zh: '其余指标（条文未见）', en: 'Other indicators (text not seen)' },
    },
  ],
});
