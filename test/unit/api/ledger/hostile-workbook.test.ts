/** Workbooks as they come from desks: nothing of them is lost in silence, every fault has its cell. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import type { Ledger } from '../../../../api/ledger/ledger.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { importLedger } from '../../../../api/ledger/workbook/import.ts';
import type { InputFault } from '../../../../api/problem.ts';
import { isAppError } from '../../../../domain/errors.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();
const BILLS = '缴费账单';
const TITLES = [
  '单位',
  '能源资源种类',
  '起始日',
  '截止日（含）',
  '用量',
  '计量单位',
  '金额',
  '凭证号',
];

interface Row {
  readonly agency?: Cell;
  readonly from?: Cell;
  readonly to?: Cell;
  readonly quantity?: Cell;
  readonly cost?: Cell;
  readonly voucher?: Cell;
}

const bill = (row: Row = {}): Cell[] => [
  row.agency === undefined ? 'baiyan-fgj' : row.agency,
  '电',
  row.from ?? '2026-09-01',
  row.to ?? '2026-09-30',
  row.quantity ?? 100,
  'kWh',
  row.cost === undefined ? 50 : row.cost,
  row.voucher ?? null,
];

let ledger: Ledger;
beforeEach(() => {
  ledger = openLedger(':memory:');
});
afterEach(() => ledger.close());

type Pages = readonly { readonly sheet: string; readonly data: Cell[][] }[];

async function imported(pages: Pages) {
  const file = await writeXlsxFile(pages.map((page) => ({ ...page }))).toBuffer();
  return importLedger(file, { ledger, registry }, { who: 'bo', why: 'imported' });
}

/** Faults as `cell: found`; an import with faults leaves the ledger as it was. */
async function faultsOf(...rows: Cell[][]): Promise<string[]> {
  try {
    await imported([{ sheet: BILLS, data: [TITLES, ...rows] }]);
  } catch (error) {
    if (!isAppError(error, 'request.invalid')) throw error;
    expect(ledger.changesSince(0)).toEqual([]);
    return (error.context.faults as InputFault[]).map(({ path, found }) => `${path}: ${found}`);
  }
  return [];
}

const bodies = () => ledger.entries('bill').map(({ body }) => body);

describe('numbers and dates', () => {
  it('are understood with separators of thousands and in full width', async () => {
    const rows = [
      bill({ quantity: '1,234.5', cost: '12,345.60' }),
      bill({ quantity: '１２３４．５', from: '２０２６年９月１日', to: '２０２６－０９－３０' }),
    ];
    expect(await faultsOf(...rows)).toEqual([]);
    expect(bodies()).toMatchObject([
      { quantity: 1234.5, costYuan: 12_345.6 },
      { quantity: 1234.5, firstDay: '2026-09-01', lastDay: '2026-09-30' },
    ]);
  });

  it('that may mean something else are refused where they stand', async () => {
    const rows = [
      bill({ quantity: '12,34' }),
      bill({ quantity: '1,234,5' }),
      bill({ quantity: '约100' }),
      bill({ cost: '50元' }),
      bill({ from: 46_266 }),
      bill({ from: '20260901' }),
      bill({ from: '2026-02-30' }),
      bill({ from: '26/9/1' }),
    ];
    expect(await faultsOf(...rows)).toEqual([
      `${BILLS}!E2: '12,34'`,
      `${BILLS}!E3: '1,234,5'`,
      `${BILLS}!E4: '约100'`,
      `${BILLS}!G5: '50元'`,
      `${BILLS}!C6: 46266`,
      `${BILLS}!C7: '20260901'`,
      `${BILLS}!C8: '2026-02-30'`,
      `${BILLS}!C9: '26/9/1'`,
    ]);
  });

  it('below zero and bills that end before they begin are refused', async () => {
    const rows = [bill({ quantity: -5 }), bill({ cost: '-3' }), bill({ to: '2026-08-31' })];
    const faults = await faultsOf(...rows);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      `${BILLS}!E2`,
      `${BILLS}!G3`,
      `${BILLS}!D4`,
    ]);
  });
});

describe('cells', () => {
  it('that are merged are refused: all but the first of them would be lost', async () => {
    const first = bill({ voucher: { value: 'V1', type: String, rowSpan: 2 } });
    expect(await faultsOf(first, bill({ from: '2026-10-01', to: '2026-10-31' }))).toEqual([
      `${BILLS}!H2:H3: merged cells`,
    ]);
    // Control: the same without the merge.
    expect(await faultsOf(bill({ voucher: 'V1' }))).toEqual([]);
  });

  it('with a formula that nobody computed are refused, although optional', async () => {
    const formula = { value: '"V"&"1"', type: 'Formula' } as const;
    expect(await faultsOf(bill({ voucher: formula }))).toEqual([`${BILLS}!H2: '="V"&"1"'`]);
  });
});

describe('sheets', () => {
  it('that are empty add nothing; two of one kind, or of one name, are both read', async () => {
    const data = [TITLES, bill()];
    const other = [TITLES, bill({ quantity: 7 })];
    expect(await imported([{ sheet: BILLS, data: [] }])).toMatchObject({ added: 0 });
    expect(
      await imported([
        { sheet: BILLS, data },
        { sheet: `${BILLS} `, data: other },
        { sheet: 'bill', data: [TITLES, bill({ quantity: 8 })] },
      ]),
    ).toMatchObject({ added: 3 });
  });

  it('that are imported twice add nothing the second time', async () => {
    const pages = [{ sheet: BILLS, data: [TITLES, bill(), bill({ quantity: 7 })] }];
    expect(await imported(pages)).toEqual({ added: 2, revised: 0, unchanged: 0 });
    expect(await imported(pages)).toEqual({ added: 0, revised: 0, unchanged: 2 });
  });
});
