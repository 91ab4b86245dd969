/** Fourteen units that use energy in every way: with heat and without, photovoltaics, fuels, gaps, moves. */

import { bureauText } from '../../../../support/audit-registry.ts';
import type { Spread, WorldFacts } from '../../../../support/audit-world.ts';

const REGISTRY = bureauText(
  ['banner-a', 'banner-b'],
  [
    {
      id: 'plain',
      parent: 'banner-a',
      floorM2: 5000,
      heatedM2: 4000,
      heads: { statistics: 100, quota: 110, 'water-saving': 120 },
      meters: ['electricity', 'water', 'gas', 'heat'],
    },
    {
      id: 'sun',
      parent: 'banner-a',
      floorM2: 4000,
      solarKwp: 25,
      heads: { statistics: 50, 'water-saving': 60 },
      meters: ['electricity', 'water', 'solar'],
    },
    {
      id: 'bare',
      parent: 'banner-a',
      floorM2: 2500,
      heads: { statistics: 40, 'water-saving': 50 },
      meters: ['electricity', 'water'],
    },
    {
      id: 'by-area',
      parent: 'banner-b',
      floorM2: 3000,
      heatedM2: 3000,
      heads: { statistics: 60 },
      meters: ['electricity'],
    },
    {
      id: 'gas',
      parent: 'banner-b',
      floorM2: 5000,
      heads: { statistics: 100, quota: 110 },
      meters: ['electricity', 'gas'],
    },
    {
      id: 'fuels',
      parent: 'banner-b',
      floorM2: 1000,
      heatedM2: 800,
      heads: { statistics: 20 },
      meters: ['electricity'],
    },
    {
      id: 'kerosene',
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 20 },
      meters: ['electricity'],
    },
    {
      id: 'other-fuel',
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 20 },
      meters: ['electricity'],
    },
    {
      id: 'moving',
      parent: 'banner-b',
      heads: [
        '{ from: 2020-01-01, persons: 100, definition: statistics }',
        '{ from: 2025-07-01, persons: 140, definition: statistics }',
      ],
      areas: ['{ from: 2020-01-01, floorM2: 5000 }', '{ from: 2025-07-01, floorM2: 6000 }'],
      meters: ['electricity'],
    },
    { id: 'no-heads', parent: 'banner-b', floorM2: 1000, meters: ['electricity', 'water'] },
    { id: 'no-area', parent: 'banner-b', heads: { statistics: 30 }, meters: ['electricity'] },
    {
      id: 'gaps',
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 30 },
      meters: ['electricity'],
    },
    {
      id: 'nearly',
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 30 },
      meters: ['electricity'],
    },
    {
      id: 'unread',
      parent: 'banner-b',
      floorM2: 1000,
      heads: { statistics: 30 },
      meters: ['electricity', 'gas'],
    },
  ],
);

const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const LEAP = { from: '2024-01-01', to: '2024-12-31' };

function year(agency: string, item: Spread['item'], amount: number, known = 1): Spread {
  return { agency, item, amount, known, ...YEAR };
}
function leap(agency: string, item: Spread['item'], amount: number): Spread {
  return { agency, item, amount, ...LEAP };
}

const SPREADS: readonly Spread[] = [
  year('plain', 'electricity', 100_000),
  year('plain', 'water', 1500),
  year('plain', 'gas', 2000),
  { agency: 'plain', item: 'heat', amount: 500, from: '2025-01-01', to: '2025-04-15' },
  { agency: 'plain', item: 'heat', amount: 0, from: '2025-04-16', to: '2025-10-14' },
  { agency: 'plain', item: 'heat', amount: 300, from: '2025-10-15', to: '2025-12-31' },
  leap('plain', 'electricity', 110_000),
  leap('plain', 'water', 1600),
  leap('plain', 'gas', 2000),
  leap('plain', 'heat', 900),
  year('sun', 'electricity', 80_000),
  year('sun', 'solar', 30_000),
  year('sun', 'export', 5000),
  year('sun', 'water', 600),
  leap('sun', 'electricity', 70_000),
  leap('sun', 'solar', 30_000),
  leap('sun', 'export', 6000),
  year('bare', 'electricity', 50_000),
  year('bare', 'water', 400),
  year('by-area', 'electricity', 60_000),
  year('gas', 'electricity', 100_000),
  year('gas', 'gas', 10_000),
  year('fuels', 'electricity', 20_000),
  year('kerosene', 'electricity', 20_000),
  year('other-fuel', 'electricity', 20_000),
  year('moving', 'electricity', 60_000),
  year('no-heads', 'electricity', 30_000),
  year('no-heads', 'water', 300),
  year('no-area', 'electricity', 30_000),
  year('gaps', 'electricity', 25_500, 0.85),
  year('nearly', 'electricity', 28_500, 0.95),
  year('unread', 'electricity', 30_000),
  year('unread', 'gas', 0, 0),
];

const all = { firstDay: '2025-01-01', lastDay: '2025-12-31' };
const before = { firstDay: '2024-01-01', lastDay: '2024-12-31' };
const ENTRIES = [
  ['vehicle-fuel', { agency: 'plain', ...all, fuel: 'gasoline', litres: 1000, costYuan: 7600 }],
  ['vehicle-fuel', { agency: 'plain', ...before, fuel: 'gasoline', litres: 1000, costYuan: 8000 }],
  [
    'bill',
    { agency: 'by-area', carrier: 'heat', ...all, quantity: 3000, unit: 'm²', costYuan: 66_000 },
  ],
  [
    'other-fuel',
    { agency: 'fuels', ...all, fuel: 'coal', use: 'heating', quantity: 10, unit: 't' },
  ],
  [
    'other-fuel',
    { agency: 'fuels', ...all, fuel: 'lpg', use: 'canteen', quantity: 100, unit: 'kg' },
  ],
  [
    'other-fuel',
    { agency: 'fuels', ...all, fuel: 'diesel', use: 'generator', quantity: 500, unit: 'L' },
  ],
  [
    'other-fuel',
    { agency: 'fuels', ...all, fuel: 'gasoline', use: 'other', quantity: 200, unit: 'L' },
  ],
  ['vehicle-fuel', { agency: 'fuels', ...all, fuel: 'diesel', litres: 400 }],
  ['vehicle-fuel', { agency: 'fuels', ...all, fuel: 'nev', energyKwh: 3000 }],
  [
    'other-fuel',
    { agency: 'kerosene', ...all, fuel: 'kerosene', use: 'heating', quantity: 100, unit: 'L' },
  ],
  [
    'other-fuel',
    { agency: 'other-fuel', ...all, fuel: 'other', use: 'other', quantity: 1.5, unit: 'tce' },
  ],
] as const;

export const ENERGY: WorldFacts = {
  now: '2026-02-10T00:00+08:00',
  registry: REGISTRY,
  spreads: SPREADS,
  entries: ENTRIES,
};
