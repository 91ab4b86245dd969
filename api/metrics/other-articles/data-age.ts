/** A05-02: how old the data are at the period's end, by the carrier that was silent longest. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import { DAY_MS } from '../../../domain/period.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient, NO_DATA } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const dataAge = defineMetric({
  id: 'data-age',
  code: 'A05-02',
  clause: CLAUSES.sharing,
  name: { zh: '期末数据时延（最久的一类）', en: 'Age of the data at the end' },
  unit: 'd',
  formula: 'max( 期末 − 各类能源、水最近一个有实测的日之末 )',
  inputs: [{ zh: '各类能源与水的逐日实测率', en: 'daily coverage of each carrier' }],
  source: SOURCES.own,
  insufficient: {
    zh: '有一类能源或水在本期没有任何实测的日',
    en: 'a carrier of which no day was measured',
  },
  better: 'lower',
  compute(input) {
    const { toMs } = input.elapsed;
    const parts = CARRIER_IDS.flatMap((carrier) => {
      const { zh, en } = CARRIERS[carrier];
      const rows = input.days(carrier).filter(({ coverage }) => coverage > 0);
      if (rows.length === 0) return [];
      const lastMs = Math.max(...rows.map(({ startMs }) => startMs)) + DAY_MS;
      const value = Math.max(0, toMs - lastMs) / DAY_MS;
      return [{ name: { zh, en }, value, unit: 'd', completeness: 1 }];
    });
    if (parts.length === 0) return insufficient(NO_DATA);
    const terms = parts.map(({ name, value }) => ({ name, value, unit: 'd', source: 'coverage' }));
    const silent = CARRIER_IDS.filter(
      (carrier) =>
        input.total(carrier) !== undefined &&
        !input.days(carrier).some(({ coverage }) => coverage > 0),
    );
    const reasons = silent.map((carrier) => {
      const { zh, en } = CARRIERS[carrier];
      return { zh: `${zh}本期没有任何实测`, en: `${en}: nothing measured in the period` };
    });
    // Since when the longest was silent cannot be seen from here.
    const value = silent.length > 0 ? null : Math.max(...parts.map((part) => part.value));
    return { value, completeness: 1, terms, reasons, parts };
  },
});
