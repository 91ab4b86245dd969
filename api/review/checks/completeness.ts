/** V9: totals of which too little is known. */
import { totalItem } from '../../../domain/items.ts';
import { defineCheck, percent } from '../check.ts';
import { COMPLETENESS } from '../limits.ts';

export const completeness = defineCheck({
  id: 'completeness',
  name: { zh: '数据完整率不足', en: 'Too little data' },
  severity: 'warning',
  todo: {
    zh: '检查采集，或补录人工抄表、账单',
    en: 'look after the collection, or enter manual readings or bills',
  },
  look: ({ totals }) =>
    totals.flatMap(({ carrier, item, name, known }) => {
      if (item !== totalItem(carrier) || known >= COMPLETENESS.value) return [];
      const message = {
        zh: `${name.zh}已知 ${percent(known)}`,
        en: `${name.en}: ${percent(known)} known`,
      };
      return [{ subject: carrier, message, limit: COMPLETENESS }];
    }),
});
