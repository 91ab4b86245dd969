/** The traps of the field by name, and the published totals of a whole city. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, describeCases } from '../../../../support/audit-cases.ts';
import { bureauText } from '../../../../support/audit-registry.ts';
import {
  openWorld,
  type Spread,
  type World,
  type WorldFacts,
} from '../../../../support/audit-world.ts';

const QUOTAS = `
quotas:
  - { id: q-person, metric: energy-per-person, tier: unit, profile: db37-quota, heads: quota, unit: kgce/(人·a), constraint: 1000, guide: 100, region: x, source: x, verified: false }
`;

const REGISTRY = bureauText(
  ['banner-a', 'banner-b'],
  [
    {
      id: 'city',
      parent: 'banner-b',
      floorM2: 79_687_200,
      heads: { statistics: 5_015_000 },
      meters: ['electricity', 'water', 'gas'],
    },
    {
      id: 'large',
      parent: 'banner-a',
      floorM2: 10_000,
      heatedM2: 10_000,
      heads: { statistics: 200, quota: 250, 'water-saving': 400 },
      meters: ['electricity', 'water', 'gas', 'heat'],
    },
    {
      id: 'small',
      parent: 'banner-a',
      floorM2: 500,
      heatedM2: 500,
      heads: { statistics: 5, quota: 5, 'water-saving': 5 },
      meters: ['electricity', 'water', 'gas', 'heat'],
    },
    {
      id: 'ledger',
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 100 },
      meters: ['electricity', 'water'],
    },
  ],
  QUOTAS,
);

const year = (agency: string, item: Spread['item'], amount: number, of = '2025'): Spread => ({
  ...{ agency, item, amount },
  ...{ from: `${of}-01-01`, to: `${of}-12-31` },
});
const whole = { firstDay: '2025-01-01', lastDay: '2025-12-31' };

const FACTS: WorldFacts = {
  now: '2026-02-10T00:00+08:00',
  registry: REGISTRY,
  spreads: [
    year('city', 'electricity', 6_381_000_000),
    year('city', 'gas', 144_824_100),
    year('city', 'water', 138_915_500),
    year('large', 'electricity', 200_000),
    year('large', 'electricity', 366_000, '2024'),
    year('large', 'gas', 10_000),
    year('large', 'water', 4000),
    { agency: 'large', item: 'heat', amount: 310, from: '2025-01-01', to: '2025-01-31' },
    { agency: 'large', item: 'heat', amount: 2690, from: '2025-02-01', to: '2025-12-31' },
    year('small', 'electricity', 100_000),
    year('small', 'gas', 0),
    year('small', 'water', 50),
    year('small', 'heat', 0),
    year('ledger', 'electricity', 43_860),
    year('ledger', 'water', 1500),
  ],
  entries: [
    [
      'other-fuel',
      { agency: 'city', ...whole, fuel: 'coal', use: 'heating', quantity: 54_700, unit: 't' },
    ],
    ['vehicle-fuel', { agency: 'city', ...whole, fuel: 'gasoline', litres: 79_279_900 }],
    ['vehicle-fuel', { agency: 'city', ...whole, fuel: 'diesel', litres: 5_068_100 }],
    ['vehicle-fuel', { agency: 'large', ...whole, fuel: 'gasoline', litres: 10_000 }],
    ['vehicle-fuel', { agency: 'large', ...whole, fuel: 'diesel', litres: 10_000 }],
    ['fixture-inspection', { agency: 'large', date: '2025-06-01', inspected: 200, leaking: 8 }],
    [
      'head-count',
      { agency: 'ledger', date: '2025-07-01', persons: 140, definition: 'statistics' },
    ],
    [
      'head-count',
      { agency: 'ledger', date: '2025-01-01', persons: 90, definition: 'water-saving' },
    ],
    [
      'head-count',
      { agency: 'ledger', date: '2025-12-01', persons: 150, definition: 'water-saving' },
    ],
  ],
};

/** 10 000 L × 0.73 × 1.4714 + 10 000 L × 0.85 × 1.4571. */
const VEHICLES = 10_741.22 + 12_385.35;
/** 24 580 + 13 300 + 3000 × 34.12 + vehicles. */
const LARGE = 24_580 + 13_300 + 102_360 + VEHICLES;
const Y = '2025';

