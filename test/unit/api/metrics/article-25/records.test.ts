/** Article 25, what the ledger knows: purchases, consumables, vehicles, roofs, ratings, equipment. */
import { describe, expect, it } from 'vitest';
import type { BodyOf } from '../../../../../api/ledger/ledger.ts';
import { consumablesPerPerson } from '../../../../../api/metrics/article-25/consumables-per-person.ts';
import { greenBuildingShare } from '../../../../../api/metrics/article-25/green-building-share.ts';
import { greenProcurement } from '../../../../../api/metrics/article-25/green-procurement.ts';
import { newEnergyVehicles } from '../../../../../api/metrics/article-25/new-energy-vehicles.ts';
import { obsoleteEquipment } from '../../../../../api/metrics/article-25/obsolete-equipment.ts';
import { roofCoverage } from '../../../../../api/metrics/article-25/roof-coverage.ts';
import { solarYield } from '../../../../../api/metrics/article-25/solar-yield.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { type CountingMeter, createRegistry } from '../../../../../registry/registry.ts';
import type { Agency, Building, Meter } from '../../../../../registry/schema.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { partOf, words } from '../factors.ts';

const BASE = metricInput();
const WEEK = BASE.elapsed;
const SINCE = { fromMs: WEEK.fromMs - 1, toMs: Number.POSITIVE_INFINITY };

function agencyOf(id: string, parent?: string): Agency {
  return { ...BASE.agency, id, name: { zh: id, en: id }, ...(parent ? { parent } : {}) };
}

/** A house that `a` has 40 % of, and one of its own. */
const SHARED: Building = {
  ...{ id: 'shared', name: { zh: '合署楼', en: 'shared' }, code: '150102A001', station: 's' },
  ...{ floorM2: 5000, solarKwp: 100 },
  occupancy: [{ from: '2020-01-01', basis: 'area', shares: { a: 0.4, b: 0.6 } }],
};
const OWN: Building = {
  ...{ ...SHARED, id: 'own', name: { zh: '自用楼', en: 'own' }, solarKwp: 50 },
  occupancy: [{ from: '2020-01-01', basis: 'sole', shares: { a: 1 } }],
};
const registry = createRegistry(
  {
    region: BASE.registry.region,
    agencies: [agencyOf('a'), agencyOf('b'), agencyOf('p'), agencyOf('c', 'p'), agencyOf('d', 'p')],
    buildings: [SHARED, OWN],
  },
  new Map(),
);

function input(entries: Parameters<typeof recordsFrom>[0], more: Partial<MetricInput> = {}) {
  const records = recordsFrom(entries);
  const buildings = [SHARED, OWN];
  return metricInput({ overrides: { registry, buildings, records, latest: records, ...more } });
}

const PARENT: Partial<MetricInput> = {
  agency: agencyOf('p'),
  units: ['c', 'd'].map((id) => ({ agency: registry.agency(id), total: () => undefined })),
};

describe('green procurement', () => {
  const buy = (more: Partial<BodyOf<'purchase'>>) =>
    entry('purchase', WEEK, {
      ...{ agency: 'a', date: '2026-10-13', productClass: '计算机', mandatory: false },
      ...{ energySaving: false, waterSaving: false, environmental: false, recycled: false },
      ...{ valueYuan: 1000, count: 1, ...more },
    });

  it('is a share of money, beside one of pieces and one of each class', () => {
    const outcome = greenProcurement.compute(
      input([
        buy({ energySaving: true, mandatory: true, valueYuan: 6000, count: 2 }),
        buy({
          recycled: true,
          environmental: true,
          productClass: '纸',
          valueYuan: 1000,
          count: 10,
        }),
        buy({ valueYuan: 3000, count: 8 }),
      ]),
    );
    // 7000 of 10 000 yuan, 12 of 20 pieces; a product with two labels counts once.
    expect(outcome.value).toBeCloseTo(70, 12);
    expect(partOf(outcome, '按数量')).toBeCloseTo(60, 12);
    expect(partOf(outcome, '品目：计算机')).toBeCloseTo((6000 / 9000) * 100, 9);
    expect(partOf(outcome, '强制品目合规率（金额）')).toBe(100);
    expect(outcome.grade?.id).toBe('mandatory-met');
  });

  it('says when a mandatory class was bought without its label; an environmental one is no substitute', () => {
    const outcome = greenProcurement.compute(
      input([
        buy({ mandatory: true, environmental: true }),
        buy({ mandatory: true, waterSaving: true }),
      ]),
    );
    expect(outcome.grade?.id).toBe('mandatory-missed');
    expect(partOf(outcome, '强制品目合规率（金额）')).toBe(50);
  });

  it('has no share of nothing', () => {
    expect(greenProcurement.compute(input([])).value).toBeNull();
    expect(greenProcurement.compute(input([buy({ valueYuan: 0 })])).value).toBeNull();
  });
});

