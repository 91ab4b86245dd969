/** The ledger of those units: plans, bills, purchases, patrols, certificates, and what holds for part of a year only. */
import type { WorldFacts } from '../../../../support/audit-world.ts';
import { REGISTRY, SPREADS } from './records-registry.ts';
import { WATER } from './records-water.ts';

const inYear = (firstDay: string, lastDay: string) => ({ firstDay, lastDay });
const whole = inYear('2025-01-01', '2025-12-31');
const before = inYear('2024-01-01', '2024-12-31');
const bill = (carrier: string, days: object, facts: object) => [
  'bill',
  { agency: 'rec', carrier, ...days, ...facts },
];
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
  bill('electricity', whole, { quantity: 100_000, unit: 'kWh', costYuan: 60_000 }),
  bill('water', whole, { quantity: 1500, unit: 'm³', costYuan: 7500 }),
  bill('heat', whole, { quantity: 4000, unit: 'm²', costYuan: 88_000 }),
  bill('electricity', before, { quantity: 110_000, unit: 'kWh', costYuan: 55_000 }),
  bill('water', before, { quantity: 1600, unit: 'm³', costYuan: 8000 }),
  bill('heat', before, { quantity: 4000, unit: 'm²', costYuan: 88_000 }),
  // 31 days for 3100 yuan, 15 of them in 2025; then 350 days for 35 000.
  bill('electricity', inYear('2024-12-16', '2025-01-15'), { agency: 'over', costYuan: 3100 }),
  bill('electricity', inYear('2025-01-16', '2025-12-31'), { agency: 'over', costYuan: 35_000 }),
  bill('electricity', inYear('2025-01-01', '2025-06-30'), { agency: 'half', costYuan: 18_100 }),
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
  ...WATER,
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
