/** Why an account's figure is what it is: its parts with their shares, their meters, findings, restatements. */
import { CARRIERS, type Carrier } from '../../domain/carriers.ts';
import {
  type AccountItem,
  type AgencyConsumption,
  accountItemName,
} from '../../domain/consumption.ts';
import { HOUR_MS, localDate, type TimeRange } from '../../domain/period.ts';
import type { Agency } from '../../registry/schema.ts';
import { partsOf } from '../consumption/account-rows.ts';
import { partRows } from '../consumption/account-work.ts';
import type { AllocationTerm } from '../consumption/allocation.ts';
import { planOn, stretchesOf } from '../consumption/plan.ts';
import type { ApiContext } from '../context.ts';
import { amountOf } from '../series.ts';
import { figureOf } from './figure.ts';
import type { AgencyExplanation } from './shapes.ts';
import { findingWords, iso, isoUpTo, restatementWords } from './words.ts';

export interface Question {
  readonly carrier: Carrier;
  readonly item: AccountItem;
  /** On local midnights, or up to the running hour. */
  readonly range: TimeRange;
}

type Part = AgencyExplanation['parts'][number];
type PartWords = Pick<Part, 'kind' | 'id' | 'name' | 'minus' | 'counter' | 'factor' | 'basis'>;

/** A difference that summing in another order makes is none. */
const NEARLY = 1e-9;

function termWords({ registry }: ApiContext, term: AllocationTerm): PartWords {
  const { plus, minus, counter, factor, basis } = term;
  const name = registry.findAnyMeter(plus)?.name ?? { zh: plus, en: plus };
  return { kind: 'meter', id: plus, name, minus: [...minus], counter, factor, basis };
}

function childWords({ registry }: ApiContext, id: string): PartWords {
  const { name } = registry.agency(id);
  return { kind: 'agency', id, name, minus: [], factor: 1, basis: 'subordinates' };
}

/** The parts of an account over a stretch in which no share changes. */
async function partsIn(
  context: ApiContext,
  agency: Agency,
  { carrier, item, range }: Question,
): Promise<Part[]> {
  const { registry } = context;
  const plan = planOn(registry, localDate(range.fromMs, registry.region.zone));
  const account = plan.agencies
    .get(agency.id)
    ?.find((planned) => planned.carrier === carrier && planned.item === item);
  if (!account) return [];
  const hours = await partRows({ context }, [account], range)('hour', range.fromMs);
  const words = [
    ...account.terms.map((term) => termWords(context, term)),
    ...account.children.map((id) => childWords(context, id)),
  ];
  const count = Math.ceil((range.toMs - range.fromMs) / HOUR_MS);
  return partsOf(account).flatMap((at, index): Part[] => {
    const part = words[index];
    if (!part) return [];
    let value: number | null = null;
    let knownHours = 0;
    for (let hour = 0; hour < count; hour += 1) {
      const amount = at(hours, range.fromMs + hour * HOUR_MS);
      if (amount === undefined || amount.value === null) continue;
      value = (value ?? 0) + amount.value;
      knownHours += 1;
    }
    const span = { from: iso(range.fromMs), to: iso(range.toMs) };
    return [{ ...part, ...span, value, knownHours, hours: count }];
  });
}

function agree(parts: readonly Part[], hours: readonly AgencyConsumption[]): boolean {
  const sum = parts.reduce((total, { value }) => total + (value ?? 0), 0);
  const stored = hours.reduce((total, { value }) => total + (value ?? 0), 0);
  return Math.abs(sum - stored) <= NEARLY * Math.max(1, Math.abs(sum), Math.abs(stored));
}

/** Bills and readings by hand of the meters that went in. */
function entriesOf({ ledger }: ApiContext, meterIds: readonly string[], range: TimeRange) {
  return (['bill', 'manual-reading'] as const).flatMap((kind) =>
    ledger.entries(kind, { meterIds, range }).map(({ id, fromMs, toMs }) => ({
      kind,
      id,
      from: iso(fromMs),
      to: isoUpTo(toMs, range.toMs),
    })),
  );
}

export async function explainAgency(
  context: ApiContext,
  agency: Agency,
  question: Question,
): Promise<AgencyExplanation> {
  const { registry, store, now } = context;
  const { carrier, item, range } = question;
  const parts: Part[] = [];
  for (const stretch of stretchesOf(registry, range)) {
    parts.push(...(await partsIn(context, agency, { carrier, item, range: stretch })));
  }
  const meterIds = [
    ...new Set(parts.flatMap(({ kind, id, minus }) => (kind === 'meter' ? [id, ...minus] : []))),
  ];
  const query = { agencyIds: [agency.id], range, carrier, item };
  const subject = { subjectKind: 'agency', subjects: [agency.id], range } as const;
  const [hours, days, findings, restatements] = await Promise.all([
    store.agencyConsumption({ ...query, resolution: 'hour' }),
    store.agencyConsumption({ ...query, resolution: 'day' }),
    store.findings({ meterIds, range }),
    store.restatements(subject),
  ]);
  const options = { calendar: registry.region, nowMs: now() };
  return {
    agency: { id: agency.id, name: agency.name },
    carrier,
    item,
    name: accountItemName(item),
    unit: CARRIERS[carrier].unit,
    from: iso(range.fromMs),
    to: iso(range.toMs),
    figure: figureOf(hours, range),
    parts,
    agrees: agree(parts, hours),
    days: days.map((row) => amountOf(row, options)),
    findings: findings.map(findingWords),
    restatements: restatements
      .filter(({ name, resolution }) => name === `${carrier}/${item}` && resolution !== 'hour')
      .map(restatementWords),
    entries: entriesOf(context, meterIds, range),
  };
}
