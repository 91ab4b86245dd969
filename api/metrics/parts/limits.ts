/** What may be used in a year: the plan of the agency, else of all its units, else the quota times area or people. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import type { MetricInput } from '../input.ts';
import type { MetricTerm } from '../term.ts';
import { registeredUnits } from './unit-input.ts';

export interface Limit {
  readonly carrier: Carrier;
  readonly value: number;
  readonly term: MetricTerm;
}

type Plan = EntryOf<'annual-plan'>;

/** Limits of a kind: the agency's own; made up of its units' only where all of them have one. */
export function plannedLimits(
  input: MetricInput,
  isMeant: (body: Plan['body']) => boolean,
): readonly Plan[] {
  const limits = input
    .records('annual-plan')
    .filter(({ body }) => body.kind === 'limit' && isMeant(body));
  const of = (id: string) => limits.filter(({ body }) => body.agency === id);
  const own = of(input.agency.id);
  if (own.length > 0) return own;
  const units = registeredUnits(input).map(({ id }) => of(id));
  return units.every(({ length }) => length > 0) ? units.flat() : [];
}

function planned(input: MetricInput, carrier: Carrier): Limit[] {
  const { zh, en, unit } = CARRIERS[carrier];
  const entries = plannedLimits(input, (body) => body.carrier === carrier && body.unit === unit);
  if (entries.length === 0) return [];
  const value = entries.reduce((sum, { body }) => sum + body.value, 0);
  const source = `ledger annual-plan：${entries.map(({ id }) => id).join('、')}`;
  const name = { zh: `${zh}计划上限`, en: `${en}, limit of the plan` };
  return [{ carrier, value, term: { name, value, unit, source } }];
}

const QUOTAS = [
  ['electricity', 'electricity-per-area', (input: MetricInput) => input.area('floorM2')],
  ['water', 'statistical-water-per-person', (input: MetricInput) => input.persons()],
  ['water', 'water-per-person', (input: MetricInput) => input.persons()],
] as const;

function byQuota(input: MetricInput, carrier: Carrier): Limit[] {
  const { zh, en, unit } = CARRIERS[carrier];
  return QUOTAS.flatMap(([of, metricId, basisOf]): Limit[] => {
    const quota = input.quota(metricId);
    const basis = basisOf(input);
    if (of !== carrier || !quota || basis === undefined) return [];
    const value = quota.constraint * basis;
    const name = { zh: `${zh}定额约束值折合全年`, en: `${en}, constraint of the quota` };
    const source = `${quota.id}：${quota.source}`;
    return [{ carrier, value, term: { name, value, unit, source, verified: quota.verified } }];
  }).slice(0, 1);
}

export function limitOf(input: MetricInput, carrier: Carrier): Limit | undefined {
  return [...planned(input, carrier), ...byQuota(input, carrier)][0];
}
