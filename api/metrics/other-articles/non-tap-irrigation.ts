/** A27-02: the share of irrigation that does not come from the tap. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { irrigation, nonTapWater } from '../parts/green-space.ts';
import { ratioOf } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

export const nonTapIrrigation = defineMetric({
  id: 'non-tap-irrigation',
  code: 'A27-02',
  clause: CLAUSES.greenSpace,
  name: { zh: '绿地灌溉非自来水占比', en: 'Irrigation not from the tap' },
  unit: '%',
  formula: '非自来水灌溉量 / 灌溉水量',
  inputs: [
    {
      zh: '台账灌溉水量（没有时用灌溉水表，按其上级表的水源）',
      en: 'irrigation of the ledger (else of irrigation meters, by the source of the meter above)',
    },
  ],
  source: SOURCES.ordinance,
  insufficient: { zh: '没有灌溉水量或未区分水源', en: 'no irrigation, or its source not given' },
  better: 'higher',
  compute: (input) => ratioOf([nonTapWater(input), irrigation(input)], 100),
});
