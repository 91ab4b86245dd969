/** A25-21: equipment past its efficiency limit that still runs; none is the condition for a demonstration unit. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { coverOf } from '../parts/entry-cover.ts';
import { newestBy } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const obsoleteEquipment = defineMetric({
  id: 'obsolete-equipment',
  code: 'A25-21',
  clause: CLAUSES.energyManagement,
  name: { zh: '应淘汰用能设备数', en: 'Obsolete equipment in use' },
  unit: '台',
  formula: 'Σ 应淘汰数（各单位、建筑、类别最近一次盘点）',
  inputs: [{ zh: '台账用能设备（盘点）', en: 'equipment counted in the ledger' }],
  source: SOURCES.efficiencyLeaders,
  insufficient: {
    zh: '台账没有用能设备盘点，或覆盖的单位不足 90 %',
    en: 'no count of equipment in the ledger, or of less than 90 % of the units',
  },
  better: 'lower',
  compute(input) {
    const counts = newestBy(input.records('equipment'), ({ agency, building, category }) =>
      [agency, building ?? '', category].join(' '),
    );
    if (counts.length === 0) {
      return insufficient({
        zh: '台账中没有用能设备盘点（用能设备）',
        en: 'the ledger holds no count of equipment (equipment)',
      });
    }
    const cover = coverOf(
      input,
      counts.map((entry) => ({ ...entry, fromMs: Number.NEGATIVE_INFINITY })),
    );
    const source = `ledger equipment：${counts.map(({ id }) => id).join('、')}`;
    const sum = (key: 'total' | 'obsolete', some = counts) =>
      some.reduce((all, { body }) => all + body[key], 0);
    const name = { zh: '应淘汰数', en: 'obsolete' };
    const terms = [
      { name: { zh: '设备总数', en: 'all equipment' }, value: sum('total'), unit: '台', source },
      { name, value: sum('obsolete'), unit: '台', source },
    ];
    const [short] = cover.reasons;
    if (cover.share < MIN_KNOWN && short) return insufficient(short, terms, cover.share);
    const categories = Map.groupBy(counts, ({ body }) => body.category);
    const parts = [...categories].map(([category, own]) => ({
      name: { zh: category, en: category },
      value: sum('obsolete', own),
      unit: '台',
      completeness: cover.share,
    }));
    return {
      value: sum('obsolete'),
      completeness: cover.share,
      terms,
      reasons: cover.reasons,
      parts,
    };
  },
});
