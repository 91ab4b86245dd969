/** One entry of every kind, most fields given. */
import type { Body } from '../../../../api/ledger/field.ts';
import type { KindId } from '../../../../api/ledger/kinds/index.ts';

const agency = 'baiyan';
const building = 'baiyan-center';
const month = { firstDay: '2026-09-01', lastDay: '2026-09-30' };

export const SAMPLES: readonly (readonly [KindId, Body])[] = [
  [
    'manual-reading',
    { meter: 'baiyan-center-w', at: '2026-10-01T00:30:00.123Z', index: 0.1 + 0.2 },
  ],
  [
    'bill',
    { meter: 'baiyan-center-w', ...month, costYuan: 12.34, voucher: '=1+1', note: '"q", 行' },
  ],
  ['bill', { agency, carrier: 'heat', ...month, quantity: 1e9, unit: 'm²', costYuan: 0 }],
  ['vehicle-fuel', { agency, ...month, fuel: 'gasoline', litres: 88.5, costYuan: 700 }],
  ['vehicle-fuel', { agency, ...month, fuel: 'nev', energyKwh: 120 }],
  [
    'other-fuel',
    { agency, building, ...month, fuel: 'lpg', use: 'canteen', quantity: 45, unit: 'kg' },
  ],
  ['head-count', { agency, date: '2026-01-01', persons: 85.5, definition: 'water-saving' }],
  [
    'annual-plan',
    {
      agency,
      year: 2026,
      carrier: 'water',
      kind: 'limit',
      value: 100.1,
      unit: 'm³',
      q1: 25,
      q2: 25,
      q3: 25,
      q4: 25.1,
    },
  ],
  [
    'retrofit',
    {
      ...{ agency, building, name: '照明改造', measure: 'lighting', areaM2: 1000 },
      ...{ startedOn: '2026-03-01', finishedOn: '2026-05-01', interventionOn: '2026-05-02' },
      ...{ investmentYuan: 50000, savingPerYear: 8000, guaranteedPerYear: 7000, savingUnit: 'kWh' },
      meters: ['baiyan-center-e', 'baiyan-center-w'],
    },
  ],
  [
    'emc-project',
    {
      agency,
      name: '供热托管',
      resource: 'energy',
      mode: 'entrusted',
      contractor: '某公司',
      ...month,
      agencyShare: 20,
    },
  ],
  [
    'purchase',
    {
      ...{
        agency,
        date: '2026-02-03',
        productClass: '计算机',
        mandatory: true,
        energySaving: true,
      },
      ...{ waterSaving: false, environmental: true, recycled: false, valueYuan: 4999, count: 3 },
    },
  ],
  ['consumables', { agency, ...month, paperSheets: 5000 }],
  ['fixtures', { agency, building, date: '2026-01-05', total: 60, waterSaving: 58, gradeOne: 20 }],
  ['fixture-inspection', { agency, date: '2026-02-05', inspected: 60, leaking: 1 }],
  [
    'patrol-round',
    {
      agency,
      plannedOn: '2026-04-01',
      doneOn: '2026-04-02',
      onTime: false,
      points: 12,
      findings: 2,
    },
  ],
  [
    'work-order',
    {
      ...{ building, kind: 'leak', openedAt: '2026-04-02T01:00:00.000Z', description: '二层水管' },
      ...{ closedAt: '2026-04-03T09:30:00.000Z', savedM3: 12.5 },
    },
  ],
  [
    'water-balance-test',
    { agency, date: '2025-06-01', passed: true, leakage: 3.5, validUntil: '2028-05-31' },
  ],
  ['unconventional-water', { agency, ...month, source: 'rain', quantityM3: 30 }],
  [
    'water-plant',
    { agency, ...month, centralCooling: true, coolingCirculationM3: 9000, coolingMakeUpM3: 80.5 },
  ],
  ['equipment', { agency, date: '2026-01-01', category: '电动机', total: 8, obsolete: 1 }],
  [
    'green-building',
    { building, certifiedOn: '2024-01-01', star: 'two', areaM2: 9000, designEui: 85 },
  ],
  [
    'vehicles',
    { agency, date: '2026-01-01', total: 10, gasoline: 6, diesel: 1, nev: 3, chargers: 4 },
  ],
  ['roof', { building, date: '2026-01-01', installableM2: 800, pvM2: 300 }],
  [
    'report-submission',
    {
      agency,
      report: 'quarterly',
      year: 2026,
      quarter: 'q3',
      due: '2026-10-15',
      submittedOn: '2026-10-14',
      complete: true,
    },
  ],
  ['publication', { agency, year: 2026, quarter: 'q3', publishedOn: '2026-10-10' }],
  [
    'over-quota-explanation',
    { agency, year: 2025, metric: 'water-per-person', filedOn: '2026-02-01', reason: '新增食堂' },
  ],
  [
    'review-note',
    {
      agency,
      ...month,
      check: 'year-on-year',
      subject: 'water',
      reason: '绿地改造',
      note: '见附件',
    },
  ],
  ['canteen-meals', { agency, ...month, meals: 2400 }],
  ['green-space', { agency, ...month, areaM2: 3000, waterM3: 100, nonTapM3: 40 }],
  [
    'certificate',
    { agency, title: 'saving-organ', issuedOn: '2023-12-01', expiresOn: '2028-11-30' },
  ],
  [
    'evidence',
    { agency, item: '用水管理', fileName: '制度.pdf', sha256: 'ab'.repeat(32), date: '2026-01-01' },
  ],
  [
    'complaint',
    {
      agency,
      date: '2026-01-02',
      subject: 'temperature',
      description: '室温低',
      settledOn: '2026-01-03',
    },
  ],
  [
    'operating-cost',
    { agency, year: 2025, totalYuan: 12_400_000, expenditureYuan: 9_800_000, voucher: '决算' },
  ],
  [
    'renewable-energy',
    { agency, building, ...month, source: 'green-power', energyKwh: 20_000, costYuan: 600 },
  ],
  ['rainfall', { agency, date: '2026-07-03', rainMm: 12.4, reportedBy: '气象站' }],
  ['waste', { agency, ...month, sort: 'e-waste', quantityKg: 85.5, handler: '某回收公司' }],
  ['satisfaction-survey', { agency, date: '2026-06-30', answers: 80, satisfied: 74 }],
];
