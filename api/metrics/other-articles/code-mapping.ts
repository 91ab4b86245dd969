/** A37-01: units that other systems can recognise: by unified social credit code. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const codeMapping = defineMetric({
  id: 'code-mapping',
  code: 'A37-01',
  clause: CLAUSES.informatisation,
  name: { zh: '统一社会信用代码登记率', en: 'Units with a credit code' },
  unit: '%',
  formula: '已登记统一社会信用代码的单位数 / 单位数',
  inputs: [{ zh: '登记的单位', en: 'units on file' }],
  source: SOURCES.statistics,
  insufficient: { zh: '没有登记用能单位', en: 'no unit on file' },
  better: 'higher',
  compute(input) {
    const { units } = input;
    if (units.length === 0) {
      return insufficient({ zh: '没有登记用能单位', en: 'no unit on file' });
    }
    const coded = units.filter(({ agency }) => agency.creditCode !== undefined);
    const source = 'agencies.creditCode';
    const terms = [
      { name: { zh: '有代码的单位', en: 'with a code' }, value: coded.length, unit: '个', source },
      { name: { zh: '单位', en: 'units' }, value: units.length, unit: '个', source },
    ];
    return { value: (coded.length / units.length) * 100, completeness: 1, terms, reasons: [] };
  },
});
