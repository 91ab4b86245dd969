/** A25-14R: photovoltaics on the roofs that could carry them. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { sumByShare } from '../parts/building-entries.ts';
import { newestBy } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** Asked of new buildings by 2025. */
const NEW_BUILDINGS_PERCENT = 50;

export const roofCoverage = defineMetric({
  id: 'roof-coverage',
  code: 'A25-14R',
  clause: CLAUSES.renewables,
  name: { zh: '屋顶光伏覆盖率', en: 'Roof covered by photovoltaics' },
  unit: '%',
  formula: 'Σ 已安装面积 / Σ 可安装面积（各建筑最近一次统计，合用建筑按份额）',
  inputs: [{ zh: '台账屋顶光伏', en: 'roofs of the ledger' }],
  source: SOURCES.carbonPeak,
  insufficient: { zh: '台账没有屋顶面积', en: 'the ledger holds no roof' },
  better: 'higher',
  compute(input) {
    const roofs = newestBy(input.records('roof'), ({ building }) => building);
    if (roofs.length === 0) {
      return insufficient({
        zh: '台账中没有屋顶面积（屋顶光伏）',
        en: 'the ledger holds no roof: enter them under roofs',
      });
    }
    const installable = sumByShare(input, roofs, ({ installableM2 }) => installableM2);
    const covered = sumByShare(input, roofs, ({ pvM2 }) => pvM2);
    const source = `ledger roof：${roofs.map(({ id }) => id).join('、')}`;
    const terms = [
      { name: { zh: '可安装面积', en: 'installable' }, value: installable, unit: 'm²', source },
      { name: { zh: '已安装面积', en: 'installed' }, value: covered, unit: 'm²', source },
    ];
    if (installable <= 0) {
      return insufficient({ zh: '没有可安装的屋顶', en: 'no roof can carry any' }, terms);
    }
    const surveyed = new Set(roofs.map(({ body }) => body.building));
    const reasons = input.buildings
      .filter(({ id }) => !surveyed.has(id))
      .map(({ name }) => ({
        zh: `${name.zh}没有屋顶统计，未计入`,
        en: `${name.en}: roof not surveyed, not included`,
      }));
    const value = (covered / installable) * 100;
    const reached = value >= NEW_BUILDINGS_PERCENT;
    const grade = {
      id: reached ? 'half-or-more' : 'below-half',
      name: {
        zh: `${reached ? '达到' : '低于'}新建建筑要求（${NEW_BUILDINGS_PERCENT} %）`,
        en: `${reached ? 'as much as' : 'less than'} new buildings must have (${NEW_BUILDINGS_PERCENT} %)`,
      },
      source: SOURCES.carbonPeak.text,
    };
    return { value, completeness: 1, terms, reasons, grade };
  },
});
