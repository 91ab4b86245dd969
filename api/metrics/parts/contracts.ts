/** Performance contracts: how many run, what they promise, and what of it was verified. */

import type { Carrier } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import type { SAVING_UNITS } from '../../ledger/saving.ts';
import type { MetricInput } from '../input.ts';
import type { MetricOutcome, MetricPart } from '../metric.ts';
import { type SavingCase, savingCases, verifiedSaving } from './retrofits.ts';
import { insufficient } from './terms.ts';

type Contract = EntryOf<'emc-project'>;

/** The retrofits done under a contract: of the same agency, around the same meters or building, since it began. */
function casesUnder(input: MetricInput, { body }: Contract): SavingCase[] {
  const { agency, building, meters, firstDay, lastDay } = body;
  const own = input.retrofits.filter(({ entry: { body: retrofit } }) => {
    const { startedOn } = retrofit;
    if (retrofit.agency !== agency || startedOn < firstDay || startedOn > lastDay) return false;
    if (meters) return meters.some((id) => retrofit.meters?.includes(id));
    return building === undefined || building === retrofit.building;
  });
  return savingCases(own);
}

const UNIT_OF: Partial<Record<keyof typeof SAVING_UNITS, readonly Carrier[]>> = {
  kWh: ['electricity'],
  GJ: ['heat'],
  'm³': ['water', 'gas'],
};

/** Verified saving under a contract in the unit it was guaranteed in; `undefined` when a part is not verified. */
function verifiedUnder(
  input: MetricInput,
  contract: Contract,
  unit: keyof typeof SAVING_UNITS,
): number | undefined {
  const cases = casesUnder(input, contract);
  const inUnit = cases.filter(({ saving }) => UNIT_OF[unit]?.includes(saving.carrier) ?? true);
  if (inUnit.length === 0) return undefined;
  let sum = 0;
  for (const one of inUnit) {
    const saved = verifiedSaving(one);
    const factor = unit === 'kgce' ? input.factor('standard-coal', one.saving.carrier)?.value : 1;
    if (saved === undefined || factor === undefined) return undefined;
    sum += saved * factor;
  }
  return sum;
}

/** What one contract promises for a year, and what was verified of it in the elapsed period. */
function contractParts(input: MetricInput, contract: Contract): MetricPart[] {
  const { name, guaranteedPerYear, savingUnit, agencyShare, investmentYuan } = contract.body;
  const part = (what: Text, value: number | null | undefined, unit: string): MetricPart[] =>
    value === undefined
      ? []
      : [
          {
            name: { zh: `${name}：${what.zh}`, en: `${name}: ${what.en}` },
            value,
            unit,
            completeness: 1,
          },
        ];
  const verified = savingUnit && verifiedUnder(input, contract, savingUnit);
  const cases = casesUnder(input, contract);
  const prices = cases.map(({ saving }) => input.price(saving.carrier)?.value);
  const money = cases.reduce<number | undefined>((sum, one, i) => {
    const [saved, price] = [verifiedSaving(one), prices[i]];
    return sum === undefined || saved === undefined || price === undefined
      ? undefined
      : sum + saved * price;
  }, 0);
  const shared =
    agencyShare === undefined || money === undefined || cases.length === 0
      ? undefined
      : (money * agencyShare) / 100;
  const unit = savingUnit ?? '';
  // A year's promise against part of a year would annualise.
  const whole =
    input.periodKind === 'year' && input.ended && cases.every(({ saving }) => saving.wholePeriod);
  const kept =
    whole && guaranteedPerYear && verified !== undefined
      ? (verified / guaranteedPerYear) * 100
      : undefined;
  return [
    ...part({ zh: '服务单位投资', en: 'investment' }, investmentYuan, '元'),
    ...part({ zh: '承诺年节约量', en: 'guaranteed a year' }, guaranteedPerYear, unit),
    ...(savingUnit
      ? part({ zh: '本期核定节约量', en: 'verified in the period' }, verified ?? null, unit)
      : []),
    ...part({ zh: '承诺兑现率', en: 'of the guarantee' }, kept, '%'),
    ...part({ zh: '本单位分享节约费用', en: 'saving shared by the agency' }, shared, '元'),
  ];
}

/** Contracts of a resource that run in the period. */
export function contractsIn(input: MetricInput, resource: 'energy' | 'water'): MetricOutcome {
  const contracts = input.records('emc-project').filter(({ body }) => body.resource === resource);
  const kind = resource === 'energy' ? '合同能源管理' : '合同节水管理';
  if (contracts.length === 0) {
    return insufficient({
      zh: `台账中没有本期的${kind}项目（合同能源与合同节水）`,
      en: `the ledger holds no ${resource} performance contract of this period`,
    });
  }
  const source = `ledger emc-project：${contracts.map(({ id }) => id).join('、')}`;
  const name = { zh: '执行中的合同', en: 'contracts running' };
  const unverified = contracts
    .filter(
      (contract) =>
        contract.body.savingUnit !== undefined &&
        verifiedUnder(input, contract, contract.body.savingUnit) === undefined,
    )
    .map(({ body }) => ({
      zh: `${body.name}：节约量未核定（合同期内没有对应的改造，或改造未通过核定）`,
      en: `${body.name}: saving not verified (no retrofit under it, or one that is not verified)`,
    }));
  return {
    value: contracts.length,
    completeness: 1,
    terms: [{ name, value: contracts.length, unit: '项', source }],
    reasons: unverified,
    parts: contracts.flatMap((contract) => contractParts(input, contract)),
  };
}
