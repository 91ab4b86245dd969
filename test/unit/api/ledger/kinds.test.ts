/** Every kind of entry by the same measure, and the rules that hold between fields. */
import { describe, expect, test } from 'vitest';
import { faultsOfBody } from '../../../../api/ledger/check.ts';
import type { Body } from '../../../../api/ledger/field.ts';
import { KIND_IDS, KINDS, type KindId, kindOf } from '../../../../api/ledger/kinds/index.ts';
import { titleOf } from '../../../../registry/workbook/cells.ts';
import { demoRegistry } from '../../../support/registry.ts';
import { SAMPLES } from './samples.ts';

const registry = await demoRegistry();

function faultPaths(kind: KindId, body: Body): string[] {
  const faults = faultsOfBody('e', { kind: kindOf(kind), body }, registry);
  return faults.map(({ path }) => path.slice(2));
}

function sample(kind: KindId): Body {
  return SAMPLES.find(([id]) => id === kind)?.[1] ?? {};
}

describe.each(KIND_IDS)('%s', (id) => {
  const kind = kindOf(id);

  test('has a sample without a fault, and says when it holds', () => {
    for (const [, body] of SAMPLES.filter(([other]) => other === id)) {
      expect(faultPaths(id, body)).toEqual([]);
      expect(Object.values(kind.spanOf(body)).length).toBeGreaterThan(0);
    }
    expect(sample(id)).not.toEqual({});
  });

  test('misses every required field, and knows no other', () => {
    const required = Object.entries(kind.fields).filter(([, field]) => field.required);
    const missing = faultPaths(id, { other: 1 });
    expect(missing).toEqual(expect.arrayContaining(required.map(([key]) => key)));
    expect(missing).toContain('other');
  });

  test('takes no negative number and no day that is none', () => {
    for (const [key, { cell }] of Object.entries(kind.fields)) {
      const bad = { number: -1, date: '2026-02-29', instant: '2026-01-01', flag: 'yes' }[
        cell as string
      ];
      if (bad !== undefined) expect(faultPaths(id, { ...sample(id), [key]: bad })).toContain(key);
    }
  });

  test('names an agency, meter or building that exists', () => {
    for (const [key, { refersTo, cell }] of Object.entries(kind.fields)) {
      if (refersTo === undefined) continue;
      const value = cell === 'list' ? ['nowhere'] : 'nowhere';
      expect(faultPaths(id, { ...sample(id), [key]: value })).toContain(key);
    }
  });

  test('has columns that can be told apart', () => {
    const fields = Object.values(kind.fields);
    expect(new Set(fields.map(titleOf)).size).toBe(fields.length);
    for (const { choices } of fields) {
      const words = Object.entries(choices ?? {}).flatMap(([key, { zh, en }]) => [
        ...new Set([key, zh, en]),
      ]);
      expect(new Set(words).size).toBe(words.length);
    }
  });
});

test('ids and sheets are told apart, and no id is an address of its own', () => {
  expect(new Set(KINDS.flatMap(({ id, name }) => [id, name.zh, name.en])).size).toBe(
    KINDS.length * 3,
  );
  expect(KIND_IDS).not.toContain('import');
  expect(KIND_IDS).not.toContain('export');
  for (const { name } of KINDS) expect(name.zh).toMatch(/^[^:\\/?*[\]]{1,31}$/);
});

describe('fields together', () => {
  const month = { firstDay: '2026-09-01', lastDay: '2026-09-30' };
  test.each<[string, KindId, Body, string]>([
    ['days in order', 'canteen-meals', { firstDay: '2026-10-01' }, 'lastDay'],
    ['instants in order', 'work-order', { closedAt: '2026-04-01T00:00:00Z' }, 'closedAt'],
    ['a part of the whole', 'fixtures', { waterSaving: 61 }, 'total'],
    ['grade 1 saves water', 'fixtures', { gradeOne: 59 }, 'waterSaving'],
    ['quarters that add up', 'annual-plan', { q4: 26 }, 'value'],
    ['all quarters or none', 'annual-plan', { q4: undefined }, 'q4'],
    ['a limit in the unit of its carrier', 'annual-plan', { unit: '万m³' }, 'unit'],
    ['a quarter in a quarterly report', 'report-submission', { quarter: undefined }, 'quarter'],
    ['litres for gasoline', 'vehicle-fuel', { litres: undefined, energyKwh: 3 }, 'fuel'],
    ['the unit of the fuel', 'other-fuel', { unit: 'L' }, 'unit'],
    ['a saving with its unit', 'retrofit', { savingUnit: undefined }, 'savingUnit'],
    ['a walked round in full', 'patrol-round', { points: undefined }, 'findings'],
    ['somebody to pay a bill', 'bill', { meter: undefined }, 'meter'],
    ['a quantity with its unit', 'bill', { quantity: 5 }, 'unit'],
    ['a unit of the carrier', 'bill', { carrier: 'water', quantity: 5, unit: 'kWh' }, 'unit'],
    ['vehicles that add up', 'vehicles', { nev: 2 }, 'total'],
  ])('%s', (_, kind, change, field) => {
    expect(faultPaths(kind, { ...sample(kind), ...change })).toContain(field);
  });

  test('a bill is somebody’s by meter, by agency and carrier, or by account', () => {
    const bill = { ...month, costYuan: 1 };
    expect(faultPaths('bill', { ...bill, account: '0471' })).toEqual([]);
    expect(faultPaths('bill', { ...bill, agency: 'baiyan', carrier: 'gas' })).toEqual([]);
    expect(faultPaths('bill', { ...bill, agency: 'baiyan' })).toEqual(['meter']);
  });

  test('a field at fault is not held against others', () => {
    const body = { ...sample('canteen-meals'), firstDay: '2026-13-01', lastDay: '2020-01-01' };
    expect(faultPaths('canteen-meals', body)).toEqual(['firstDay']);
  });
});