describe('consumables', () => {
  const used = (agency: string, body: Partial<BodyOf<'consumables'>>) =>
    entry('consumables', WEEK, {
      ...{ agency, firstDay: '2026-10-12', lastDay: '2026-10-18' },
      ...body,
    });

  it('are divided by people, each figure by itself', () => {
    const outcome = consumablesPerPerson.compute(
      input([used('a', { paperSheets: 5000 }), used('a', { tonerCartridges: 3 })]),
    );
    expect(outcome.value).toBeCloseTo(50, 12);
    expect(partOf(outcome, '硒鼓墨盒')).toBeCloseTo(0.03, 12);
    const toner = consumablesPerPerson.compute(input([used('a', { tonerCartridges: 3 })]));
    expect(toner.value).toBeNull();
    expect(words(toner)).toContain('没有本期纸张');
  });

  it('have no figure when a unit below entered nothing: its people would be counted', () => {
    const one = consumablesPerPerson.compute(input([used('c', { paperSheets: 100 })], PARENT));
    expect(one).toMatchObject({ value: null, completeness: 0.5 });
    expect(words(one)).toContain('d');
    // Control: both, or the parent for both.
    const both = [used('c', { paperSheets: 100 }), used('d', { paperSheets: 300 })];
    expect(consumablesPerPerson.compute(input(both, PARENT)).value).toBeCloseTo(4, 12);
    const parent = [used('p', { paperSheets: 400 })];
    expect(consumablesPerPerson.compute(input(parent, PARENT)).value).toBeCloseTo(4, 12);
  });

  it('have none for a period the entries cover in part', () => {
    const half = { ...used('a', { paperSheets: 100 }), toMs: WEEK.fromMs + 3 * 86_400_000 };
    expect(consumablesPerPerson.compute(input([half])).value).toBeNull();
  });
});

describe('vehicles', () => {
  const count = (agency: string, total: number, nev: number) =>
    entry('vehicles', SINCE, { agency, date: '2026-01-01', total, nev, chargers: 2 });

  it('are counted over all units', () => {
    const outcome = newEnergyVehicles.compute(
      input([count('c', 10, 5), count('d', 30, 3)], PARENT),
    );
    expect(outcome.value).toBeCloseTo(20, 12);
    expect(partOf(outcome, '充电桩')).toBe(4);
  });

  it('have no share with a unit missing, or without a vehicle', () => {
    expect(newEnergyVehicles.compute(input([count('c', 10, 5)], PARENT)).value).toBeNull();
    expect(newEnergyVehicles.compute(input([count('a', 0, 0)])).value).toBeNull();
    expect(newEnergyVehicles.compute(input([])).value).toBeNull();
  });
});

describe('roofs', () => {
  const roof = (building: string, installableM2: number, pvM2: number, fromMs = SINCE.fromMs) =>
    entry('roof', { ...SINCE, fromMs }, { building, date: '2026-01-01', installableM2, pvM2 });

  it('count by the share of a shared building, the newest survey of each', () => {
    const outcome = roofCoverage.compute(
      input([roof('shared', 1000, 0, 0), roof('shared', 1000, 500), roof('own', 600, 0)]),
    );
    // (0.4 × 500) / (0.4 × 1000 + 600).
    expect(outcome.value).toBeCloseTo(20, 12);
    expect(outcome.grade?.id).toBe('below-half');
  });

  it('name buildings without a survey, and have no share of no roof', () => {
    const outcome = roofCoverage.compute(input([roof('shared', 1000, 500)]));
    expect(outcome.value).toBeCloseTo(50, 12);
    expect(outcome.grade?.id).toBe('half-or-more');
    expect(words(outcome)).toContain('自用楼没有屋顶统计');
    expect(roofCoverage.compute(input([roof('own', 0, 0)])).value).toBeNull();
  });
});

