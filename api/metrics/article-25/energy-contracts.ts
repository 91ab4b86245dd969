/** A25-19: energy performance contracts that run, their guarantees and what was verified under them. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { contractsIn } from '../parts/contracts.ts';
import { SOURCES } from '../sources.ts';

export const energyContracts = defineMetric({
  id: 'energy-contracts',
  code: 'A25-19',
  clause: CLAUSES.contracts,
  name: { zh: '合同能源管理项目数', en: 'Energy performance contracts' },
  unit: '项',
  formula: '本期执行中的合同能源管理项目；承诺兑现率 = 全年核定节约量 / 承诺年节约量',
  inputs: [
    {
      zh: '台账合同能源管理、节能改造及其核定节约量、价格',
      en: 'contracts and retrofits of the ledger, verified savings, prices',
    },
  ],
  source: SOURCES.carbonPeak,
  insufficient: {
    zh: '台账没有本期的合同能源管理项目',
    en: 'the ledger holds no energy performance contract of this period',
  },
  better: 'higher',
  compute: (input) => contractsIn(input, 'energy'),
});
