/** A26-17: water performance contracts (合同节水管理) that run in the period, and what came of their promises. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { contractsIn } from '../parts/contracts.ts';
import { SOURCES } from '../sources.ts';

export const waterContracts = defineMetric({
  id: 'water-contracts',
  code: 'A26-17',
  clause: CLAUSES.contracts,
  name: { zh: '合同节水项目', en: 'Water performance contracts' },
  unit: '项',
  formula: '本期执行中的合同节水管理项目数；分项：投资、承诺与核定节水量、分享费用',
  inputs: [
    {
      zh: '台账合同能源与合同节水（合同节水）、合同期内的节水改造',
      en: 'water performance contracts and retrofits of the ledger',
    },
  ],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '台账中没有本期的合同节水项目',
    en: 'the ledger holds no water performance contract of this period',
  },
  better: 'neither',
  compute: (input) => contractsIn(input, 'water'),
});
