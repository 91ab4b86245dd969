/** Two years of days with their weather: heat brought to a typical year, a retrofit verified, what is made public. */
import { daysIn } from '../../../../../domain/period.ts';
import type { Reading } from '../../../../../domain/reading.ts';
import { type Case, describeCases } from '../../../../support/audit-cases.ts';
import { bureauText } from '../../../../support/audit-registry.ts';
import type { Spread } from '../../../../support/audit-world.ts';

const ZONE = 'Asia/Shanghai';
const days = daysIn(
  { fromMs: Date.parse('2024-01-01T00:00+08:00'), toMs: Date.parse('2026-01-01T00:00+08:00') },
  ZONE,
);

/** A day has one temperature: −12 °C in January, 24 °C in July, in halves of a degree. */
const warmth = (index: number) =>
  Math.round(2 * (6 - 18 * Math.cos((index / 365.5) * 2 * Math.PI))) / 2;
const TEMPERATURES = days.map(({ id, fromMs }, index) => ({ id, fromMs, celsius: warmth(index) }));
const hdd = (celsius: number) => Math.max(0, 18 - celsius);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const of2025 = TEMPERATURES.filter(({ id }) => id.startsWith('2025'));

/** 100 kWh a day and 3 a degree day; a fifth less from 2025 on. */
const expectedKwh = (celsius: number) => 100 + 3 * hdd(celsius);
const SAVED_KWH = 0.2 * sum(of2025.map(({ celsius }) => expectedKwh(celsius)));
const KWH_2024 = sum(
  TEMPERATURES.filter(({ id }) => id < '2025').map(({ celsius }) => expectedKwh(celsius)),
);
const HDD_2025 = sum(of2025.map(({ celsius }) => hdd(celsius)));

const REGISTRY = bureauText(
  ['banner'],
  [
    {
      id: 'refit',
      parent: 'banner',
      floorM2: 4000,
      heads: { statistics: 50 },
      meters: ['electricity', 'water'],
    },
    {
      id: 'heated',
      parent: 'banner',
      floorM2: 4000,
      heatedM2: 4000,
      heads: { statistics: 30 },
      meters: ['electricity', 'heat', 'water'],
    },
    {
      id: 'few',
      parent: 'banner',
      floorM2: 400,
      heads: { statistics: 10 },
      meters: ['electricity', 'water'],
    },
    {
      id: 'fewer',
      parent: 'banner',
      floorM2: 400,
      heads: { statistics: 15 },
      meters: ['electricity', 'water'],
    },
  ],
  'prices:\n  - { id: e, carrier: electricity, from: 2020-01-01, value: 0.6, unit: 元/kWh, region: x, source: x, verified: false }',
)
  .replace(
    'latitudeDeg: 40, longitudeDeg: 111 }',
    'latitudeDeg: 40, longitudeDeg: 111, sensor: air, normals: [{ validFromYear: 2020, hdd18: 4186, cdd26: 11, source: x, verified: false }] }',
  )
  .replace(
    '\nfactors:',
    '\n  - { id: air, name: { zh: 气温, en: Air }, building: refit-hall, connection: server, node: air, profile: opcua-building-automation, carrier: weather, level: 1, pollSeconds: 3600, maxPerHour: 1 }\nfactors:',
  )
  .replace(
    'heatingSeason:',
    'disclosure: { fewestPersons: 20, source: x, verified: false }, heatingSeason:',
  );

/** Every hour, on the hour. */
const AIR: readonly Reading[] = TEMPERATURES.flatMap(({ fromMs, celsius }) =>
  Array.from({ length: 24 }, (_, hour) => ({
    ...{ meterId: 'air', atMs: fromMs + hour * 3_600_000, quality: 0 },
    values: { airTemperature: celsius },
  })),
);

const year = (agency: string, item: Spread['item'], amount: number): Spread => ({
  ...{ agency, item, amount },
  ...{ from: '2025-01-01', to: '2025-12-31' },
});

const SPREADS: readonly Spread[] = [
  ...TEMPERATURES.map(
    ({ id, celsius }): Spread => ({
      ...{ agency: 'refit', item: 'electricity', from: id, to: id },
      amount: expectedKwh(celsius) * (id < '2025' ? 1 : 0.8),
    }),
  ),
  year('heated', 'electricity', 40_000),
  year('heated', 'heat', 800),
  year('few', 'electricity', 4000),
  year('fewer', 'electricity', 4000),
  year('refit', 'water', 900),
  year('heated', 'water', 600),
  year('few', 'water', 100),
  year('fewer', 'water', 100),
];

const Y = '2025';
const CASES: readonly Case[] = [
  ['heated', Y, 'heating-per-area', 0.2, '800 / 4000'],
  [
    'heated',
    Y,
    'heating-per-area-normalised',
    ((800 * 34.12) / 4000) * (4186 / HDD_2025),
    '× degree days of a typical year / of this one',
  ],
  ['refit', Y, 'retrofit-saving', SAVED_KWH * 0.1229, 'a fifth of what the baseline expects'],
  ['refit', Y, 'retrofit-economics', 30_000 / (SAVED_KWH * 0.6), 'investment by what was verified'],
  ['banner', Y, 'retrofit-economics', 30_000 / (SAVED_KWH * 0.6), 'the one there is'],
  [
    'refit',
    Y,
    'energy-change',
    100 * ((0.8 * sum(of2025.map(({ celsius }) => expectedKwh(celsius)))) / KWH_2024 - 1),
    'four fifths, of other weather and a day less',
  ],
  ['banner', Y, 'disclosure', 50, 'two by name; 10 and 15 people together'],
  ['few', Y, 'disclosure', /people|人/, 'ten alone are not shown'],
];

describeCases(
  'two years of days',
  {
    now: '2026-02-10T00:00+08:00',
    registry: REGISTRY,
    spreads: SPREADS,
    readings: AIR,
    entries: [
      [
        'retrofit',
        {
          ...{ agency: 'refit', name: '热泵', measure: 'hvac', investmentYuan: 30_000 },
          ...{ startedOn: '2025-01-01', finishedOn: '2025-01-01', interventionOn: '2025-01-01' },
        },
      ],
    ],
  },
  CASES,
);
