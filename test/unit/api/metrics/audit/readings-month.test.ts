/** March 2026 from readings to figures, by hand: shares, photovoltaics, swaps, transformers, gaps, midnight, water, hours. */
import { HOUR_MS, localHour } from '../../../../../domain/period.ts';
import type { Reading } from '../../../../../domain/reading.ts';
import { type Case, describeCases } from '../../../../support/audit-cases.ts';
import { bureauText, type UnitText } from '../../../../support/audit-registry.ts';

const ZONE = 'Asia/Shanghai';
const START_MS = Date.parse('2026-03-01T00:00+08:00');
/** 31 days. */
const HOURS = 744;

const units: readonly UnitText[] = [
  { id: 'tenant-a', parent: 'banner', floorM2: 1200, heads: { statistics: 30 } },
  { id: 'tenant-b', parent: 'banner', floorM2: 800, heads: { statistics: 20 } },
  {
    id: 'sun',
    parent: 'banner',
    floorM2: 1000,
    solarKwp: 20,
    heads: { statistics: 10 },
    meters: ['electricity', 'solar'],
  },
  { id: 'swap', parent: 'banner', floorM2: 1000, heads: { statistics: 10 } },
  { id: 'transformer', parent: 'banner', floorM2: 1000, heads: { statistics: 10 } },
  {
    id: 'water',
    parent: 'banner',
    floorM2: 1000,
    heads: { statistics: 50, 'water-saving': 60 },
    areas: ['{ from: 2020-01-01, floorM2: 1000, greenM2: 500 }'],
  },
  { id: 'hours', parent: 'banner', floorM2: 1000, heads: { statistics: 10 } },
  {
    id: 'outage',
    parent: 'banner',
    floorM2: 1000,
    heads: { statistics: 10 },
    meters: ['electricity'],
  },
  {
    id: 'reset',
    parent: 'banner',
    floorM2: 1000,
    heads: { statistics: 10 },
    meters: ['electricity'],
  },
  {
    id: 'midnight',
    parent: 'banner',
    floorM2: 1000,
    heads: { statistics: 10 },
    meters: ['electricity'],
  },
  {
    id: 'warm',
    parent: 'banner',
    floorM2: 1200,
    heatedM2: 1000,
    heads: { statistics: 10 },
    meters: ['electricity', 'heat'],
  },
];

const shared = `
  - { id: shared, name: { zh: 合署, en: Shared }, code: 150102B001, station: station, floorM2: 2000, occupancy: [{ from: 2020-01-01, basis: area, shares: { tenant-a: 0.6, tenant-b: 0.4 } }, { from: 2026-03-11, basis: area, shares: { tenant-a: 0.5, tenant-b: 0.5 } }] }
connections:`;

let unit = 100;
function meter(id: string, building: string, facts: string): string {
  unit += 1;
  return `  - { id: ${id}, name: { zh: ${id}, en: ${id} }, building: ${building}, connection: line-0, unit: ${unit}, pollSeconds: 3600, maxPerHour: 1000, ${facts} }`;
}
const power = 'profile: eastron-sdm630, carrier: electricity';
const water = 'profile: tuf-2000m, carrier: water';

const meters = `
${meter('shared-e', 'shared', `${power}, level: 1`)}
${meter('shared-e-a', 'shared', `${power}, level: 2, parent: shared-e, agency: tenant-a`)}
${meter('shared-w', 'shared', `${water}, level: 1`)}
${meter('swap-e', 'swap-hall', `${power}, level: 1, replacements: [{ at: "2026-03-16T12:30:00+08:00", finalReading: 2862.5, initialReading: 100 }]`)}
${meter('transformer-e', 'transformer-hall', `${power}, level: 1, multiplier: [{ from: 2025-01-01, factor: 40 }, { from: 2026-03-16, factor: 60 }]`)}
${meter('water-w', 'water-hall', `${water}, level: 1`)}
${meter('water-w-a', 'water-hall', `${water}, level: 2, parent: water-w`)}
${meter('water-w-b', 'water-hall', `${water}, level: 2, parent: water-w, waterUse: irrigation`)}
${meter('water-w-r', 'water-hall', `${water}, level: 1, waterUse: reclaimed`)}
${meter('hours-e', 'hours-hall', `${power}, level: 1`)}
${meter('hours-e-a', 'hours-hall', `${power}, item: "01A00", level: 2, parent: hours-e`)}
${meter('hours-e-d', 'hours-hall', `${power}, item: "01D00", level: 2, parent: hours-e`)}
${meter('hours-e-d30', 'hours-hall', `${power}, item: "01D30", level: 3, parent: hours-e-d`)}
${meter('hours-e-d10', 'hours-hall', `${power}, item: "01D10", level: 3, parent: hours-e-d`)}
${meter('hours-e-d10-it', 'hours-hall', `${power}, item: "01D10", level: 3, parent: hours-e-d10`)}
  - { id: warm-room, name: { zh: 室温, en: Room }, building: warm-hall, connection: server, node: room, profile: opcua-room-sensor, carrier: weather, level: 3, pollSeconds: 3600, maxPerHour: 1 }
factors:`;

