/** A38-02: units by energy per floor area, each ranked among those of its tier and type only. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { countTerm } from '../parts/count-term.ts';
import { namesOf } from '../parts/names.ts';
import { isWholeYear, NOT_A_WHOLE_YEAR } from '../parts/quota-check.ts';
import { type RankingGroup, rankUnits } from '../parts/ranking.ts';
import { leftOut } from '../parts/roll-up.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

function partsOf({ units }: RankingGroup): MetricPart[] {
  return units.map(({ unit, place, kgcePerM2, outcome }) => {
    const { name, tier, type } = unit.agency;
    const rank = `${place}/${units.length}`;
    return {
      name: { zh: `${rank} ${name.zh}`, en: `${rank} ${name.en} (${tier}, ${type})` },
      value: kgcePerM2,
      unit: 'kgce/m²',
      completeness: outcome.completeness,
    };
  });
}

export const unitRanking = defineMetric({
  id: 'unit-ranking',
  code: 'A38-02',
  clause: CLAUSES.greenAssessment,
  name: { zh: '同层级同类型单位排名（参与单位数）', en: 'Ranking of units (units ranked)' },
  unit: '个',
  formula:
    '按单位建筑面积能耗由低到高，只在同层级、同类型、计入范围相同的单位内排名；值为参与排名的单位数',
  inputs: [
    {
      zh: '各单位能耗（不含公务用车）、建筑面积',
      en: 'energy without vehicles and floor area of units',
    },
    { zh: '登记的层级与单位性质', en: 'tiers and types on file' },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '不是整年，或没有两个同层级同类型且数据足够的单位',
    en: 'not a whole year, or no two units of one tier and type with enough data',
  },
  better: 'neither',
  yearly: true,
  compute(input) {
    if (!isWholeYear(input)) return insufficient(NOT_A_WHOLE_YEAR);
    const { groups, registered } = rankUnits(input);
    const compared = groups.filter(({ units }) => units.length > 1);
    const ranked = compared.flatMap(({ units }) => units);
    const terms = [
      countTerm({ zh: '参与排名', en: 'ranked' }, ranked.length, ['个', 'agencies']),
      countTerm({ zh: '登记的单位', en: 'on file' }, registered.length, ['个', 'agencies']),
    ];
    if (ranked.length === 0) {
      return insufficient(
        {
          zh: '没有两个同层级同类型且数据足够的单位',
          en: 'no two units of one tier and type have enough data',
        },
        terms,
      );
    }
    const ids = new Set(ranked.map(({ unit }) => unit.agency.id));
    const left = registered.filter(({ id }) => !ids.has(id));
    const names = namesOf(left);
    const unranked = { zh: `未参与排名：${names.zh}`, en: `not ranked: ${names.en}` };
    return {
      value: ranked.length,
      completeness: ranked.length / registered.length,
      terms,
      reasons: [
        ...leftOut(ranked.map(({ outcome }) => outcome)),
        ...(left.length > 0 ? [unranked] : []),
      ],
      parts: compared.flatMap(partsOf),
    };
  },
});
