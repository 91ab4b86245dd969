/** A05-01: how many of the units on file deliver data. */
import { CARRIER_IDS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const connectedUnits = defineMetric({
  id: 'connected-units',
  code: 'A05-01',
  clause: CLAUSES.sharing,
  name: { zh: '数据接入率', en: 'Units that deliver data' },
  unit: '%',
  formula: '有读数的单位数 / 登记的单位数',
  inputs: [{ zh: '登记的单位、本期用量', en: 'units on file, amounts of the period' }],
  source: SOURCES.ordinance,
  insufficient: { zh: '没有登记用能单位', en: 'no unit on file' },
  better: 'higher',
  compute(input) {
    if (input.units.length === 0) {
      return insufficient({ zh: '没有登记用能单位', en: 'no unit on file' });
    }
    const connected = input.units.filter((unit) =>
      CARRIER_IDS.some((carrier) => (unit.total(carrier)?.known ?? 0) > 0),
    );
    const source = 'agencies';
    const terms = [
      {
        name: { zh: '有读数的单位', en: 'units with data' },
        value: connected.length,
        unit: '个',
        source,
      },
      {
        name: { zh: '登记的单位', en: 'units on file' },
        value: input.units.length,
        unit: '个',
        source,
      },
    ];
    const value = (connected.length / input.units.length) * 100;
    return { value, completeness: 1, terms, reasons: [] };
  },
});
