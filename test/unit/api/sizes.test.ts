/** People and areas over a range: means of the days, the ledger's counts among them, nobody guessed. */
import { describe, expect, it } from 'vitest';
import { occupantsIn } from '../../../api/occupancy.ts';
import { personsOn, sizesOf } from '../../../api/sizes.ts';
import { dateStartMs } from '../../../domain/period.ts';
import { createRegistry } from '../../../registry/registry.ts';
import type { Agency } from '../../../registry/schema.ts';
import { type AnyEntry, entry, recordsFrom } from '../../support/ledger-entries.ts';
import { metricInput } from '../../support/metric-input.ts';

const BASE = metricInput();
const ZONE = 'Asia/Shanghai';
const range = (from: string, to: string) => ({
  fromMs: dateStartMs(from, ZONE),
  toMs: dateStartMs(to, ZONE),
});
const YEAR = range('2025-01-01', '2026-01-01');

const heads = (definition: Agency['heads'][number]['definition'], ...counts: [string, number][]) =>
  counts.map(([from, persons]) => ({ from, persons, definition }));

/** One that stays and grows in July, and one that moves in on 1 July. */
const agencies: Agency[] = [
  { ...BASE.agency, id: 'top', tier: 'banner' },
  {
    ...BASE.agency,
    ...{ id: 'stays', parent: 'top' },
    heads: [
      ...heads('statistics', ['2020-01-01', 100], ['2025-07-01', 140]),
      ...heads('water-saving', ['2020-01-01', 110], ['2025-07-01', 150]),
    ],
    areas: [
      { from: '2020-01-01', floorM2: 5000, heatedM2: 4000, greenM2: 100 },
      { from: '2025-07-01', floorM2: 6000, heatedM2: 5000, greenM2: 200 },
    ],
  },
  {
    ...BASE.agency,
    ...{ id: 'arrives', parent: 'top', heads: heads('statistics', ['2025-07-01', 73]) },
    areas: [{ from: '2025-07-01', floorM2: 730 }],
  },
];
const registry = createRegistry(
  {
    region: BASE.registry.region,
    agencies,
    buildings: [
      {
        ...{ id: 'hall', name: { zh: '楼', en: 'Hall' }, code: '150102A001' },
        ...{ station: 'station', floorM2: 1000 },
        occupancy: [
          { from: '2020-01-01', basis: 'sole', shares: { stays: 1 } },
          { from: '2025-07-01', basis: 'area', shares: { stays: 0.5, arrives: 0.5 } },
        ],
      },
    ],
  },
  new Map(),
);

const sizes = (id: string, elapsed = YEAR, entries: readonly AnyEntry[] = []) =>
  sizesOf(registry, registry.agency(id), { elapsed, history: recordsFrom(entries) });
function count(agency: string, date: string, persons: number) {
  return entry('head-count', YEAR, { agency, date, persons, definition: 'statistics' });
}

describe('people', () => {
  it('by the statistics are the mean of the days', () => {
    // 181 days of 100, 184 of 140.
    expect(sizes('stays').persons()).toBeCloseTo((181 * 100 + 184 * 140) / 365, 9);
    expect(sizes('stays', range('2025-06-01', '2025-07-01')).persons()).toBe(100);
  });

  it('by the water-saving standards are those at the end', () => {
    expect(sizes('stays').persons('water-saving')).toBe(150);
  });

  it('of another definition are no substitute', () => {
    expect(sizes('stays').persons('quota')).toBeUndefined();
  });

  it('are what the ledger counts, from its day on', () => {
    // 181 days of 100, then 92 of 140 and 92 of 50.
    const counted = sizes('stays', YEAR, [count('stays', '2025-10-01', 50)]).persons();
    expect(counted).toBeCloseTo((181 * 100 + 92 * 140 + 92 * 50) / 365, 9);
    expect(sizes('stays', YEAR, [count('stays', '2025-07-01', 100)]).persons()).toBe(100);
    expect(sizes('stays', YEAR, [count('arrives', '2025-07-01', 1)]).persons()).not.toBe(1);
    const counts = [count('stays', '2025-10-01', 50)];
    const stays = registry.agency('stays');
    expect(personsOn(stays, '2025-12-31', { counts })).toBe(50);
    expect(personsOn(stays, '2025-09-30', { counts })).toBe(140);
  });

  it('of those who move in count from that day on, so that parts add up', () => {
    expect(sizes('arrives').persons()).toBeCloseTo((73 * 184) / 365, 9);
    const parts = (sizes('stays').persons() ?? 0) + (sizes('arrives').persons() ?? 0);
    expect(sizes('top').persons()).toBeCloseTo(parts, 9);
    expect(occupantsIn(registry, registry.agency('top'), YEAR).map(({ id }) => id)).toEqual([
      'stays',
      'arrives',
    ]);
    const spring = range('2025-03-01', '2025-04-01');
    expect(occupantsIn(registry, registry.agency('top'), spring)).toHaveLength(1);
  });

  it('who are not on file for a day of their stay leave none', () => {
    expect(sizes('stays', range('2019-12-01', '2020-02-01')).persons()).toBeCloseTo(
      (100 * 31) / 62,
      9,
    );
    expect(sizes('top').persons('water-saving')).toBeUndefined();
  });
});

describe('areas', () => {
  it('are means of the days, heated ones of the season’s, green ones those at the end', () => {
    const { area } = sizes('stays');
    expect(area('floorM2')).toBeCloseTo((181 * 5000 + 184 * 6000) / 365, 9);
    // 105 days of the season before July, 78 after.
    expect(area('heatedM2')).toBeCloseTo((105 * 4000 + 78 * 5000) / 183, 9);
    expect(area('greenM2')).toBe(200);
    expect(area('cooledM2')).toBeUndefined();
  });

  it('of green space are what the ledger says from its day on', () => {
    const lawn = entry('green-space', YEAR, {
      ...{ agency: 'stays', firstDay: '2025-10-01', lastDay: '2025-12-31' },
      areaM2: 250,
    });
    expect(sizes('stays', YEAR, [lawn]).area('greenM2')).toBe(250);
    const before = range('2025-01-01', '2025-06-01');
    expect(sizes('stays', before, [lawn]).area('greenM2')).toBe(100);
  });

  it('of a period that has hardly begun are those of its first day', () => {
    expect(sizes('stays', range('2025-07-01', '2025-07-01')).area('floorM2')).toBe(6000);
  });
});
