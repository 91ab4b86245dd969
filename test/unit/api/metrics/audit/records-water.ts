/** What their ledger says of water: rounds, orders, fixtures, rain and reclaimed water, plant, lawns. */
import type { WorldFacts } from '../../../../support/audit-world.ts';

const inYear = (firstDay: string, lastDay: string) => ({ firstDay, lastDay });
const whole = inYear('2025-01-01', '2025-12-31');
const before = inYear('2024-01-01', '2024-12-31');
const order = (kind: string, openedAt: string, closedAt?: string) => [
  'work-order',
  {
    ...{ agency: 'rec', kind, openedAt, description: '单' },
    ...(closedAt === undefined ? {} : { closedAt }),
  },
];
const round = (plannedOn: string, onTime?: boolean) => [
  'patrol-round',
  {
    ...{ agency: 'rec', plannedOn },
    ...(onTime === undefined ? {} : { doneOn: plannedOn, onTime, points: 10, findings: 0 }),
  },
];

export const WATER = [
  round('2025-02-01', true),
  round('2025-05-01', true),
  round('2025-08-01', false),
  round('2025-11-01'),
  round('2026-01-01'),
  order('leak', '2025-03-01T08:00:00+08:00', '2025-03-01T18:00:00+08:00'),
  order('repair', '2025-03-05T08:00:00+08:00', '2025-03-06T04:00:00+08:00'),
  order('other', '2025-03-05T08:00:00+08:00', '2025-03-15T08:00:00+08:00'),
  order('leak', '2025-12-30T08:00:00+08:00'),
  ['fixtures', { agency: 'rec', date: '2025-01-10', total: 100, waterSaving: 98, gradeOne: 20 }],
  ['fixtures', { agency: 'rec2', date: '2024-01-10', total: 50, waterSaving: 40 }],
  ['fixture-inspection', { agency: 'rec', date: '2025-04-01', inspected: 100, leaking: 6 }],
  ['fixture-inspection', { agency: 'rec', date: '2025-09-01', inspected: 300, leaking: 2 }],
  ['unconventional-water', { agency: 'rec', ...whole, source: 'rain', quantityM3: 150 }],
  ['unconventional-water', { agency: 'rec', ...whole, source: 'reclaimed', quantityM3: 50 }],
  [
    'unconventional-water',
    { agency: 'rec2', ...inYear('2024-07-01', '2025-12-31'), source: 'rain', quantityM3: 549 },
  ],
  [
    'water-plant',
    {
      ...{ agency: 'rec', ...whole, centralCooling: true, steamBoiler: true },
      ...{ coolingCirculationM3: 10_000, coolingMakeUpM3: 90, steamT: 100, condensateT: 60 },
      heatingMakeUpM3: 40,
    },
  ],
  ['water-plant', { agency: 'rec2', ...whole, centralCooling: false, steamBoiler: false }],
  ['green-space', { agency: 'rec', ...before, areaM2: 1000, waterM3: 400 }],
  ['green-space', { agency: 'rec', ...whole, areaM2: 1200, waterM3: 600, nonTapM3: 150 }],
] as NonNullable<WorldFacts['entries']>;
