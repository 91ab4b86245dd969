/** The very figure of last period: copied, or a meter that stands still. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { defineCheck, knownTotal, shown } from '../check.ts';

export const sameValue = defineCheck({
  id: 'same-value',
  name: { zh: '与上期相同', en: 'Same value as last period' },
  severity: 'warning',
  todo: {
    zh: '核实是否照抄上期数据，或表计停走',
    en: 'check whether the figure was copied, or the meter stands still',
  },
  look: ({ input, previous }) =>
    CARRIER_IDS.flatMap((carrier) => {
      const now = knownTotal(input, carrier);
      if (now === undefined || now === 0 || !previous) return [];
      if (now !== knownTotal(previous, carrier)) return [];
      const { zh, en, unit } = CARRIERS[carrier];
      const message = {
        zh: `${zh}与上期同为 ${shown(now, unit)}`,
        en: `${en}: ${shown(now, unit)} in this period and the one before`,
      };
      return [{ subject: carrier, message }];
    }),
});
