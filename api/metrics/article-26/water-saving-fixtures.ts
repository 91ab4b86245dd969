/** A26-11: water-saving fixtures among all (节水器具普及率), and those of efficiency grade 1. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { coverOfCounts, newestCounts } from '../parts/fixtures.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const waterSavingFixtures = defineMetric({
  id: 'water-saving-fixtures',
  code: 'A26-11',
  clause: CLAUSES.waterTechnology,
  name: { zh: '节水器具普及率', en: 'Water-saving fixtures' },
  unit: '%',
  formula: '节水器具数 / 用水器具总数（各单位、建筑最近一次盘点）',
  inputs: [{ zh: '台账用水器具（盘点）', en: 'fixtures counted in the ledger' }],
  source: SOURCES.waterSavingUnit,
  insufficient: {
    zh: '台账没有用水器具盘点，或覆盖的单位不足 90 %',
    en: 'no count of fixtures in the ledger, or of less than 90 % of the units',
  },
  better: 'higher',
  compute(input) {
    const entries = newestCounts(input);
    const cover = coverOfCounts(input, entries);
    const source = `ledger fixtures：${entries.map(({ id }) => id).join('、')}`;
    if (entries.length === 0) {
      return insufficient({
        zh: '台账中没有用水器具盘点，请在“用水器具”中录入总数和节水器具数',
        en: 'the ledger holds no count of fixtures: enter one under water fixtures',
      });
    }
    const total = entries.reduce((sum, { body }) => sum + body.total, 0);
    const saving = entries.reduce((sum, { body }) => sum + body.waterSaving, 0);
    const graded = entries.flatMap(({ body: { gradeOne } }) => gradeOne ?? []);
    // One count without grades leaves no share of all.
    const gradeOne =
      graded.length < entries.length ? null : graded.reduce((sum, one) => sum + one, 0);
    const terms = [
      { name: { zh: '用水器具', en: 'fixtures' }, value: total, unit: '个', source },
      { name: { zh: '节水器具', en: 'water-saving' }, value: saving, unit: '个', source },
      { name: { zh: '一级水效', en: 'efficiency grade 1' }, value: gradeOne, unit: '个', source },
    ];
    const [short] = cover.reasons;
    if (cover.share < MIN_KNOWN && short) return insufficient(short, terms, cover.share);
    if (total === 0) {
      return insufficient({ zh: '没有用水器具', en: 'there are no fixtures' }, terms, cover.share);
    }
    return {
      value: (saving / total) * 100,
      completeness: cover.share,
      terms,
      reasons: cover.reasons,
      parts: [
        {
          name: { zh: '一级水效器具占比', en: 'efficiency grade 1' },
          value: gradeOne === null ? null : (gradeOne / total) * 100,
          unit: '%',
          completeness: cover.share,
        },
      ],
    };
  },
});