describe('photovoltaic yield', () => {
  const solar = (building: string, value: number | null, more: Partial<Meter> = {}) => ({
    meter: { id: `${building}-pv`, building, ...more } as Meter as CountingMeter,
    amount: {
      ...{ value, coverage: 1, manual: 0, estimated: 0, known: value === null ? 0 : 1 },
    },
  });
  const systems = (rows: ReturnType<typeof solar>[], more: Partial<MetricInput> = {}) =>
    solarYield.compute({
      ...metricInput({ amounts: { '13000': 1000, export: 250 } }),
      ...{ registry, meterAmounts: () => rows, ...more },
    });

  it('divides generation by capacity, both by the share of a shared building', () => {
    const outcome = systems([solar('shared', 400), solar('own', 100)]);
    // (0.4 × 400 + 100) / (0.4 × 100 + 50).
    expect(outcome.value).toBeCloseTo(260 / 90, 12);
    expect(partOf(outcome, '自用率')).toBeCloseTo(75, 12);
    const tenant = systems([solar('shared', 400, { agency: 'b' }), solar('own', 100)]);
    expect(tenant.value).toBeCloseTo(2, 12);
  });

  it('has none without readings or capacity', () => {
    expect(systems([solar('own', null)]).value).toBeNull();
    const bare = createRegistry(
      { ...registry, buildings: [{ ...OWN, solarKwp: undefined } as Building] },
      new Map(),
    );
    expect(words(systems([solar('own', 100)], { registry: bare }))).toContain('solarKwp');
  });
});

describe('green buildings', () => {
  const rated = (body: Partial<BodyOf<'green-building'>>, toMs = SINCE.toMs) =>
    entry(
      'green-building',
      { ...SINCE, toMs },
      {
        ...{ building: 'own', certifiedOn: '2024-01-01', star: 'two', areaM2: 800 },
        ...body,
      },
    );

  it('count by area and share; a basic rating has no star', () => {
    const outcome = greenBuildingShare.compute(
      input([rated({}), rated({ building: 'shared', star: 'basic', areaM2: 1000 })]),
    );
    // 800 of 2000 m².
    expect(outcome.value).toBeCloseTo(40, 12);
    expect(partOf(outcome, '基本级')).toBe(400);
  });

  it('do not count once expired, nor beyond the floor area', () => {
    expect(greenBuildingShare.compute(input([rated({}, WEEK.toMs - 1)])).value).toBeNull();
    expect(words(greenBuildingShare.compute(input([rated({ areaM2: 3000 })])))).toContain('请核对');
  });

  it('compare operation with design over whole years only', () => {
    const main = {
      meter: { id: 'm', building: 'own' } as Meter as CountingMeter,
      amount: { value: 40_000, coverage: 1, manual: 0, estimated: 0, known: 1 },
    };
    const year: Partial<MetricInput> = { periodKind: 'year', meterAmounts: () => [main] };
    const name = 'own：运行电耗（仅外购电）/ 设计能耗';
    // 40 000 kWh / 800 m² = 50 of 80 kWh/m².
    const whole = greenBuildingShare.compute(input([rated({ designEui: 80 })], year));
    expect(partOf(whole, name)).toBeCloseTo(62.5, 12);
    const running = { ...year, ended: false };
    const part = greenBuildingShare.compute(input([rated({ designEui: 80 })], running));
    expect(partOf(part, name)).toBeUndefined();
  });
});

describe('obsolete equipment', () => {
  const counted = (category: string, obsolete: number, fromMs = SINCE.fromMs) =>
    entry(
      'equipment',
      { ...SINCE, fromMs },
      {
        ...{ agency: 'a', date: '2026-01-01', category, total: 20, obsolete },
      },
    );

  it('is the newest count of each category', () => {
    const outcome = obsoleteEquipment.compute(
      input([counted('锅炉', 5, 0), counted('锅炉', 1), counted('水泵', 2)]),
    );
    expect(outcome.value).toBe(3);
    expect(partOf(outcome, '锅炉')).toBe(1);
    expect(obsoleteEquipment.compute(input([counted('锅炉', 0)])).value).toBe(0);
    expect(obsoleteEquipment.compute(input([])).value).toBeNull();
  });
});
