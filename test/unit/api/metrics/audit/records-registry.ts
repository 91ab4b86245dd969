/** Four units with records, five with people and electricity alone, two beyond their quotas: who and what there is. */
import { bureauText } from '../../../../support/audit-registry.ts';
import type { Spread } from '../../../../support/audit-world.ts';

const MORE = `
quotas:
  - { id: q-area, metric: non-heating-per-area, tier: unit, profile: db37-quota, unit: kgce/(m²·a), constraint: 20, baseline: 11.9, guide: 6.5, region: x, source: DB37/T 2672, verified: false }
  - { id: q-person, metric: energy-per-person, tier: unit, profile: db37-quota, heads: quota, unit: kgce/(人·a), constraint: 1197.8, baseline: 781, guide: 453.7, region: x, source: DB37/T 2672, verified: false }
  - { id: q-power, metric: electricity-per-area, tier: unit, unit: kWh/(m²·a), constraint: 67.4, baseline: 39.5, guide: 20, region: x, source: DB37/T 2672, verified: false }
  - { id: q-water, metric: water-per-person, tier: unit, heads: water-saving, unit: m³/(人·a), constraint: 40, guide: 10, region: x, source: made up, verified: false }
targets:
  - { id: t-area, metric: energy-per-area, baseYear: 2020, targetYear: 2025, change: -0.05, source: plan, verified: true }
  - { id: t-person, metric: energy-per-person, baseYear: 2020, targetYear: 2025, change: -0.06, source: plan, verified: true }
peerMeans:
  - { id: p-area, metric: energy-per-area, type: state-organ, year: 2024, value: 9, unit: kgce/m², region: x, source: x, verified: false }
  - { id: p-person, metric: energy-per-person, type: state-organ, year: 2024, value: 400, unit: kgce/人, region: x, source: x, verified: false }
  - { id: p-water, metric: water-per-person, type: state-organ, year: 2024, value: 20, unit: m³/人, region: x, source: x, verified: false }
  - { id: p-school, metric: energy-per-area, type: education, year: 2023, value: 1, unit: kgce/m², region: x, source: x, verified: false }
prices:
  - { id: water, carrier: water, from: 2020-01-01, value: 5, unit: 元/m³, region: x, source: x, verified: false }
  - { id: gas-2020, carrier: gas, from: 2020-01-01, value: 3, unit: 元/m³, region: x, source: x, verified: false }
  - { id: gas-2025, carrier: gas, from: 2025-01-01, value: 3.5, unit: 元/m³, region: x, source: x, verified: false }
`;

const five = ['q1', 'q2', 'q3', 'q4', 'q5'];
const over = {
  floorM2: 5000,
  heads: { statistics: 100, quota: 110, 'water-saving': 100 },
  meters: ['electricity', 'water'],
} as const;

export const REGISTRY = bureauText(
  ['banner-a', 'banner-b', 'banner-c'],
  [
    {
      id: 'rec',
      parent: 'banner-a',
      creditCode: '111500000040106059',
      floorM2: 5000,
      heatedM2: 4000,
      heads: { statistics: 100, quota: 110, 'water-saving': 120 },
      meters: ['electricity', 'water', 'gas', 'heat'],
    },
    {
      id: 'rec2',
      parent: 'banner-a',
      creditCode: '1115910081044824BD',
      floorM2: 2500,
      heads: { statistics: 50, quota: 50, 'water-saving': 60 },
      meters: ['electricity', 'water'],
    },
    {
      id: 'half',
      parent: 'banner-a',
      type: 'education',
      floorM2: 1000,
      heads: { statistics: 30, quota: 30, 'water-saving': 30 },
      meters: ['electricity'],
    },
    {
      id: 'none',
      parent: 'banner-a',
      floorM2: 1000,
      heads: { statistics: 30 },
      meters: ['electricity'],
    },
    ...five.map((id) => ({
      id,
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 10 },
      meters: ['electricity'] as const,
    })),
    { id: 'over', parent: 'banner-c', ...over },
    { id: 'over-too', parent: 'banner-c', ...over },
  ],
  MORE,
);

const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const year = (agency: string, item: Spread['item'], amount: number): Spread => ({
  ...{ agency, item, amount },
  ...YEAR,
});
const leap = (item: Spread['item'], amount: number): Spread => ({
  ...{ agency: 'rec', item, amount },
  ...{ from: '2024-01-01', to: '2024-12-31' },
});
/** 1 January to 9 February 2026: forty days. */
const running = (agency: string, item: Spread['item'], amount: number): Spread => ({
  ...{ agency, item, amount },
  ...{ from: '2026-01-01', to: '2026-02-09' },
});

export const SPREADS: readonly Spread[] = [
  year('rec', 'electricity', 100_000),
  year('rec', '01A00', 40_000),
  year('rec', '01B00', 25_000),
  year('rec', '01C00', 15_000),
  year('rec', '01D00', 10_000),
  year('rec', 'water', 1500),
  year('rec', 'gas', 2000),
  year('rec', 'heat', 800),
  leap('electricity', 110_000),
  leap('water', 1600),
  leap('gas', 2000),
  leap('heat', 900),
  year('rec2', 'electricity', 50_000),
  year('rec2', '01A00', 40_000),
  year('rec2', '01B00', 20_000),
  year('rec2', '01C00', 0),
  year('rec2', '01D00', 0),
  year('rec2', 'water', 600),
  year('half', 'electricity', 30_000),
  ...[5000, 7000, 8000, 10_000, 20_000].map((kWh, at) => year(five[at] ?? '', 'electricity', kWh)),
  year('over', 'electricity', 400_000),
  year('over-too', 'electricity', 400_000),
  year('over', 'water', 1000),
  year('over-too', 'water', 1000),
  running('rec', 'electricity', 15_000),
  running('rec2', 'electricity', 15_000),
  running('rec', 'water', 160),
  running('rec2', 'water', 60),
];
