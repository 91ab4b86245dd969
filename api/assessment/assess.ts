/** An agency's assessment of a period: totals, metrics, what they rest on, under a reproducible id. */
import { createHash } from 'node:crypto';
import { CARRIERS, type Carrier } from '../../domain/carriers.ts';
import {
  type AccountItem,
  type AgencyConsumption,
  accountItemName,
  RULE_VERSION,
} from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import { DAY_MS, localDate, type Period } from '../../domain/period.ts';
import { TARIFF_ITEMS } from '../../domain/tariff.ts';
import { classOf, type PeriodAmount } from '../consumption/amounts.ts';
import type { ApiContext } from '../context.ts';
import { factsOf } from '../metrics/catalogue.ts';
import { METRICS } from '../metrics/index.ts';
import type { MetricInput } from '../metrics/input.ts';
import type { Metric } from '../metrics/metric.ts';
import { limitsOn } from '../review/limits.ts';
import { reviewOf } from '../review/review.ts';
import { type LoadedAccount, loadAccount } from './account.ts';
import { watch } from './basis.ts';
import { contributionsOf } from './contributions.ts';
import { leakFindings } from './leak-findings.ts';
import { quotaFor } from './quota.ts';
import { addRows } from './rows.ts';
import type { Assessment, Content, MetricValue, Total } from './schema.ts';

const isSlot = (item: string) => TARIFF_ITEMS.some((slot) => slot === item);

/** A slot of a tariff has rows on its own days only: it is as well known as these, and as the carrier. */
function slotAmount(rows: readonly AgencyConsumption[], whole: PeriodAmount): PeriodAmount {
  const own = addRows(rows, { fromMs: 0, toMs: rows.length * DAY_MS });
  const { coverage, known } = whole;
  return {
    ...own,
    coverage: Math.min(own.coverage, coverage),
    known: Math.min(own.known, known),
  };
}

function totalsOf({ days, elapsed }: LoadedAccount): Total[] {
  const byItem = Map.groupBy(days, (row) => `${row.carrier} ${row.item}`);
  const wholeOf = (carrier: Carrier) =>
    addRows(byItem.get(`${carrier} ${totalItem(carrier)}`) ?? [], elapsed);
  return [...byItem.values()]
    .flatMap((rows): Total[] => {
      const [first] = rows;
      if (!first) return [];
      const { carrier, item } = first;
      const amount = isSlot(item) ? slotAmount(rows, wholeOf(carrier)) : addRows(rows, elapsed);
      const name = accountItemName(item);
      return [
        { carrier, item, name, unit: CARRIERS[carrier].unit, ...amount, class: classOf(amount) },
      ];
    })
    .sort((a, b) => order(a.carrier, a.item).localeCompare(order(b.carrier, b.item)));
}

/** By category code, the total first, the export last. */
function order(carrier: Carrier, item: AccountItem | string): string {
  return `${CARRIERS[carrier].code} ${item === 'export' ? 'zz' : item}`;
}

function evaluate(metric: Metric, input: MetricInput): MetricValue {
  const { value: raw, completeness, reasons, terms, parts, grade } = metric.compute(input);
  const value = raw !== null && Number.isFinite(raw) ? raw : null;
  const whole = completeness > 1 - 1e-9 && reasons.length === 0;
  const quota = value === null ? undefined : quotaFor(metric, input, value);
  return {
    ...factsOf(metric),
    value,
    status: value === null ? 'insufficient' : whole ? 'ok' : 'partial',
    completeness,
    // Several parts may lack for the same reason: it is given once.
    reasons: [...new Map(reasons.map((reason) => [reason.zh, reason])).values()],
    terms: [...terms],
    ...(parts ? { parts: [...parts] } : {}),
    ...(grade ? { grade } : {}),
    ...(quota ? { quota } : {}),
  };
}

/**
 * Computes the assessment of one agency and period. The id is a hash of everything but the time of
 * computing, so that two people who hold the same id hold the same figures.
 * @throws RangeError for an agency the registry does not know.
 */
export async function assess(
  context: ApiContext,
  agencyId: string,
  period: Period,
): Promise<Assessment> {
  const { registry, now } = context;
  const agency = registry.agency(agencyId);
  const account = await loadAccount(context, agencyId, period);
  const { input, basis } = watch(account.input);
  const rest = await contributionsOf(context, agencyId, account.elapsed);
  const totals = totalsOf(account);
  const metrics = METRICS.filter(({ yearly }) => !yearly || period.kind === 'year').map((metric) =>
    evaluate(metric, input),
  );
  const limits = limitsOn(registry, localDate(account.elapsed.toMs - 1, registry.region.zone));
  const { previous } = account;
  const review = reviewOf({ input, previous, totals, metrics, basis: basis(), limits });
  const content: Content = {
    agency: {
      id: agency.id,
      name: agency.name,
      tier: agency.tier,
      ...(agency.creditCode === undefined ? {} : { creditCode: agency.creditCode }),
      persons: input.persons() ?? null,
      floorM2: input.area('floorM2') ?? null,
    },
    period: {
      id: period.id,
      kind: period.kind,
      from: new Date(period.fromMs).toISOString(),
      to: new Date(account.elapsed.toMs).toISOString(),
      ended: now() >= period.toMs,
      zone: registry.region.zone,
    },
    ruleVersion: RULE_VERSION,
    totals,
    metrics,
    ...rest,
    findings: [...rest.findings, ...leakFindings(account.input)],
    // Last, so that what the review asked of the ledger is part of it.
    basis: basis(),
    review,
  };
  const id = contentId(JSON.stringify(content));
  return { id, computedAt: new Date(now()).toISOString(), frozen: null, ...content };
}

/** The first 64 bits of SHA-256: short enough to be printed, long enough not to meet by chance. */
function contentId(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
