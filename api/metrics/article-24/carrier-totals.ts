/** A24-01: what an agency used of every carrier, each in its own unit; carriers never add up. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { insufficient, NO_DATA } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const carrierTotals = defineMetric({
  id: 'carrier-totals',
  code: 'A24-01',
  clause: CLAUSES.supervision,
  name: { zh: '各类能源资源用量（用量已知的种类数）', en: 'Amounts by carrier (carriers known)' },
  unit: '类',
  formula: '各类 Σ 用量，分列；值为用量已知的种类数',
  inputs: [{ zh: '各类能源与水的计量总量', en: 'metered totals of every carrier' }],
  source: SOURCES.statistics,
  insufficient: {
    zh: '没有一类能源或水的已知率达到 90 %',
    en: 'no carrier is known to 90 %',
  },
  better: 'neither',
  compute(input) {
    const lines = CARRIER_IDS.filter((carrier) => input.total(carrier) !== undefined).map(
      (carrier) => {
        const { zh, en, unit } = CARRIERS[carrier];
        return { name: { zh, en }, unit, ...carrierTotal(input, carrier) };
      },
    );
    const parts = lines.map(({ name, value, unit, completeness }) => ({
      name,
      value,
      unit,
      completeness,
    }));
    const terms = lines.flatMap((line) => line.terms);
    const known = lines.filter(({ value }) => value !== null);
    if (known.length === 0) return { ...insufficient(NO_DATA, terms), parts };
    const reasons = lines.flatMap((line) => line.reasons);
    const completeness = Math.min(...known.map((line) => line.completeness));
    return { value: known.length, completeness, terms, reasons, parts };
  },
});
