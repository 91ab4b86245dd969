/** A27-03: green space must neither grow nor shrink without approval. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const greenAreaChange = defineMetric({
  id: 'green-area-change',
  code: 'A27-03',
  clause: CLAUSES.greenSpace,
  name: { zh: '绿地面积变化', en: 'Change of green area' },
  unit: 'm²',
  formula: '本期绿地面积 − 上年同期绿地面积',
  inputs: [{ zh: '登记或台账的绿地面积（两年）', en: 'green area on file in both years' }],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '有一年没有绿地面积（登记或台账）',
    en: 'no green area on file in one of the years',
  },
  better: 'neither',
  yearly: true,
  compute(input) {
    const now = input.area('greenM2');
    const before = input.earlier(1)?.area('greenM2');
    const source = 'agencies.areas.greenM2、ledger green-space';
    const terms = [
      { name: { zh: '本期绿地', en: 'now' }, value: now ?? null, unit: 'm²', source },
      {
        name: { zh: '上年绿地', en: 'the year before' },
        value: before ?? null,
        unit: 'm²',
        source,
      },
    ];
    if (now === undefined || before === undefined) {
      const reason = {
        zh: '有一年没有登记绿地面积，或上年没有数据',
        en: 'no green area on file in one of the years, or no data of the year before',
      };
      return insufficient(reason, terms);
    }
    return { value: now - before, completeness: 1, terms, reasons: [] };
  },
});