const REGISTRY = bureauText(['banner'], units)
  .replace(
    'heatingSeason:',
    'roomTemperature: { heatedMaxC: 20, cooledMinC: 26, source: x, verified: false }, heatingSeason:',
  )
  .replace('\nconnections:', shared)
  .replace('\nfactors:', meters);

/** A register read every hour on the hour; `counted` says how much of `perHour` there was by then. */
function hourly(
  meterId: string,
  perHour: number | ((atMs: number) => number),
  more: (hour: number, register: number) => Partial<Reading['values']> | undefined = (
    _,
    register,
  ) => ({
    activeEnergyImport: register,
  }),
  hours = HOURS,
): Reading[] {
  const readings: Reading[] = [];
  let register = 1000;
  for (let hour = 0; hour <= hours; hour += 1) {
    const atMs = START_MS + hour * HOUR_MS;
    const values = more(hour, Number(register.toFixed(4)));
    if (values) readings.push({ meterId, atMs, quality: 0, values });
    register += typeof perHour === 'number' ? perHour : perHour(atMs);
  }
  return readings;
}

const volume = (_: number, register: number) => ({ volume: register });
const heat = (_: number, register: number) => ({ heatEnergy: register });

/** 2 at night, 10 by day, 5 in between. */
function pattern(atMs: number): number {
  const hour = localHour(atMs, ZONE);
  if (hour >= 21 || hour < 5) return 2;
  return hour >= 8 && hour < 18 ? 10 : 5;
}

const READINGS: readonly Reading[] = [
  ...hourly('shared-e', 10),
  ...hourly('shared-e-a', 2),
  ...hourly('shared-w', 0.5, volume),
  ...hourly('sun-electricity', 6, (hour, register) => ({
    activeEnergyImport: register,
    activeEnergyExport: 50 + hour,
  })),
  ...hourly('sun-solar', 3, (_, register) => ({ activeEnergyExport: register })),
  ...hourly('swap-e', 5, (hour, register) => ({
    activeEnergyImport: hour > 372 ? 100 + 5 * (hour - 372.5) : register,
  })),
  ...hourly('transformer-e', 0.1),
  ...hourly('water-w', 1, volume),
  ...hourly('water-w-a', 0.6, volume),
  ...hourly('water-w-b', 0.3, volume),
  ...hourly('water-w-r', 0.1, volume),
  ...hourly('hours-e', pattern),
  ...hourly('hours-e-a', (atMs) => pattern(atMs) / 2),
  ...hourly('hours-e-d', 1),
  ...hourly('hours-e-d30', 0.5),
  ...hourly('hours-e-d10', 0.4),
  ...hourly('hours-e-d10-it', 0.25),
  // Nothing from the 10th 00:00 to the 12th 00:00, both read; the register ran on.
  ...hourly('outage-electricity', 4, (hour, register) =>
    hour > 216 && hour < 264 ? undefined : { activeEnergyImport: register },
  ),
  // At 00:30 on the 16th the register falls to zero.
  ...hourly('reset-electricity', 4, (hour, register) => ({
    activeEnergyImport: hour > 360 ? 4 * (hour - 360.5) : register,
  })),
  // 10 kWh in the last hour of March in Beijing, 5 in the first of April.
  ...hourly(
    'midnight-electricity',
    0,
    (hour) => ({ activeEnergyImport: 1000 + (hour > 743 ? 10 : 0) + (hour > 744 ? 5 : 0) }),
    HOURS + 1,
  ),
  ...hourly('warm-electricity', 1),
  ...hourly('warm-heat', 0.1, heat),
  // Too warm until one o'clock, then not.
  ...hourly('warm-room', 0, (hour) => ({ roomTemperature: hour % 24 < 13 ? 22 : 19 })),
];

