/** A25-04: electricity by the four sub-items, and what no sub-item meter accounts for, which is never spread. */
import { ITEMS } from '../../../domain/items.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { electricityUsed, NOTHING_USED } from '../parts/electricity.ts';
import { carrierTotal } from '../parts/energy.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const SUB_ITEMS = ['01A00', '01B00', '01C00', '01D00'] as const;

/** Sums of many rows differ in the last digits. */
const ROUNDING = 1e-9;

const ABOVE_TOTAL: Text = {
  zh: '分项之和高于总量：请检查分项表的倍率、上级表和归属',
  en: 'sub-items add up to more than the total: check their multipliers, parents and codes',
};

export const unmeteredElectricity = defineMetric({
  id: 'unmetered-electricity',
  code: 'A25-04',
  clause: CLAUSES.energyManagement,
  name: { zh: '分项未计量电量占比', en: 'Electricity outside the four sub-items' },
  unit: '%',
  formula: '(外购电量 + 光伏自用 − Σ 四大分项) / (外购电量 + 光伏自用)',
  inputs: [{ zh: '总电量、四大分项电量', en: 'total and four sub-items of electricity' }],
  source: SOURCES.subItems,
  insufficient: {
    zh: '总表、光伏或某个已装表分项的已知率低于 90 %',
    en: 'the main, own generation or a metered sub-item less than 90 % known',
  },
  better: 'lower',
  compute(input) {
    const all = electricityUsed(input);
    const items = SUB_ITEMS.filter((item) => input.total('electricity', item) !== undefined).map(
      (item) => ({ item, of: carrierTotal(input, 'electricity', item) }),
    );
    const terms = [all, ...items.map(({ of }) => of)].flatMap((of) => of.terms);
    const missing = [all, ...items.map(({ of }) => of)].find(({ value }) => value === null);
    if (missing) return { ...missing, terms };
    const used = all.value ?? 0;
    const completeness = Math.min(all.completeness, ...items.map(({ of }) => of.completeness));
    if (used <= 0) return insufficient(NOTHING_USED, terms, completeness);
    const metered = items.reduce((sum, { of }) => sum + (of.value ?? 0), 0);
    const value = ((used - metered) / used) * 100;
    const parts = [
      ...items.map(({ item, of }) => ({
        name: ITEMS[item],
        value: ((of.value ?? 0) / used) * 100,
        unit: '%',
        completeness: of.completeness,
      })),
      { name: { zh: '未注明', en: 'Not told apart' }, value, unit: '%', completeness },
    ];
    const without = SUB_ITEMS.filter((item) => items.every((one) => one.item !== item));
    const reasons = without.map((item) => ({
      zh: `${ITEMS[item].zh}没有分项表计，计入未注明`,
      en: `${ITEMS[item].en}: no sub-item meter, counted as not told apart`,
    }));
    if (metered > used * (1 + ROUNDING)) reasons.push(ABOVE_TOTAL);
    return { value, completeness, terms, reasons, parts };
  },
});
