/** The ledger file: revisions, voids, what holds when, and an audit nobody can rewrite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../../../api/ledger/ledger.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { isAppError } from '../../../../domain/errors.ts';

const BY = { who: 'anna', why: 'monthly bill' };
const BILL = {
  agency: 'baiyan',
  carrier: 'electricity',
  firstDay: '2026-09-01',
  lastDay: '2026-09-30',
  quantity: 1200.5,
  unit: 'kWh',
  costYuan: 660,
} as const;
const SEPTEMBER = {
  fromMs: Date.parse('2026-08-31T16:00:00Z'),
  toMs: Date.parse('2026-09-30T16:00:00Z'),
};

let folder: string;
let path: string;
let ledger: Ledger;
let nowMs = 1000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-ledger-'));
  path = join(folder, 'ledger.db');
  ledger = openLedger(path, { now: () => nowMs });
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
  return undefined;
}

describe('entries', () => {
  test('a day is a local day, a range half-open', () => {
    const entry = ledger.add('bill', BILL, BY);
    expect(entry).toMatchObject({ ...SEPTEMBER, revision: 1, voided: false, who: 'anna' });
    expect(entry.body.quantity).toBe(1200.5);
    const ids = (fromMs: number, toMs: number) =>
      ledger.entries('bill', { range: { fromMs, toMs } }).map(({ id }) => id);
    expect(ids(SEPTEMBER.toMs - 1, SEPTEMBER.toMs + 1000)).toEqual([entry.id]);
    expect(ids(SEPTEMBER.toMs, SEPTEMBER.toMs + 1000)).toEqual([]);
    expect(ids(SEPTEMBER.fromMs - 1000, SEPTEMBER.fromMs)).toEqual([]);
    expect(ids(SEPTEMBER.fromMs - 1000, SEPTEMBER.fromMs + 1)).toEqual([entry.id]);
  });

  test('what holds until further notice has no end', () => {
    const head = {
      agency: 'baiyan',
      date: '2020-01-01',
      persons: 86,
      definition: 'quota',
    } as const;
    ledger.add('head-count', head, BY);
    const [entry] = ledger.entries('head-count', { range: SEPTEMBER });
    expect(entry?.toMs).toBe(Number.POSITIVE_INFINITY);
    expect(entry?.body).toEqual(head);
  });

  test('an instant stands on its own, and is found where the local day is another', () => {
    const at = '2026-09-30T23:30:00+08:00';
    const entry = ledger.add('manual-reading', { meter: 'baiyan-center-w', at, index: 7 }, BY);
    expect(entry.body.at).toBe('2026-09-30T15:30:00.000Z');
    expect(ledger.entries('manual-reading', { range: SEPTEMBER })).toHaveLength(1);
    const october = { fromMs: SEPTEMBER.toMs, toMs: SEPTEMBER.toMs + 1 };
    expect(ledger.entries('manual-reading', { range: october })).toHaveLength(0);
  });

  test('are found by agency, by meter, by either, and by meters concerned', () => {
    const { agency, carrier, ...rest } = BILL;
    const ofAgency = ledger.add('bill', BILL, BY).id;
    const ofMeter = ledger.add('bill', { ...rest, meter: 'm1' }, BY).id;
    ledger.add('bill', { ...rest, account: '0471' }, BY);
    const ids = (filter: object) => ledger.entries('bill', filter).map(({ id }) => id);
    expect(ids({ agencyIds: ['baiyan'] })).toEqual([ofAgency]);
    expect(ids({ meterIds: ['m1'] })).toEqual([ofMeter]);
    expect(ids({ agencyIds: ['baiyan'], meterIds: ['m1'] })).toEqual([ofAgency, ofMeter]);
    expect(ids({ agencyIds: [] })).toEqual([]);
    expect(ids({})).toHaveLength(3);
    const retrofit = { agency: 'b', name: 'LED', startedOn: '2026-01-01', meters: ['m1', 'm2'] };
    ledger.add('retrofit', { ...retrofit, measure: 'lighting' }, BY);
    expect(ledger.entries('retrofit', { meterIds: ['m2'] })).toHaveLength(1);
    expect(ledger.entries('retrofit', { meterIds: ['m3'] })).toHaveLength(0);
  });

  test('are found in a range without an end', () => {
    ledger.add('bill', BILL, BY);
    const ever = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
    expect(ledger.entries('bill', { range: ever })).toHaveLength(1);
    expect(ledger.entries('bill', { range: { ...ever, fromMs: SEPTEMBER.toMs } })).toEqual([]);
  });

  test('survive closing the file', () => {
    const entry = ledger.add('bill', BILL, BY);
    ledger.close();
    ledger = openLedger(path);
    expect(ledger.find('bill', entry.id)).toEqual(entry);
  });

  test('a body that is none of the kind is refused with every fault', () => {
    const bad = { ...BILL, quantity: -1, firstDay: '2026-02-30', costYua: 3 };
    expect(() => ledger.add('bill', bad, BY)).toThrow(
      /entry\.firstDay: expected ISO date.*entry\.quantity.*did you mean 'costYuan'/s,
    );
    expect(ledger.entries('bill')).toEqual([]);
    expect(ledger.changesSince(0)).toEqual([]);
  });
});

describe('changes', () => {
  test('a correction is a new revision and leaves the old one on the audit', () => {
    const first = ledger.add('bill', BILL, BY);
    nowMs = 2000;
    const second = ledger.revise(first, { ...BILL, quantity: 1300 }, { who: 'bo', why: 'misread' });
    expect(second).toMatchObject({ id: first.id, revision: 2, who: 'bo', atMs: 2000 });
    expect(ledger.entries('bill')).toEqual([second]);
    expect(ledger.history('bill', first.id)).toMatchObject([
      { seq: 1, action: 'add', before: null, after: BILL, ranges: [SEPTEMBER] },
      { seq: 2, action: 'revise', before: BILL, after: { quantity: 1300 }, why: 'misread' },
    ]);
    expect(ledger.changesSince(1)).toHaveLength(1);
    expect(ledger.changesSince(1)[0]?.ranges).toEqual([SEPTEMBER, SEPTEMBER]);
    expect(ledger.changesSince(0, 1)).toHaveLength(1);
  });

  test('a voided entry is no longer counted, and stays', () => {
    const entry = ledger.add('bill', BILL, BY);
    ledger.void(entry, { who: 'bo', why: 'twice' });
    expect(ledger.entries('bill')).toEqual([]);
    expect(ledger.find('bill', entry.id)).toMatchObject({ voided: true, body: BILL });
    expect(ledger.changesSince(1)).toMatchObject([{ action: 'void', before: BILL, after: null }]);
  });

  test('two who correct the same revision: the second is told', () => {
    const entry = ledger.add('bill', BILL, BY);
    ledger.revise(entry, { ...BILL, quantity: 1 }, BY);
    expect(codeOf(() => ledger.revise(entry, { ...BILL, quantity: 2 }, BY))).toBe(
      'request.conflict',
    );
    expect(ledger.entries('bill')[0]?.body.quantity).toBe(1);
  });

  test('what is voided or unknown cannot be changed', () => {
    const entry = ledger.void(ledger.add('bill', BILL, BY), BY);
    expect(codeOf(() => ledger.revise(entry, BILL, BY))).toBe('request.conflict');
    const unknown = { ...entry, id: 'none' };
    expect(codeOf(() => ledger.void(unknown, BY))).toBe('request.not-found');
  });

  test('several changes happen together or not at all', () => {
    const add = { action: 'add', kind: 'bill', body: BILL } as const;
    const lost = { action: 'void', kind: 'bill', id: 'none', revision: 1 } as const;
    expect(codeOf(() => ledger.apply([add, lost], BY))).toBe('request.not-found');
    expect(ledger.entries('bill')).toEqual([]);
    expect(ledger.apply([add, add], BY)).toHaveLength(2);
  });
});

describe('the audit', () => {
  const refused = [
    ["UPDATE audit SET who = 'nobody'", /append-only/],
    ['DELETE FROM audit', /append-only/],
    [
      `INSERT OR REPLACE INTO audit (seq, at_ms, who, why, action, entry, kind, revision)
       VALUES (1, 0, 'x', '', 'add', 'x', 'bill', 1)`,
      /append-only/,
    ],
    ['DELETE FROM entry', /never deleted/],
    ["UPDATE entry SET body = '{}'", /new revision/],
    ["UPDATE entry SET revision = 2, why = ''", /new revision/],
    ["UPDATE entry SET revision = 3, why = 'x'", /new revision/],
    ["UPDATE entry SET revision = 2, why = 'x', kind = 'roof'", /new revision/],
    [
      `INSERT OR REPLACE INTO entry (id, kind, body, first_day, last_day, revision, at_ms, who, why)
       SELECT id, kind, '{}', first_day, last_day, 1, 0, 'x', '' FROM entry`,
      /entry exists/,
    ],
  ] as const;

  test.each(refused)('refuses %s', (sql, message) => {
    ledger.add('bill', BILL, BY);
    const before = ledger.changesSince(0);
    const other = new DatabaseSync(path);
    expect(() => other.exec(sql)).toThrow(message);
    other.close();
    expect(ledger.changesSince(0)).toEqual(before);
  });

  test('control: without the triggers the same statement goes through', () => {
    ledger.add('bill', BILL, BY);
    const other = new DatabaseSync(path);
    other.exec('DROP TRIGGER audit_keeps_update');
    other.exec("UPDATE audit SET who = 'nobody'");
    other.close();
    expect(ledger.changesSince(0)[0]?.who).toBe('nobody');
  });

  test('records a change made past the program', () => {
    ledger.add('bill', BILL, BY);
    const other = new DatabaseSync(path);
    other.exec("UPDATE entry SET revision = 2, why = 'by hand', who = 'root'");
    other.close();
    expect(ledger.changesSince(1)).toMatchObject([{ who: 'root', action: 'revise' }]);
  });

  test('a file of a newer version is refused', () => {
    ledger.close();
    const other = new DatabaseSync(path);
    other.exec('PRAGMA user_version = 99');
    other.close();
    expect(codeOf(() => openLedger(path))).toBe('store.denied');
    rmSync(path);
    ledger = openLedger(path);
  });
});