const M = '2026-03';
const CASES: readonly Case[] = [
  // 2 × 744 own; of the other 8 a hour 0.6 for 240 hours and 0.5 for 504: 8 × (144 + 252) = 3168.
  [
    'tenant-a',
    M,
    'electricity-per-area',
    4656 / 1200,
    'the own meter first, the rest by dated shares',
  ],
  // 8 × (0.4 × 240 + 0.5 × 504) = 8 × 348; with 4656 it makes 7440, all of the main.
  ['tenant-b', M, 'electricity-per-area', 2784 / 800, 'the other part of the rest'],
  ['tenant-a', M, 'statistical-water-per-person', 198 / 30, '0.5 × (0.6 × 240 + 0.5 × 504)'],
  ['tenant-b', M, 'statistical-water-per-person', 174 / 20, '0.5 × (0.4 × 240 + 0.5 × 504)'],
  ['tenant-a', M, 'comprehensive-energy', 4656 * 0.1229, 'allocated as the electricity is'],
  // 6 × 744 in, 1 × 744 out, 3 × 744 made: 4464 + 1488 = 5952.
  ['sun', M, 'comprehensive-energy', 731.5008, '5952 × 0.1229'],
  ['sun', M, 'carbon-by-scope', 2892.2256, '4464 × 0.6479: import alone'],
  ['sun', M, 'renewable-share', 25, '1488 / 5952'],
  ['sun', M, 'solar-yield', 111.6, '2232 / 20 kWp'],
  ['sun', M, 'electricity-per-area', 5.952, '5952 / 1000'],
  ['swap', M, 'electricity-per-area', 3.72, '5 × 744 across a replaced meter'],
  ['transformer', M, 'electricity-per-area', 3.744, '0.1 × (360 × 40 + 384 × 60)'],
  ['outage', M, 'electricity-per-area', 2.976, 'the register ran on: the amount is known'],
  ['outage', M, 'data-completeness', (100 * 696) / 744, 'but 48 hours of it were not measured'],
  [
    'reset',
    M,
    'electricity-per-area',
    2.974,
    '2 kWh between the last reading and the reset are lost, not guessed',
  ],
  [
    'midnight',
    M,
    'electricity-per-area',
    0.01,
    'a day begins at 00:00 in Beijing, not in Greenwich',
  ],
  ['warm', M, 'room-temperature', 50, '8 to 13 of the hours from 8 to 18'],
  ['water', M, 'leak-closed-loop', 0, 'it never comes to rest, and nobody was sent'],
  ['sun', M, 'leak-closed-loop', /leak|漏/, 'nothing is suspected'],
  [
    'water',
    M,
    'leak-suspicion',
    { value: 14.4, says: /water-w-a/ },
    '0.6 × 24, told where it is nearest; gardens and reclaimed water may run',
  ],
  ['sun', M, 'leak-suspicion', /water|水/, 'no water meter'],
  ['warm', M, 'heating-per-area', 0.0744, '0.1 × 744 / 1000'],
  ['warm', M, 'comprehensive-energy', 744 * 0.1229 + 74.4 * 34.12, 'electricity and heat'],
  ['warm', M, 'non-heating-per-area', (744 * 0.1229) / 1200, 'without heat'],
  [
    'warm',
    M,
    'electrification',
    (100 * 744 * 0.1229) / (744 * 0.1229 + 74.4 * 34.12),
    'coal equivalents',
  ],

  ['water', M, 'water-balance', 10, '(1 − 0.6 − 0.3) / 1'],
  ['water', M, 'unconventional-water-share', 100 / 11, '0.1 / 1.1'],
  ['water', M, 'water-per-person', 12.4, '(818.4 − 74.4) / 60'],
  ['water', M, 'minimum-night-flow', 1.1, 'both mains, night after night'],
  ['water', M, 'irrigation-per-area', 0.4464, '0.3 × 744 / 500'],
  ['water', M, 'non-tap-irrigation', 0, 'all of it from the tap'],
  ['water', M, 'water-metering-rate', 900 / 11, '(0.6 + 0.3) / (1 + 0.1)'],
  ['sun', M, 'water-balance', /sub-meter|分表/, 'no water meter'],
  ['sun', M, 'minimum-night-flow', /reading|读数/, 'no water meter'],
  ['sun', M, 'water-metering-rate', /water|水/, 'no water meter'],

  ['hours', M, 'base-load-ratio', 20, '2 / 10'],
  // 8 × 2 + 10 × 10 + 6 × 5 = 146 a day, 146 / 24 an hour.
  ['hours', M, 'load-factor', (100 * 146) / 24 / 10, 'mean by the highest hour'],
  // 22 working days of 100 kWh from 8 to 18, of 31 × 146.
  ['hours', M, 'off-hours-share', 100 - (100 * 2200) / 4526, 'outside 08–18 of working days'],
  [
    'hours',
    M,
    'unmetered-electricity',
    (100 * (4526 - 2263 - 744)) / 4526,
    'the remainder is said, not spread',
  ],
  ['hours', M, 'data-room-efficiency', 1.6, '0.4 / 0.25'],
  ['warm', M, 'data-room-efficiency', /room|机房/, 'no data room'],
  ['tenant-a', M, 'metering-rate', 25, 'one of electricity and water in two houses'],
  ['tenant-b', M, 'metering-rate', 0, 'neither has'],
  ['swap', M, 'metering-rate', 50, 'electricity alone in a house of its own; water is not metered'],
  ['hours', M, 'canteen-electricity', 0.15, '372 / 2480'],
  ['water', M, 'base-load-ratio', /reading|读数/, 'no electricity meter'],
  ['water', M, 'load-factor', /reading|读数/, 'no electricity meter'],
  ['water', M, 'off-hours-share', /reading|读数/, 'no electricity meter'],
  ['warm', M, 'base-load-ratio', 100, 'the same by day and night'],
  ['warm', M, 'load-factor', 100, 'the same by day and night'],
];

describeCases(
  'a month from readings',
  {
    now: '2026-04-15T00:00+08:00',
    registry: REGISTRY,
    readings: READINGS,
    entries: [
      [
        'canteen-meals',
        { agency: 'hours', firstDay: '2026-03-01', lastDay: '2026-03-31', meals: 2480 },
      ],
    ],
  },
  CASES,
);
