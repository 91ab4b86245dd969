/** Months of which nothing is known, though the account has the carrier. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { defineCheck } from '../check.ts';

/** Local months of an elapsed period, by their first seven letters. */
function monthsOf(fromDate: string, toDate: string): string[] {
  const months: string[] = [];
  for (let [year = 0, month = 1] = fromDate.split('-').map(Number); months.length < 24; ) {
    const id = `${year}-${String(month).padStart(2, '0')}`;
    if (`${id}-01` >= toDate) break;
    months.push(id);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
}

export const missingMonth = defineCheck({
  id: 'missing-month',
  name: { zh: '缺月', en: 'Missing month' },
  severity: 'warning',
  todo: {
    zh: '检查采集，或补录人工抄表、账单',
    en: 'look after the collection, or enter manual readings or bills',
  },
  look: ({ input }) =>
    CARRIER_IDS.flatMap((carrier) => {
      if (input.total(carrier) === undefined) return [];
      const known = new Set(
        input
          .days(carrier)
          .filter(({ value }) => value !== null)
          .map(({ startMs }) => input.localDateOf(startMs).slice(0, 7)),
      );
      const missing = monthsOf(input.fromDate, input.toDate).filter((month) => !known.has(month));
      if (missing.length === 0) return [];
      const { zh, en } = CARRIERS[carrier];
      const list = missing.join('、');
      return [
        {
          subject: carrier,
          message: { zh: `${zh}缺少 ${list} 的数据`, en: `${en}: nothing known of ${list}` },
        },
      ];
    }),
});
