/** Four units with records, five with people and electricity alone, two beyond their quotas: what the ledger adds to a year. */
import { bureauText } from '../../../../support/audit-registry.ts';
import type { Spread, WorldFacts } from '../../../../support/audit-world.ts';

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

const REGISTRY = bureauText(
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

const SPREADS: readonly Spread[] = [
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

const inYear = (firstDay: string, lastDay: string) => ({ firstDay, lastDay });
const whole = inYear('2025-01-01', '2025-12-31');
const before = inYear('2024-01-01', '2024-12-31');
const report = (agency: string, quarter: string, due: string, submittedOn?: string) => [
  'report-submission',
  {
    ...{ agency, report: 'quarterly', year: 2025, quarter, due },
    ...(submittedOn === undefined ? {} : { submittedOn, complete: true }),
  },
];
const bought = (marks: Record<string, boolean>, valueYuan: number) => [
  'purchase',
  {
    ...{ agency: 'rec', date: '2025-05-05', productClass: '品目', mandatory: false, valueYuan },
    ...{ energySaving: false, waterSaving: false, environmental: false, recycled: false, count: 1 },
    ...marks,
  },
];
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
const cars = (date: string, total: number, nev: number) => [
  'vehicles',
  { agency: 'rec', date, total, nev },
];
const explained = (agency: string, metric: string) => [
  'over-quota-explanation',
  { agency, year: 2025, metric, filedOn: '2026-01-20', reason: '扩编' },
];
const complaint = (date: string, settledOn?: string) => [
  'complaint',
  {
    ...{ agency: 'rec', date, subject: 'temperature', description: '热' },
    ...(settledOn === undefined ? {} : { settledOn }),
  },
];

const ENTRIES = [
  ['vehicle-fuel', { agency: 'rec', ...whole, fuel: 'gasoline', litres: 1000, costYuan: 7600 }],
  ['vehicle-fuel', { agency: 'rec', ...before, fuel: 'gasoline', litres: 1000, costYuan: 8000 }],
  [
    'bill',
    {
      agency: 'rec',
      carrier: 'electricity',
      ...whole,
      quantity: 100_000,
      unit: 'kWh',
      costYuan: 60_000,
    },
  ],
  [
    'bill',
    { agency: 'rec', carrier: 'water', ...whole, quantity: 1500, unit: 'm³', costYuan: 7500 },
  ],
  [
    'bill',
    { agency: 'rec', carrier: 'heat', ...whole, quantity: 4000, unit: 'm²', costYuan: 88_000 },
  ],
  [
    'bill',
    {
      agency: 'rec',
      carrier: 'electricity',
      ...before,
      quantity: 110_000,
      unit: 'kWh',
      costYuan: 55_000,
    },
  ],
  [
    'bill',
    { agency: 'rec', carrier: 'water', ...before, quantity: 1600, unit: 'm³', costYuan: 8000 },
  ],
  [
    'bill',
    { agency: 'rec', carrier: 'heat', ...before, quantity: 4000, unit: 'm²', costYuan: 88_000 },
  ],
  // 31 days for 3100 yuan, 15 of them in 2025; then 350 days for 35 000.
  [
    'bill',
    {
      agency: 'over',
      carrier: 'electricity',
      ...inYear('2024-12-16', '2025-01-15'),
      costYuan: 3100,
    },
  ],
  [
    'bill',
    {
      agency: 'over',
      carrier: 'electricity',
      ...inYear('2025-01-16', '2025-12-31'),
      costYuan: 35_000,
    },
  ],
  [
    'bill',
    {
      agency: 'half',
      carrier: 'electricity',
      ...inYear('2025-01-01', '2025-06-30'),
      costYuan: 18_100,
    },
  ],
  [
    'annual-plan',
    {
      agency: 'rec',
      year: 2025,
      carrier: 'electricity',
      kind: 'limit',
      value: 120_000,
      unit: 'kWh',
    },
  ],
  [
    'annual-plan',
    { agency: 'rec', year: 2025, carrier: 'water', kind: 'limit', value: 1400, unit: 'm³' },
  ],
  [
    'annual-plan',
    {
      agency: 'rec2',
      year: 2025,
      carrier: 'electricity',
      kind: 'limit',
      value: 40_000,
      unit: 'kWh',
    },
  ],
  [
    'annual-plan',
    {
      ...{ agency: 'rec', year: 2026, carrier: 'electricity', kind: 'limit', value: 100_000 },
      ...{ unit: 'kWh', q1: 30_000, q2: 20_000, q3: 25_000, q4: 25_000 },
    },
  ],
  [
    'annual-plan',
    {
      agency: 'rec2',
      year: 2026,
      carrier: 'electricity',
      kind: 'limit',
      value: 100_000,
      unit: 'kWh',
    },
  ],
  [
    'annual-plan',
    {
      agency: 'rec',
      year: 2020,
      metric: 'energy-per-area',
      kind: 'base',
      value: 10,
      unit: 'kgce/m²',
    },
  ],
  [
    'annual-plan',
    {
      agency: 'rec',
      year: 2020,
      metric: 'energy-per-person',
      kind: 'base',
      value: 450,
      unit: 'kgce/人',
    },
  ],
  report('rec', 'q1', '2025-04-20', '2025-04-20'),
  report('rec', 'q2', '2025-07-20', '2025-07-21'),
  report('rec', 'q3', '2025-10-20'),
  report('rec2', 'q1', '2025-04-20', '2025-04-10'),
  report('rec2', 'q2', '2025-07-20', '2025-07-20'),
  report('rec2', 'q3', '2025-10-20', '2025-10-01'),
  report('half', 'q1', '2025-04-20', '2025-04-10'),
  ['report-submission', { agency: 'half', report: 'annual', year: 2025, due: '2026-03-31' }],
  ['certificate', { agency: 'rec', title: 'saving-organ', issuedOn: '2023-05-01' }],
  [
    'certificate',
    { agency: 'rec2', title: 'saving-organ', issuedOn: '2021-05-01', expiresOn: '2024-12-31' },
  ],
  ['certificate', { agency: 'half', title: 'saving-organ', issuedOn: '2026-01-15' }],
  ['certificate', { agency: 'none', title: 'water-saving-unit', issuedOn: '2023-05-01' }],
  [
    'retrofit',
    {
      ...{
        agency: 'rec',
        building: 'rec-hall',
        name: '照明改造',
        measure: 'lighting',
        areaM2: 2000,
      },
      ...{ startedOn: '2025-05-01', finishedOn: '2025-06-30', investmentYuan: 300_000 },
      ...{ savingPerYear: 50_000, savingUnit: 'kWh' },
    },
  ],
  [
    'retrofit',
    {
      agency: 'rec',
      building: 'rec-hall',
      name: '外墙',
      measure: 'envelope',
      areaM2: 1000,
      startedOn: '2025-10-01',
    },
  ],
  bought({ energySaving: true, environmental: true }, 6000),
  bought({}, 3000),
  bought({ recycled: true }, 1000),
  ['consumables', { agency: 'rec', ...whole, paperSheets: 200_000 }],
  // 100 sheets a day, 181 days of them in 2025; then 184 days likewise.
  ['consumables', { agency: 'rec2', ...inYear('2024-07-01', '2025-06-30'), paperSheets: 36_500 }],
  ['consumables', { agency: 'rec2', ...inYear('2025-07-01', '2025-12-31'), paperSheets: 18_400 }],
  ['consumables', { agency: 'half', ...inYear('2025-01-01', '2025-06-30'), paperSheets: 18_100 }],
  [
    'roof',
    { agency: 'rec', building: 'rec-hall', date: '2025-03-01', installableM2: 1000, pvM2: 500 },
  ],
  cars('2025-03-01', 10, 2),
  cars('2025-11-01', 10, 3),
  cars('2026-01-15', 10, 9),
  [
    'green-building',
    { agency: 'rec', building: 'rec-hall', certifiedOn: '2022-01-01', star: 'one', areaM2: 5000 },
  ],
  [
    'green-building',
    {
      agency: 'rec2',
      building: 'rec2-hall',
      certifiedOn: '2022-01-01',
      star: 'basic',
      areaM2: 2500,
    },
  ],
  [
    'green-building',
    {
      agency: 'half',
      building: 'half-hall',
      certifiedOn: '2020-01-01',
      validUntil: '2024-12-31',
      star: 'two',
      areaM2: 1000,
    },
  ],
  ['equipment', { agency: 'rec', date: '2024-03-01', category: '电机', total: 50, obsolete: 9 }],
  ['equipment', { agency: 'rec', date: '2025-03-01', category: '电机', total: 50, obsolete: 3 }],
  ['equipment', { agency: 'rec', date: '2025-03-01', category: '水泵', total: 20, obsolete: 2 }],
  [
    'emc-project',
    {
      agency: 'rec',
      name: '一',
      resource: 'energy',
      mode: 'shared',
      contractor: '甲',
      ...inYear('2024-07-01', '2027-06-30'),
    },
  ],
  [
    'emc-project',
    {
      agency: 'rec',
      name: '二',
      resource: 'energy',
      mode: 'shared',
      contractor: '甲',
      ...inYear('2020-01-01', '2024-12-31'),
    },
  ],
  [
    'emc-project',
    {
      agency: 'rec',
      name: '三',
      resource: 'water',
      mode: 'guaranteed',
      contractor: '乙',
      ...inYear('2025-12-31', '2027-06-30'),
    },
  ],
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
    { agency: 'rec2', ...inYear('2024-12-22', '2025-01-10'), source: 'rain', quantityM3: 200 },
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
  ['canteen-meals', { agency: 'rec', ...whole, meals: 40_000 }],
  complaint('2025-02-01', '2025-02-03'),
  complaint('2025-03-01', '2025-03-03'),
  complaint('2025-04-01', '2025-04-03'),
  complaint('2025-12-01'),
  explained('over', 'non-heating-per-area'),
  explained('over', 'electricity-per-area'),
] as NonNullable<WorldFacts['entries']>;

export const RECORDS: WorldFacts = {
  now: '2026-02-10T00:00+08:00',
  registry: REGISTRY,
  spreads: SPREADS,
  entries: ENTRIES,
};