const CASES: readonly Case[] = [
  // 784 224 900 + 192 616 053 + 39 072 210 + 85 156 284.7478 + 6 277 019.2335
  ['city', Y, 'comprehensive-energy', 1_107_346_466.9813, 'published: 110.75 万 tce'],
  ['city', Y, 'energy-per-person', 1_107_346_466.9813 / 5_015_000, 'published: 220.8 kgce'],
  ['city', Y, 'energy-per-area', 1_015_913_163 / 79_687_200, 'published 13.90, vehicles among it'],
  ['city', Y, 'statistical-water-per-person', 27.7, 'published: 27.7 m³'],

  // 1. (140 240 + 12 290) / 10 500 = 14.53; the mean of 14.024 and 24.58 is 19.30.
  ['banner-a', Y, 'rolled-up-energy-per-area', 152_530 / 10_500, '1. ratio of sums'],
  ['banner-a', Y, 'energy-per-person', (LARGE + 12_290) / 205, '1. ratio of sums'],
  // 2. 0.31 × 200 000 + 12 143 + 102 360 + vehicles, by the quota's people, of 1000.
  [
    'large',
    Y,
    'quota-grade',
    (62_000 + 12_143 + 102_360 + VEHICLES) / 250 / 10,
    '2., 7. the quota’s own coefficients: 0.31 and 1.2143',
  ],
  ['large', Y, 'comprehensive-energy', LARGE, '2., 7., 8. 0.1229 and 1.33, litres by density'],
  ['large', Y, 'energy-per-area', (LARGE - VEHICLES) / 10_000, '3. vehicles out'],
  ['large', Y, 'energy-per-person', LARGE / 200, '3. vehicles in; 4. people of the statistics'],
  ['large', Y, 'water-per-person', 10, '4. 4000 / 400: visitors are people too'],
  ['large', Y, 'statistical-water-per-person', 20, '4. 4000 / 200'],
  [
    'ledger',
    Y,
    'energy-per-person',
    0.1229 * 365,
    '4. 43 860 kWh / (43 860 / 365): the ledger’s count from July',
  ],
  ['ledger', Y, 'water-per-person', 10, '4. 1500 / 150: who is there at the end of the year'],
  ['ledger', '2025-06', 'water-per-person', (1500 * 30) / 365 / 90, '4. in June, 90'],
  // 10. A month is a month, a leap year a year: nothing is scaled.
  ['large', '2025-01', 'heating-per-area', 0.031, '10. 310 GJ / 10 000 m², not twelve times'],
  ['large', Y, 'heating-per-area', 0.3, '10. the season is what it is'],
  ['large', '2024-02', 'electricity-per-area', 2.9, '10. 29 days of 1000 kWh'],
  ['large', '2024', 'electricity-per-area', 36.6, '10. 366 days, none taken away'],
  ['large', Y, 'fixture-leak-rate', 4, '12. 8 of 200 fixtures, whatever they leak'],
];

describeCases('traps', FACTS, CASES);

describe('trap 11: a published factor does not change what was closed', () => {
  let world: World | undefined;
  beforeAll(async () => {
    world = await openWorld(FACTS);
  });
  afterAll(async () => {
    await world?.close();
  });

  it('keeps what was frozen; only a draft follows the new factor', async () => {
    if (!world) throw new Error('no world');
    const { url } = world;
    const path = `${url}/api/agencies/ledger/assessment`;
    const body = JSON.stringify({ who: '审计' });
    const headers = { 'content-type': 'application/json' };
    const frozen = await fetch(`${path}/freeze?period=2025`, { method: 'POST', body, headers });
    expect(frozen.ok).toBe(true);
    world.replaceRegistry(REGISTRY.replace('value: 0.6479', 'value: 0.5'));
    const kg = async (query: string) => {
      const { metrics } = (await (await fetch(`${path}?period=2025${query}`)).json()) as {
        metrics: { id: string; value: number }[];
      };
      return metrics.find(({ id }) => id === 'carbon-by-scope')?.value;
    };
    expect(await kg('')).toBeCloseTo(43_860 * 0.6479, 6);
    expect(await kg('&draft=true')).toBeCloseTo(43_860 * 0.5, 6);
  });
});
