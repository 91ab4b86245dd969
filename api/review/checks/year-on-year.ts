/** V8: amounts beside the same part of the year before. */
import { CARRIER_IDS } from '../../../domain/carriers.ts';
import { changesOf, defineCheck } from '../check.ts';

export const yearOnYear = defineCheck({
  id: 'year-on-year',
  name: { zh: '同比', en: 'Year on year' },
  severity: 'warning',
  todo: {
    zh: '核实原因（天气、人数、设备、换表），并录入审核说明',
    en: 'find the cause (weather, people, equipment, meters) and enter a review note',
  },
  look: (reviewed) =>
    changesOf(reviewed, reviewed.input.earlier(1), {
      carriers: CARRIER_IDS,
      than: { zh: '上年同期', en: 'the year before' },
    }),
});
