/** What the ledger lacks and what ends, without making anything up. */
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KIND_IDS } from '../../../../api/ledger/kinds/index.ts';
import { GROUPS } from '../../../../api/ledger/overview/groups.ts';
import type { AgencyLedger, LedgerEntry } from '../../../../web/types/ledger.ts';
import { startTestApi, type TestApi } from '../../../support/api.ts';

/** The clock of the test stands at 20 October 2026. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const BY = { who: 'li', why: 'test' };
const of = async (agency: string) =>
  (await (await fetch(`${api.url}/api/agencies/${agency}/ledger`)).json()) as AgencyLedger;

function kindIn(ledger: AgencyLedger, id: string) {
  const kind = ledger.groups.flatMap(({ kinds }) => kinds).find((one) => one.id === id);
  if (!kind) throw new Error(`no ${id}`);
  return kind;
}

const month = (id: string, days: number) => ({ firstDay: `${id}-01`, lastDay: `${id}-${days}` });

describe('the overview', () => {
  test('has every kind once', () => {
    const listed = GROUPS.flatMap(({ kinds }) => kinds);
    expect(listed.toSorted()).toEqual(KIND_IDS.toSorted());
  });

  test('asks for a month between bills and after the last, by meter, and for none before the first', async () => {
    const { ledger } = api.context;
    const [w, e] = [{ meter: 'baiyan-center-w' }, { meter: 'baiyan-center-e' }];
    ledger.add('bill', { ...w, ...month('2026-06', 30), costYuan: 1 }, BY);
    const kept = ledger.add('bill', { ...w, ...month('2026-08', 31), costYuan: 1 }, BY);
    ledger.add('bill', { ...e, ...month('2026-08', 31), costYuan: 1 }, BY);
    ledger.add('bill', { ...e, firstDay: '2026-09-15', lastDay: '2026-10-14', costYuan: 1 }, BY);
    const state = kindIn(await of('baiyan'), 'bill');
    expect(state).toMatchObject({ entries: 4, last: { who: 'li' } });
    expect(state.missing).toEqual([
      { period: '2026-09', series: [w] },
      { period: '2026-07', series: [w] },
    ]);
    // The controls: whoever does not answer for the meter lacks nothing; a voided one is missing.
    expect(kindIn(await of('yueliang'), 'bill')).toMatchObject({ entries: 0, missing: [] });
    ledger.void(kept, BY);
    const now = kindIn(await of('baiyan'), 'bill').missing.map(({ period }) => period);
    expect(now).toEqual(['2026-09', '2026-08', '2026-07']);
  });

  test('wants the plan of a year when it begins, and its cost when it is over', async () => {
    const { ledger } = api.context;
    const plan = { carrier: 'water', kind: 'limit', value: 1, unit: 'm³' } as const;
    ledger.add('annual-plan', { agency: 'cangsong', year: 2025, ...plan }, BY);
    ledger.add('operating-cost', { agency: 'cangsong', year: 2025, totalYuan: 1 }, BY);
    const state = await of('cangsong');
    expect(kindIn(state, 'annual-plan').missing.map(({ period }) => period)).toEqual(['2026']);
    expect(kindIn(state, 'operating-cost').missing).toEqual([]);
  });

  test('names what ends within a year or has ended, unless another of the same took over', async () => {
    const { ledger } = api.context;
    const agency = 'luming';
    const add = (title: 'saving-organ' | 'demonstration' | 'other', from: string, to?: string) =>
      ledger.add(
        'certificate',
        { agency, title, issuedOn: from, ...(to === undefined ? {} : { expiresOn: to }) },
        BY,
      ).id;
    const soon = add('saving-organ', '2023-01-01', '2026-12-31');
    add('demonstration', '2023-01-01', '2026-01-31');
    add('demonstration', '2026-02-01');
    add('other', '2026-01-01', '2028-12-31');
    const over = ledger.add(
      'water-balance-test',
      { agency, date: '2020-01-01', validUntil: '2023-01-01', passed: true },
      BY,
    ).id;
    const { expiring } = await of(agency);
    expect(expiring.map(({ id }) => id)).toEqual([over, soon]);
  });
});

describe('entries of an agency', () => {
  test('are those of its meters too, and voided ones when they are asked for', async () => {
    const list = async (query: string) =>
      (await (await fetch(`${api.url}/api/ledger/bill?${query}`)).json()) as LedgerEntry[];
    const current = await list('agency=baiyan');
    expect(current).toHaveLength(3);
    const all = await list('agency=baiyan&voided=true');
    expect(all.filter(({ voided }) => voided)).toHaveLength(1);
    expect(all).toHaveLength(4);
    expect(await list('agency=yueliang&voided=true')).toEqual([]);
  });
});

describe('a workbook', () => {
  const rowsOf = async (query: string) => {
    const answer = await fetch(`${api.url}/api/ledger/export?kind=bill&${query}`);
    const [, sheet] = await readXlsxFile(Buffer.from(await answer.arrayBuffer()));
    return { rows: (sheet?.data.length ?? 0) - 1, name: answer.headers.get('content-disposition') };
  };

  test('holds the entries of an agency, or none as a form', async () => {
    const own = await rowsOf('agency=baiyan');
    expect(own.rows).toBe(3);
    expect(own.name).toContain('jieyue-ledger-bill-baiyan.xlsx');
    expect(await rowsOf('agency=yueliang')).toMatchObject({ rows: 0 });
    expect(await rowsOf('empty=true')).toMatchObject({ rows: 0 });
  });
});
