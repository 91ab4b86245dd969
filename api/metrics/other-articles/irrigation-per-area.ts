/** A27-01: irrigation per green area. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { irrigation } from '../parts/green-space.ts';
import { per } from '../parts/ratio.ts';
import { SOURCES } from '../sources.ts';

export const irrigationPerArea = defineMetric({
  id: 'irrigation-per-area',
  code: 'A27-01',
  clause: CLAUSES.greenSpace,
  name: { zh: '单位绿地面积灌溉用水', en: 'Irrigation per green area' },
  unit: 'm³/m²',
  formula: '灌溉水量 / 绿地面积',
  inputs: [
    {
      zh: '台账灌溉水量（没有时用灌溉水表，用水类别 irrigation）、绿地面积（登记或台账）',
      en: 'irrigation of the ledger (else of irrigation meters), green area (registry or ledger)',
    },
  ],
  source: SOURCES.ordinance,
  insufficient: { zh: '没有灌溉水量或绿地面积', en: 'no irrigation or no green area' },
  better: 'lower',
  compute: (input) =>
    per(irrigation(input), {
      name: { zh: '绿地面积', en: 'green area' },
      value: input.area('greenM2'),
      unit: 'm²',
      source: 'agencies.areas.greenM2、ledger green-space',
    }),
});
