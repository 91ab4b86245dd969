/** Amounts of a month beside the month before; heat follows the season and is left out. */
import { CARRIER_IDS } from '../../../domain/carriers.ts';
import { changesOf, defineCheck } from '../check.ts';

const STEADY = CARRIER_IDS.filter((carrier) => carrier !== 'heat' && carrier !== 'solar');

export const periodOnPeriod = defineCheck({
  id: 'period-on-period',
  name: { zh: '环比', en: 'Period on period' },
  severity: 'info',
  todo: {
    zh: '季节变化属正常；否则核实原因并录入审核说明',
    en: 'a change of season is normal; else find the cause and enter a review note',
  },
  look: (reviewed) =>
    reviewed.input.periodKind === 'month'
      ? changesOf(reviewed, reviewed.previous, {
          carriers: STEADY,
          than: { zh: '上月', en: 'the month before' },
        })
      : [],
});
