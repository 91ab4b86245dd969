/** Articles 5, 18 to 20, 36 and 37: plans, quotas in kind, connected and coded units. */
import { describe, expect, it } from 'vitest';
import { carrierTotals } from '../../../../../api/metrics/article-24/carrier-totals.ts';
import { METRICS } from '../../../../../api/metrics/index.ts';
import type { MetricInput, UnitAccount } from '../../../../../api/metrics/input.ts';
import { codeMapping } from '../../../../../api/metrics/other-articles/code-mapping.ts';
import { connectedUnits } from '../../../../../api/metrics/other-articles/connected-units.ts';
import { dataAge } from '../../../../../api/metrics/other-articles/data-age.ts';
import { planExecution } from '../../../../../api/metrics/other-articles/plan-execution.ts';
import { plannedUnits } from '../../../../../api/metrics/other-articles/planned-units.ts';
import { quotaInKind } from '../../../../../api/metrics/other-articles/quota-in-kind.ts';
import { seenSources } from '../../../../../api/metrics/other-articles/seen-sources.ts';
import { verifiedData } from '../../../../../api/metrics/other-articles/verified-data.ts';
import type { Carrier } from '../../../../../domain/carriers.ts';
import type { AgencyConsumption } from '../../../../../domain/consumption.ts';
import { totalItem } from '../../../../../domain/items.ts';
import { DAY_MS } from '../../../../../domain/period.ts';
import { entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';
import { demoRegistry } from '../../../../support/registry.ts';
import { factor } from '../factors.ts';

const BASE = metricInput();
const YEAR = { fromMs: Date.parse('2025-12-31T16:00Z'), toMs: Date.parse('2026-12-31T16:00Z') };

/** A unit of 100 people that used so many kWh; `null` is a meter without readings. */
function unit(id: string, kwh: number | null): UnitAccount {
  const known = kwh === null ? 0 : 1;
  return {
    agency: {
      ...BASE.agency,
      id,
      heads: [{ from: '2024-01-01', persons: 100, definition: 'statistics' }],
    },
    total: (carrier) =>
      carrier === 'electricity'
        ? { value: kwh, coverage: known, manual: 0, estimated: 0, known }
        : undefined,
  };
}

function plan(carrier: 'electricity' | 'water', value: number, agency = 'a') {
  const unitOf = { electricity: 'kWh', water: 'm³' };
  const body = {
    agency,
    year: 2026,
    carrier,
    kind: 'limit' as const,
    value,
    unit: unitOf[carrier],
  };
  return entry('annual-plan', YEAR, body);
}

describe('plans', () => {
  it('are executed as far as the carrier that is furthest', () => {
    // 800 of 1000 kWh are 80 %, 45 of 50 m³ are 90 %.
    const records = recordsFrom([plan('electricity', 1000), plan('water', 50)]);
    const input = metricInput({ amounts: { '01000': 800, '02000': 45 }, overrides: { records } });
    expect(planExecution.compute(input).value).toBeCloseTo(90, 12);
  });

  it('have no rate when a planned carrier is not known, or nothing is planned', () => {
    const records = recordsFrom([plan('electricity', 1000), plan('water', 50)]);
    const input = metricInput({ amounts: { '01000': 800 }, overrides: { records } });
    expect(planExecution.compute(input).value).toBeNull();
    expect(planExecution.compute(metricInput({ amounts: { '01000': 800 } })).value).toBeNull();
  });

  it('limit money too, by carrier and in all', () => {
    // 800 kWh at 0.5 yuan are 400 of 500 yuan, 80 %; all of it is 400 of 420 yuan, 95.24 %.
    const { carrier: _carrier, unit: _unit, ...body } = plan('electricity', 420).body;
    const budgets = [
      entry('annual-plan', YEAR, { ...plan('electricity', 500).body, unit: '元' }),
      entry('annual-plan', YEAR, { ...body, metric: 'resource-cost', unit: '元' }),
    ];
    const input = metricInput({
      amounts: { '01000': 800 },
      overrides: {
        records: recordsFrom(budgets),
        price: () => ({ value: 0.5, source: 'test', ids: [] }),
      },
    });
    const { value, parts } = planExecution.compute(input);
    expect(parts?.map((part) => part.name.zh)).toEqual(['电费', '能源资源费用']);
    expect(parts?.[0]?.value).toBeCloseTo(80, 12);
    expect(value).toBeCloseTo((400 / 420) * 100, 12);
  });

  it('that are changed within the year count once, as they were entered last', () => {
    const records = recordsFrom([plan('electricity', 500), plan('electricity', 1000)]);
    const input = metricInput({ amounts: { '01000': 800 }, overrides: { records } });
    expect(planExecution.compute(input).value).toBeCloseTo(80, 12);
  });

  it('of units make up that of their parent only where all have one', () => {
    const units = [
      { id: 'b', amounts: { '01000': 300 } },
      { id: 'c', amounts: { '01000': 500 } },
    ];
    const amounts = { '01000': 800 };
    const of = (...ids: string[]) =>
      treeInput(units, {
        ...metricInput({ amounts }),
        ...{ agency: treeInput(units).agency, registry: treeInput(units).registry },
        records: recordsFrom(ids.map((id) => plan('electricity', 500, id))),
      });
    // 800 of 1000 kWh; held against the one plan of b they would be 160 %.
    expect(planExecution.compute(of('b', 'c')).value).toBeCloseTo(80, 12);
    expect(planExecution.compute(of('b')).value).toBeNull();
  });

  it('are counted by unit, and an empty ledger is not "no unit has one"', () => {
    const units = [unit('a', 1), unit('b', 1), unit('c', 1), unit('d', 1)];
    const records = recordsFrom([plan('electricity', 1), plan('water', 1), plan('water', 1, 'b')]);
    expect(plannedUnits.compute(metricInput({ overrides: { units, records } })).value).toBe(50);
    expect(plannedUnits.compute(metricInput({ overrides: { units } })).value).toBeNull();
  });
});

describe('quotas in kind', () => {
  const ofHundred = (...kwh: readonly (number | null)[]) =>
    kwh.map((used, i) => ({ id: `u${i}`, persons: 100, amounts: { '01000': used } }));

  it('are quartiles of kWh per person over comparable units', () => {
    // 10, 20, 30, 40, 50 kWh a head: quartiles 20, 30, 40; the silent unit does not count as zero.
    const outcome = quotaInKind.compute(treeInput(ofHundred(1000, 2000, 3000, 4000, 5000, null)));
    expect(outcome.parts?.map(({ value }) => value)).toEqual([20, 30, 40]);
    expect(outcome).toMatchObject({ value: 30, completeness: 5 / 6 });
  });

  it('are of state organs: who is of another type is not missing', () => {
    const school = { ...{ id: 's', persons: 100 }, amounts: { '01000': 9e6 } };
    const units = ofHundred(1000, 2000, 3000, 4000, 5000);
    const input = treeInput([...units, { ...school, agency: { type: 'education' } }]);
    expect(quotaInKind.compute(input)).toMatchObject({ value: 30, completeness: 1 });
    const organ = treeInput([...units, school]);
    expect(quotaInKind.compute(organ).value).toBe(35);
  });

  it('need five units', () => {
    expect(quotaInKind.compute(treeInput(ofHundred(1000, 2000, 3000, 4000))).value).toBeNull();
  });
});

describe('units', () => {
  it('are connected when any of their meters delivers', () => {
    const units = [unit('a', 1), unit('b', 0), unit('c', null)];
    const outcome = connectedUnits.compute(metricInput({ overrides: { units } }));
    expect(outcome.value).toBeCloseTo((2 / 3) * 100, 12);
  });

  it('are known to other systems by their credit code', () => {
    const coded = { ...unit('a', 1), agency: { ...BASE.agency, creditCode: '111500000040106059' } };
    const input = metricInput({ overrides: { units: [coded, unit('b', 1)] } });
    expect(codeMapping.compute(input).value).toBe(50);
  });
});

describe('verified data', () => {
  it('is the share of what is on file that was seen in its document', async () => {
    const registry = await demoRegistry();
    const all = [
      registry.factors,
      registry.quotas,
      registry.targets,
      registry.peerMeans,
      registry.prices,
      registry.meteringLimits,
    ].flat();
    const verified = all.filter((one) => one.verified).length;
    const outcome = verifiedData.compute(metricInput({ overrides: { registry } }));
    expect(outcome.value).toBeCloseTo((verified / all.length) * 100, 12);
    expect(verified).toBeGreaterThan(0);
    expect(verified).toBeLessThan(all.length);
  });
});

describe('sources of metrics', () => {
  it('are told by how far they were seen', () => {
    // Two of four: carrier totals (statistics) and plans (the regulation) are seen, the rest is ours.
    const used = metricInput({ amounts: { '01000': 1 } });
    const listed = [carrierTotals, planExecution, quotaInKind, verifiedData];
    const { value, parts } = seenSources(listed).compute(used);
    expect(value).toBe(50);
    expect(parts?.map((part) => part.value)).toEqual([2, 0, 0, 2]);
    // Every metric is listed once, this one beside them.
    const whole = METRICS.find(({ id }) => id === 'seen-sources')?.compute(used);
    const counted = whole?.parts?.reduce((sum, part) => sum + (part.value ?? 0), 0);
    expect(counted).toBe(METRICS.length - 1);
  });
});

describe('quotas in kind of energy', () => {
  it('are quartiles of the units by area', () => {
    // 1000 kWh · 0.1229 over 10, 20, 40, 50, 100 m²: the median is 122.9 / 40 = 3.0725 kgce/m².
    const units = [10, 20, 40, 50, 100].map((floorM2, i) => ({
      ...{ id: `u${i}`, floorM2, persons: 10 },
      amounts: { '01000': 1000, '04000': 0 },
    }));
    const { parts } = quotaInKind.compute(treeInput(units, { factor }));
    const median = parts?.find(({ name }) => name.zh === '能耗 P50');
    expect(median?.value).toBeCloseTo(3.0725, 12);
    expect(median?.unit).toBe('kgce/m²');
  });
});

describe('age of the data', () => {
  const row = (carrier: Carrier, startMs: number, coverage: number): AgencyConsumption => ({
    ...{ agencyId: 'a', carrier, item: totalItem(carrier), resolution: 'day', startMs },
    ...{ value: 1, coverage, manual: 0, estimated: 0, known: 1 },
    ...{ class: 'measured', flags: [], ruleVersion: 1, revision: 0 },
  });
  const { toMs } = BASE.elapsed;
  const days = (electricity: number, water: number): MetricInput['days'] => {
    // The last day is known from a bill only: nobody measured it.
    const rows = {
      electricity: [row('electricity', toMs - electricity * DAY_MS, 1)],
      water: [
        row('water', toMs - DAY_MS, 0),
        row('water', toMs - water * DAY_MS, 0.5),
        row('water', toMs - 90 * DAY_MS, 1),
      ],
    };
    return (carrier) => (carrier === 'electricity' || carrier === 'water' ? rows[carrier] : []);
  };

  it('is that of the carrier silent longest', () => {
    // Electricity to the end; water's last measured hour began 30 days before it and ended 29 before.
    const amounts = { '01000': 1, '02000': 1 };
    const outcome = dataAge.compute(metricInput({ amounts, overrides: { days: days(1, 30) } }));
    expect(outcome.value).toBe(29);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([0, 29]);
    expect(dataAge.compute(metricInput({ amounts })).value).toBeNull();
  });

  it('is unknown while a carrier was silent all through: it may be older than the period', () => {
    const amounts = { '01000': 1, '02000': 1, '04000': 1 };
    const outcome = dataAge.compute(metricInput({ amounts, overrides: { days: days(1, 30) } }));
    expect(outcome.value).toBeNull();
    expect(outcome.reasons[0]?.zh).toContain('热力本期没有任何实测');
  });
});
