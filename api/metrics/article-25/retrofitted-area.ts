/** A25-17: floor area that was retrofitted for energy, in all floor area; an area counts once, whatever was done to it. */
import type { EntryOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { perFloorArea } from '../parts/ratio.ts';
import { energyRetrofits } from '../parts/retrofits.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

type Retrofit = EntryOf<'retrofit'>;

const MEASURES = [
  ['envelope', { zh: '围护结构', en: 'Envelope' }],
  ['lighting', { zh: '照明', en: 'Lighting' }],
  ['hvac', { zh: '空调通风', en: 'Air conditioning' }],
  ['heating', { zh: '供暖系统', en: 'Heating' }],
  ['renewables', { zh: '可再生能源', en: 'Renewables' }],
  ['data-room', { zh: '数据机房', en: 'Data room' }],
  ['control', { zh: '监测与控制', en: 'Monitoring and control' }],
  ['other', { zh: '其他', en: 'Other' }],
] as const;

/** Of each building (or of an agency, where no building is named) the largest area of any one measure. */
function areaOnce(retrofits: readonly Retrofit[]): number {
  const bySubject = Map.groupBy(retrofits, ({ body }) => `${body.agency} ${body.building ?? ''}`);
  return [...bySubject.values()].reduce(
    (sum, same) => sum + Math.max(...same.map(({ body }) => body.areaM2 ?? 0)),
    0,
  );
}

export const retrofittedArea = defineMetric({
  id: 'retrofitted-area',
  code: 'A25-17',
  clause: CLAUSES.retrofit,
  name: { zh: '既有建筑节能改造面积占比', en: 'Floor area retrofitted' },
  unit: '%',
  formula: 'Σ 各建筑已竣工改造面积（多项改造取最大）/ 建筑面积，截至期末累计',
  inputs: [
    { zh: '台账节能改造（竣工日、改造面积）、建筑面积', en: 'retrofits of the ledger, floor area' },
  ],
  source: SOURCES.plan145,
  insufficient: {
    zh: '台账没有已竣工并填写面积的节能改造，或未登记建筑面积',
    en: 'no finished retrofit with an area in the ledger, or no floor area',
  },
  better: 'higher',
  compute(input) {
    const finished = energyRetrofits(input)
      .map(({ entry }) => entry)
      .filter(({ body: { finishedOn } }) => finishedOn !== undefined && finishedOn < input.toDate);
    const known = finished.filter(({ body }) => body.areaM2 !== undefined);
    const reasons = finished
      .filter(({ body }) => body.areaM2 === undefined)
      .map(({ body: { name } }) => ({
        zh: `${name}未填写改造面积，未计入`,
        en: `${name}: no area entered, not included`,
      }));
    if (known.length === 0) {
      const none = {
        zh: '台账中没有已竣工并填写面积的节能改造（节能节水改造）',
        en: 'the ledger holds no finished retrofit with an area: enter them under retrofits',
      };
      return insufficient(none);
    }
    const areaM2 = areaOnce(known);
    const source = `ledger retrofit：${known.map(({ id }) => id).join('、')}`;
    const name = { zh: '已改造面积', en: 'area retrofitted' };
    const outcome = perFloorArea(input, {
      value: areaM2 * 100,
      completeness: 1,
      terms: [{ name, value: areaM2, unit: 'm²', source }],
      reasons,
    });
    if (outcome.value !== null && outcome.value > 100) {
      const reason = {
        zh: '改造面积大于登记的建筑面积，请核对',
        en: 'more area is retrofitted than is on file: check both',
      };
      return insufficient(reason, outcome.terms);
    }
    const part = (of: MetricPart['name'], some: readonly Retrofit[]): MetricPart[] =>
      some.length === 0 ? [] : [{ name: of, value: areaOnce(some), unit: 'm²', completeness: 1 }];
    const inPeriod = known.filter(({ body }) => (body.finishedOn ?? '') >= input.fromDate);
    const parts = [
      ...part({ zh: '其中本期竣工', en: 'of it in this period' }, inPeriod),
      ...MEASURES.flatMap(([measure, of]) =>
        part(
          of,
          known.filter(({ body }) => body.measure === measure),
        ),
      ),
    ];
    return { ...outcome, parts };
  },
});
