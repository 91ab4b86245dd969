/** A25-04: electricity of the mains that no sub-item meter accounts for. Never spread over the items. */
import { ITEMS } from '../../../domain/items.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const SUB_ITEMS = ['01A00', '01B00', '01C00', '01D00'] as const;

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
    zh: '总表或某分项已知率低于 90 %',
    en: 'the main or a sub-item less than 90 % known',
  },
  better: 'lower',
  compute(input) {
    const items = SUB_ITEMS.map((item) => carrierTotal(input, 'electricity', item));
    const grid = carrierTotal(input, 'electricity');
    const missing = [grid, ...items].find(({ value }) => value === null);
    const terms = [grid, ...items].flatMap((part) => part.terms);
    if (missing) return { ...missing, terms };
    const selfUsed =
      (input.total('solar')?.value ?? 0) - (input.total('electricity', 'export')?.value ?? 0);
    const all = (grid.value ?? 0) + selfUsed;
    const metered = items.reduce((sum, { value }) => sum + (value ?? 0), 0);
    const completeness = Math.min(grid.completeness, ...items.map((item) => item.completeness));
    const solar = { name: ITEMS['13000'], value: selfUsed, unit: 'kWh', source: '13000 − export' };
    if (all <= 0)
      return insufficient(
        { zh: '本期没有用电', en: 'no electricity was used' },
        terms,
        completeness,
      );
    return {
      value: ((all - metered) / all) * 100,
      completeness,
      terms: [...terms, solar],
      reasons: [],
    };
  },
});
