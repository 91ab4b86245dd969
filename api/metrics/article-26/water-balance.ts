/** A26-10: what the main counted and the sub-meters did not, over buildings that have both. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const waterBalance = defineMetric({
  id: 'water-balance',
  code: 'A26-10',
  clause: CLAUSES.waterManagement,
  name: { zh: '表间差率', en: 'Difference between main and sub-meters' },
  unit: '%',
  formula: '(总表 − Σ 分表) / 总表',
  inputs: [{ zh: '总表与分表用水量', en: 'main and sub-meters of water' }],
  source: SOURCES.gbt12452,
  insufficient: {
    zh: '没有装分表的总表，或某表已知率低于 90 %',
    en: 'no main with sub-meters, or a meter less than 90 % known',
  },
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
