/** Settles the hours and days of the accounts of buildings and agencies, children before their parents. */
import type { AgencyConsumption, Amount, BuildingConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import {
  DAY_MS,
  localDate,
  localHour,
  type Resolution,
  type TimeRange,
} from '../../domain/period.ts';
import type { LoadProfilePoint } from '../../store/schema.ts';
import {
  type AccountHour,
  accountHours,
  agencyRow,
  buildingRow,
  type PartRows,
  type Series,
  WEIGHT_DAYS,
} from './account-rows.ts';
import { AGENCY_ROWS, BUILDING_ROWS, METER_ROWS, type RowFamily, seriesOf } from './families.ts';
import { type PlannedAccount, planOn, stretchesOf } from './plan.ts';
import { dayRows, tariffHours } from './rollup.ts';
import type { Run, Writable } from './run.ts';
import type { Part } from './sums.ts';
import { monthsIn } from './window.ts';

/** The day × hour heat map looks back a month. */
const PROFILE_MS = 35 * DAY_MS;

export interface Accounts {
  readonly buildings: readonly string[];
  readonly agencies: readonly string[];
}

function index<T extends Amount>(
  series: Map<string, Map<number, Part>>,
  family: RowFamily<T>,
  rows: readonly T[],
): void {
  for (const row of rows) {
    const key = seriesOf(family, row);
    const byStart = series.get(key) ?? new Map<number, Part>();
    byStart.set(row.startMs, row);
    series.set(key, byStart);
  }
}

/** The stored rows the accounts of one subject are made of. */
export function partRows(
  { context }: Pick<Run, 'context'>,
  accounts: readonly PlannedAccount[],
  range: TimeRange,
) {
  const meterIds = accounts.flatMap(({ terms }) =>
    terms.flatMap(({ plus, minus }) => [plus, ...minus]),
  );
  const children = accounts.flatMap((account) => account.children);
  return async (resolution: Resolution, fromMs: number): Promise<Series> => {
    const series = new Map<string, Map<number, Part>>();
    const part = { resolution, range: { fromMs, toMs: range.toMs } };
    if (meterIds.length > 0)
      index(
        series,
        METER_ROWS,
        await METER_ROWS.read(context.store, { subjects: meterIds, ...part }),
      );
    if (children.length > 0)
      index(
        series,
        AGENCY_ROWS,
        await AGENCY_ROWS.read(context.store, { subjects: children, ...part }),
      );
    return series;
  };
}

async function computeAccounts(
  run: Run,
  accounts: readonly PlannedAccount[],
  range: TimeRange,
): Promise<AccountHour[]> {
  // Children were settled in this very run.
  if (accounts.some(({ children }) => children.length > 0)) await run.flush();
  const load = partRows(run, accounts, range);
  // A local day is at most 25 hours long.
  const backMs = range.fromMs - (WEIGHT_DAYS + 2) * DAY_MS;
  const before = run.cuts.spansIn({ fromMs: backMs, toMs: range.toMs }, 'day');
  let days: Promise<Series> | undefined;
  const rows: PartRows = {
    hours: await load('hour', range.fromMs),
    days: () => {
      days ??= load('day', backMs);
      return days;
    },
  };
  const cut = {
    range,
    days: run.cuts.spansIn(range, 'day'),
    before: (day: TimeRange) => {
      const at = before.findIndex(({ fromMs }) => fromMs === day.fromMs);
      return before.slice(Math.max(0, at - WEIGHT_DAYS), at);
    },
  };
  const hours: AccountHour[] = [];
  for (const account of accounts) {
    for (const hour of await accountHours(account, rows, cut)) hours.push(hour);
    await run.rest();
  }
  return hours;
}

async function settleSubject<T extends BuildingConsumption | AgencyConsumption>(
  run: Run,
  family: RowFamily<T>,
  part: { readonly subject: string; readonly hours: readonly T[]; readonly range: TimeRange },
): Promise<void> {
  const { hours, range } = part;
  const { store } = run.context;
  const selection = { subjects: [part.subject], range };
  const stored = await family.read(store, { ...selection, resolution: 'hour' });
  await run.settle(family, { computed: hours, stored });
  const days = await family.read(store, { ...selection, resolution: 'day' });
  const computed = [...hours, ...tariffHours(hours, run.cuts)];
  await run.settle(family, {
    computed: dayRows(family, computed, { cuts: run.cuts, range }),
    stored: days,
  });
  await run.rest();
}

const PROFILE: Writable<LoadProfilePoint> = {
  write: (store, points) => store.writeLoadProfile(points),
};

async function writeProfile(run: Run, rows: readonly AgencyConsumption[]): Promise<void> {
  const { nowMs } = run;
  const { zone } = run.context.registry.region;
  const points = rows.flatMap(({ agencyId, carrier, item, startMs, value }) =>
    item === totalItem(carrier) && value !== null && startMs > nowMs - PROFILE_MS
      ? [{ agencyId, carrier, startMs, localHour: localHour(startMs, zone), value }]
      : [],
  );
  if (points.length > 0) await run.write(PROFILE, points);
}

/** The range starts on a local midnight and ends on one, or with the running hour. */
export async function settleAccounts(
  run: Run,
  part: { readonly accounts: Accounts; readonly range: TimeRange },
  onShare: (share: number) => void,
): Promise<void> {
  const { accounts, range } = part;
  const { registry } = run.context;
  const { zone } = registry.region;
  const [buildings, agencies] = [new Set(accounts.buildings), new Set(accounts.agencies)];
  await run.flush();
  const months = stretchesOf(registry, range).flatMap((one) => monthsIn(one, zone));
  for (const [index, month] of months.entries()) {
    const plan = planOn(registry, localDate(month.fromMs, zone));
    for (const [subject, planned] of plan.buildings) {
      if (!buildings.has(subject)) continue;
      const computed = await computeAccounts(run, planned, month);
      const hours = computed.map((hour) => buildingRow(subject, hour));
      await settleSubject(run, BUILDING_ROWS, { subject, hours, range: month });
    }
    for (const [subject, planned] of plan.agencies) {
      if (!agencies.has(subject)) continue;
      const computed = await computeAccounts(run, planned, month);
      const hours = computed.map((hour) => agencyRow(subject, hour));
      await settleSubject(run, AGENCY_ROWS, { subject, hours, range: month });
      await writeProfile(run, hours);
    }
    onShare((index + 1) / months.length);
  }
}
