/** A24-12, 13 and 15: reports, metering and titles, as ledger and registry have them. */
import { describe, expect, it } from 'vitest';
import { meteringRate } from '../../../../../api/metrics/article-24/metering-rate.ts';
import { reportsOnTime } from '../../../../../api/metrics/article-24/reports-on-time.ts';
import { savingOrgans } from '../../../../../api/metrics/article-24/saving-organs.ts';
import type { MetricInput } from '../../../../../api/metrics/input.ts';
import { buildingsOf } from '../../../../../api/occupancy.ts';
import { dateStartMs } from '../../../../../domain/period.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { treeInput } from '../../../../support/metric-tree.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const at = (date: string) => dateStartMs(date, 'Asia/Shanghai');
const YEAR = { fromMs: at('2026-01-01'), toMs: at('2027-01-01') };
const DATES = { fromDate: '2026-01-01', toDate: '2027-01-01' };
const UNITS = ['u1', 'u2'].map((id) => ({ id, amounts: {} }));

function tree(entries: readonly AnyEntry[], over: Partial<MetricInput> = {}) {
  const records = recordsFrom(entries);
  return treeInput(UNITS, { periodKind: 'year', elapsed: YEAR, ...DATES, records, ...over });
}

function report(agency: string, due: string, submittedOn?: string, complete = true): AnyEntry {
  const range = { fromMs: at(due), toMs: at(due) };
  const sent = submittedOn === undefined ? {} : { submittedOn, complete };
  const body = { agency, report: 'quarterly', year: 2026, quarter: 'q1', due } as const;
  return entry('report-submission', range, { ...body, ...sent });
}

describe('reports', () => {
  const entries = [
    report('u1', '2026-04-10', '2026-04-10'),
    report('u1', '2026-07-10', '2026-07-11'),
    report('u2', '2026-04-10', '2026-04-01', false),
    report('u2', '2026-07-10'),
  ];

  it('are on time up to the last day, late or missing otherwise', () => {
    const outcome = reportsOnTime.compute(tree(entries));
    // Two of four in time; of four, one late and complete, one on time and complete.
    expect(outcome.value).toBe(50);
    expect(outcome.parts?.map(({ value }) => value)).toEqual([50, 50]);
  });

  it('are not late before they are due', () => {
    const running = { elapsed: { ...YEAR, toMs: at('2026-07-01') }, toDate: '2026-07-01' };
    expect(reportsOnTime.compute(tree(entries.slice(0, 1), running)).value).toBeNull();
    const both = [report('u1', '2026-04-10', '2026-04-10'), report('u2', '2026-07-10')];
    const outcome = reportsOnTime.compute(tree(both, running));
    expect(outcome.terms[0]?.value).toBe(1);
    expect(outcome.value).toBe(100);
  });

  it('have no rate when units have no record, and these are named', () => {
    const outcome = reportsOnTime.compute(tree(entries.slice(0, 2)));
    expect(outcome).toMatchObject({ value: null, completeness: 0.5 });
    expect(outcome.reasons[0]?.zh).toContain('单位u2');
  });

  it('are followed by the quarters made public', () => {
    const shown = (agency: string, publishedOn: string) =>
      entry('publication', YEAR, { agency, year: 2026, publishedOn });
    const outcome = reportsOnTime.compute(
      tree([
        ...entries,
        shown('u1', '2026-02-01'),
        shown('u1', '2026-03-01'),
        shown('u1', '2026-05-01'),
        shown('u2', '2026-12-31'),
      ]),
    );
    // Two units and four quarters: three of eight.
    expect(outcome.parts?.at(-1)?.value).toBe(37.5);
  });
});

describe('titles', () => {
  const title = (agency: string, toMs: number): AnyEntry =>
    entry(
      'certificate',
      { fromMs: at('2024-01-01'), toMs },
      { agency, title: 'saving-organ', issuedOn: '2024-01-01' },
    );

  it('count while they are valid at the period’s end', () => {
    const held = [title('u1', Number.POSITIVE_INFINITY), title('u2', at('2026-06-01'))];
    expect(savingOrgans.compute(tree(held)).value).toBe(50);
    expect(savingOrgans.compute(tree(held.slice(1))).value).toBeNull();
  });

  it('are of state organs only', () => {
    const school = { id: 'u3', amounts: {}, agency: { type: 'education' as const } };
    const input = treeInput([...UNITS, school], {
      elapsed: YEAR,
      records: recordsFrom([title('u1', YEAR.toMs), title('u3', YEAR.toMs)]),
    });
    expect(savingOrgans.compute(input).value).toBe(50);
  });
});

describe('metering', () => {
  it('by unit is a main for who is alone and an own meter for who shares', async () => {
    const registry = await demoRegistry();
    const of = (id: string) => {
      const agency = registry.agency(id);
      const buildings = buildingsOf(registry, agency, at('2026-10-12'));
      return meteringRate.compute(metricInput({ overrides: { registry, agency, buildings } }));
    };
    expect(of('baiyan-fy').value).toBe(100);
    // Three share a building: each has a water meter of its own, and the electricity of one's data
    // room is not all that it uses.
    expect(of('baiyan-tjj').value).toBe(50);
    const shared = of('baiyan');
    expect(shared.parts?.slice(0, 3).map(({ value }) => value)).toEqual([62.5, 25, 100]);
  });

  it('has no rate without a building', () => {
    expect(meteringRate.compute(metricInput()).value).toBeNull();
  });
});
