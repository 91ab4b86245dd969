/** A25-20: floor area with a star rating, and what rated buildings use beside their design. */
import type { Text } from '../../../domain/text.ts';
import type { BodyOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart, MIN_KNOWN } from '../metric.ts';
import { sumByShare } from '../parts/building-entries.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { newestBy } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const LEVELS = [
  ['three', { zh: '三星级', en: 'Three stars' }],
  ['two', { zh: '二星级', en: 'Two stars' }],
  ['one', { zh: '一星级', en: 'One star' }],
  ['basic', { zh: '基本级', en: 'Basic' }],
] as const;

/** Purchased electricity of a rated building by its design use; whole years, since the design is of one. */
function operation(input: MetricInput, body: BodyOf<'green-building'>): MetricPart[] {
  const { building, designEui, areaM2 } = body;
  if (!designEui || areaM2 === 0 || input.periodKind !== 'year' || !input.ended) return [];
  const mains = input
    .meterAmounts('electricity')
    .filter(({ meter }) => meter.building === building && meter.parent === undefined);
  const completeness = Math.min(...mains.map(({ amount }) => amount.known));
  if (mains.length === 0 || completeness < MIN_KNOWN) return [];
  const kwh = mains.reduce((sum, { amount }) => sum + (amount.value ?? 0), 0);
  const name: Text = {
    zh: `${building}：运行电耗（仅外购电）/ 设计能耗`,
    en: `${building}: purchased electricity by design use`,
  };
  return [{ name, value: (kwh / areaM2 / designEui) * 100, unit: '%', completeness }];
}

export const greenBuildingShare = defineMetric({
  id: 'green-building-share',
  code: 'A25-20',
  clause: CLAUSES.greenBuilding,
  name: { zh: '绿色建筑面积占比（一星级及以上）', en: 'Floor area with a green rating' },
  unit: '%',
  formula: 'Σ 一星级及以上建筑面积 / 建筑面积（合用建筑按份额）',
  inputs: [
    { zh: '台账绿色建筑（有效期内）、建筑面积', en: 'ratings of the ledger in force, floor area' },
  ],
  source: SOURCES.greenBuilding,
  insufficient: {
    zh: '台账没有绿色建筑评定，或未登记建筑面积',
    en: 'no rating in the ledger, or no floor area',
  },
  better: 'higher',
  compute(input) {
    // What expired during the period is not in force at its end.
    const valid = input.records('green-building').filter(({ toMs }) => toMs >= input.elapsed.toMs);
    const rated = newestBy(valid, ({ building }) => building);
    if (rated.length === 0) {
      return insufficient({
        zh: '台账中没有有效的绿色建筑评定（绿色建筑）',
        en: 'the ledger holds no rating in force: enter them under green buildings',
      });
    }
    const source = `ledger green-building：${rated.map(({ id }) => id).join('、')}`;
    const areaOf = (star: string) =>
      sumByShare(
        input,
        rated.filter(({ body }) => body.star === star),
        ({ areaM2 }) => areaM2,
      );
    const areas = LEVELS.map(([star, name]) => ({ star, name, value: areaOf(star) }));
    const starred = areas.filter(({ star }) => star !== 'basic');
    const outcome = perFloorArea(input, {
      value: starred.reduce((sum, { value }) => sum + value, 0) * 100,
      completeness: 1,
      terms: areas.map(({ name, value }) => ({ name, value, unit: 'm²', source })),
      reasons: [],
    });
    if (outcome.value !== null && outcome.value > 100) {
      const reason = {
        zh: '绿色建筑面积大于登记的建筑面积，请核对',
        en: 'more floor area is rated than is on file: check both',
      };
      return insufficient(reason, outcome.terms);
    }
    const parts = [
      ...areas
        .filter(({ value }) => value > 0)
        .map(({ name, value }) => ({ name, value, unit: 'm²', completeness: 1 })),
      ...rated.flatMap(({ body }) => operation(input, body)),
    ];
    return { ...outcome, parts };
  },
});
