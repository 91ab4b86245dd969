/** A26-07: 用水器具漏失率, a share of fixtures and not of water: leaking among those inspected. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { coverOfCounts, newestInspections } from '../parts/fixtures.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** 节水型单位建设标准, 技术指标 4. */
const MOST_PERCENT = 4;

export const fixtureLeakRate = defineMetric({
  id: 'fixture-leak-rate',
  code: 'A26-07',
  clause: CLAUSES.waterPatrol,
  name: { zh: '用水器具漏失率', en: 'Leaking fixtures' },
  unit: '%',
  formula: '漏水器具数 / 检查器具数（件数，不是水量；各单位、建筑最近一次检查）',
  inputs: [{ zh: '台账器具漏失检查', en: 'fixture inspections of the ledger' }],
  source: SOURCES.waterSavingUnit,
  insufficient: {
    zh: '本期没有器具检查，或覆盖的单位不足 90 %',
    en: 'no inspection in this period, or of less than 90 % of the units',
  },
  better: 'lower',
  compute(input) {
    const entries = newestInspections(input);
    const cover = coverOfCounts(input, entries);
    const source = `ledger fixture-inspection：${entries.map(({ id }) => id).join('、')}`;
    if (entries.length === 0) {
      return insufficient({
        zh: '台账中没有本期器具检查，请在“器具漏失检查”中录入检查数和漏水数',
        en: 'the ledger has no inspection of this period: enter one under fixture inspections',
      });
    }
    const sum = (key: 'inspected' | 'leaking') =>
      entries.reduce((total, { body }) => total + body[key], 0);
    const [inspected, leaking] = [sum('inspected'), sum('leaking')];
    const terms = [
      { name: { zh: '检查器具', en: 'inspected' }, value: inspected, unit: '个', source },
      { name: { zh: '漏水器具', en: 'leaking' }, value: leaking, unit: '个', source },
    ];
    const [short] = cover.reasons;
    if (cover.share < MIN_KNOWN && short) return insufficient(short, terms, cover.share);
    if (inspected === 0) {
      return insufficient({ zh: '没有检查任何器具', en: 'no fixture was looked at' }, terms);
    }
    const value = (leaking / inspected) * 100;
    const met = value <= MOST_PERCENT;
    return {
      value,
      completeness: cover.share,
      terms,
      reasons: cover.reasons,
      grade: {
        id: met ? 'met' : 'missed',
        name: met
          ? { zh: `不高于 ${MOST_PERCENT} %`, en: `within ${MOST_PERCENT} %` }
          : { zh: `高于 ${MOST_PERCENT} %`, en: `above ${MOST_PERCENT} %` },
        source: SOURCES.waterSavingUnit.text,
      },
    };
  },
});
