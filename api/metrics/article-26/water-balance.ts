/** A26-10: what the main counted and the sub-meters did not, over buildings that have both. */
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, tooLittle } from '../parts/terms.ts';

export const waterBalance = defineMetric({
  id: 'water-balance',
  article: 26,
  clause: { zh: '加强节约用水管理', en: 'strengthens the management of water saving' },
  name: { zh: '表间差率', en: 'Difference between main and sub-meters' },
  unit: '%',
  formula: '(总表 − Σ 分表) / 总表',
  source: 'GB/T 12452（水平衡测试）',
  better: 'lower',
  compute(input) {
    const meters = input.meterAmounts('water');
    const below = (id: string) => meters.filter(({ meter }) => meter.parent === id);
    const mains = meters.filter(
      ({ meter }) => meter.parent === undefined && below(meter.id).length > 0,
    );
    if (mains.length === 0) {
      return insufficient({ zh: '没有装分表的总表', en: 'no main has sub-meters' });
    }
    const all = mains.flatMap((main) => [main, ...below(main.meter.id)]);
    const completeness = Math.min(...all.map(({ amount }) => amount.known));
    const terms = all.map(({ meter, amount }) => ({
      name: meter.name,
      value: amount.value,
      unit: 'm³',
      source: meter.id,
    }));
    if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), terms, completeness);
    const sum = (rows: typeof all) =>
      rows.reduce((total, { amount }) => total + (amount.value ?? 0), 0);
    const main = sum(mains);
    const sub = sum(mains.flatMap(({ meter }) => below(meter.id)));
    if (main <= 0)
      return insufficient(
        { zh: '总表没有用水', en: 'the mains counted nothing' },
        terms,
        completeness,
      );
    return { value: ((main - sub) / main) * 100, completeness, terms, reasons: [] };
  },
});
