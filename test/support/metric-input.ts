/** An account for metric tests: everything empty but what a case says. */
import type { MetricInput } from '../../api/metrics/input.ts';
import { isWorkday } from '../../domain/calendar.ts';
import { totalItem } from '../../domain/items.ts';
import { DAY_MS, localDate, localHour } from '../../domain/period.ts';
import { meteringLimitsOn } from '../../registry/metering-limits.ts';
import { createRegistry } from '../../registry/registry.ts';
import type { Agency } from '../../registry/schema.ts';

const ZONE = 'Asia/Shanghai';
/** Monday 2026-10-12 00:00 local: a working week. */
export const WEEK_START_MS = Date.parse('2026-10-11T16:00:00Z');

export interface AccountFacts {
  /** Amounts by item code, or `export`; `null` is an item with a meter but without readings. */
  readonly amounts?: Readonly<Record<string, number | null>>;
  /** Share of every amount that is known and measured. */
  readonly known?: number;
  readonly agency?: Partial<Agency>;
  readonly overrides?: Partial<MetricInput>;
}

export function metricInput(facts: AccountFacts = {}): MetricInput {
  const { amounts = {}, known = 1, overrides = {} } = facts;
  const agency: Agency = {
    id: 'a',
    name: { zh: '甲', en: 'A' },
    tier: 'unit',
    type: 'state-organ',
    heads: [],
    areas: [],
    ...facts.agency,
  };
  const region = {
    id: 'test',
    name: { zh: '测试', en: 'Test' },
    zone: ZONE,
    climateZone: '1C',
    heatingSeason: { from: '10-15', to: '04-15' },
  };
  const amount = (value: number | null) => {
    const share = value === null ? 0 : known;
    return { value, coverage: share, manual: 0, estimated: 0, known: share };
  };
  return {
    agency,
    registry: createRegistry({ region, agencies: [agency] }, new Map()),
    periodKind: 'month',
    elapsed: { fromMs: WEEK_START_MS, toMs: WEEK_START_MS + 7 * DAY_MS },
    fromDate: '2026-10-12',
    toDate: '2026-10-19',
    ended: true,
    total(carrier, item = totalItem(carrier)) {
      const value = amounts[item];
      return value === undefined ? undefined : amount(value);
    },
    days: () => [],
    hours: () => [],
    units: [],
    earlier: () => undefined,
    lastYear: undefined,
    buildings: [],
    meterAmounts: () => [],
    findings: [],
    leaks: [],
    persons: () => 100,
    area: (kind) => (kind === 'heatedM2' ? 1500 : 2000),
    records: () => [],
    latest: () => [],
    history: () => [],
    retrofits: [],
    rooms: [],
    gardens: [],
    factor: () => undefined,
    quota: () => undefined,
    target: () => undefined,
    peerMean: () => undefined,
    price: () => undefined,
    meteringLimits: meteringLimitsOn([], '2026-10-18'),
    weather: undefined,
    isWorkingTime: (atMs) =>
      localHour(atMs, ZONE) >= 8 && localHour(atMs, ZONE) < 18 && isWorkday(localDate(atMs, ZONE)),
    isWorkday,
    localHourOf: (atMs) => localHour(atMs, ZONE),
    localDateOf: (atMs) => localDate(atMs, ZONE),
    inHeatingSeason: () => true,
    elapsedHours: 7 * 24,
    heatingDays: 7,
    ...overrides,
  };
}
