/** What may be used in a year: the plan of the agency, else of all its units, else the quota times area or people. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import type { Quota } from '../../../registry/schema.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import type { MetricInput } from '../input.ts';
import type { MetricTerm } from '../term.ts';
import { newestBy } from './records.ts';
import { registeredUnits } from './unit-input.ts';

export interface Limit {
  readonly carrier: Carrier;
  readonly value: number;
  readonly term: MetricTerm;
  /** What of it is meant for each quarter, where the plan says so. */
  readonly quarters?: readonly number[];
}

type Plan = EntryOf<'annual-plan'>;

/** Limits of a kind: the agency's own; made up of its units' only where all of them have one. One entered later in the year replaces it. */
export function plannedLimits(
  input: MetricInput,
  isMeant: (body: Plan['body']) => boolean,
): readonly Plan[] {
  const limits = newestBy(
    input.records('annual-plan').filter(({ body }) => body.kind === 'limit' && isMeant(body)),
    ({ agency }) => agency,
  );
  const of = (id: string) => limits.filter(({ body }) => body.agency === id);
  const own = of(input.agency.id);
  if (own.length > 0) return own;
  const units = registeredUnits(input).map(({ id }) => of(id));
  return units.every(({ length }) => length > 0) ? units.flat() : [];
}

/** Quarters of the plans together; none unless each has all four. */
function quartersOf(plans: readonly Plan[]): readonly number[] | undefined {
  const all = plans.map(({ body: { q1, q2, q3, q4 } }) =>
    [q1, q2, q3, q4].flatMap((value) => value ?? []),
  );
  if (all.some(({ length }) => length < 4)) return undefined;
  return [0, 1, 2, 3].map((at) => all.reduce((sum, quarters) => sum + (quarters[at] ?? 0), 0));
}

/** Share of a year's plan that its quarters allow by a date; within one the days count alike. */
export function allowedShare(
  quarters: readonly number[],
  { fromDate, toDate }: Pick<MetricInput, 'fromDate' | 'toDate'>,
): number {
  const year = Number(fromDate.slice(0, 4));
  const startOf = (quarter: number) => Date.UTC(year, 3 * quarter);
  const atMs = Date.parse(toDate);
  const passed = quarters.reduce((sum, value, at) => {
    const part = (atMs - startOf(at)) / (startOf(at + 1) - startOf(at));
    return sum + value * Math.min(1, Math.max(0, part));
  }, 0);
  return passed / quarters.reduce((sum, value) => sum + value, 0);
}

function planned(input: MetricInput, carrier: Carrier): Limit[] {
  const { zh, en, unit } = CARRIERS[carrier];
  const entries = plannedLimits(input, (body) => body.carrier === carrier && body.unit === unit);
  if (entries.length === 0) return [];
  const value = entries.reduce((sum, { body }) => sum + body.value, 0);
  const source = `ledger annual-plan：${entries.map(({ id }) => id).join('、')}`;
  const name = { zh: `${zh}计划上限`, en: `${en}, limit of the plan` };
  const quarters = quartersOf(entries);
  const limit = { carrier, value, term: { name, value, unit, source } };
  return [quarters === undefined ? limit : { ...limit, quarters }];
}

type Basis = (input: MetricInput, quota: Quota) => number | undefined;

/** Each by the head count its quota, or else its metric, is made for. */
const QUOTAS: readonly (readonly [Carrier, string, Basis])[] = [
  ['electricity', 'electricity-per-area', (input) => input.area('floorM2')],
  ['water', 'statistical-water-per-person', (input, { heads }) => input.persons(heads)],
  ['water', 'water-per-person', (input, { heads = 'water-saving' }) => input.persons(heads)],
];

function byQuota(input: MetricInput, carrier: Carrier): Limit[] {
  const { zh, en, unit } = CARRIERS[carrier];
  return QUOTAS.flatMap(([of, metricId, basisOf]): Limit[] => {
    const quota = of === carrier ? input.quota(metricId) : undefined;
    const basis = quota && basisOf(input, quota);
    if (!quota || basis === undefined) return [];
    const value = quota.constraint * basis;
    const name = { zh: `${zh}定额约束值折合全年`, en: `${en}, constraint of the quota` };
    const source = `${quota.id}：${quota.source}`;
    return [{ carrier, value, term: { name, value, unit, source, verified: quota.verified } }];
  }).slice(0, 1);
}

export function limitOf(input: MetricInput, carrier: Carrier): Limit | undefined {
  return [...planned(input, carrier), ...byQuota(input, carrier)][0];
}
