/** The ledger as a spreadsheet: the same entries after a round trip, every fault by its cell, no bombs. */
import { crc32, deflateRawSync } from 'node:zlib';
import readXlsxFile from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { KINDS } from '../../../../api/ledger/kinds/index.ts';
import type { Ledger } from '../../../../api/ledger/ledger.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { exportLedger } from '../../../../api/ledger/workbook/export.ts';
import { importLedger } from '../../../../api/ledger/workbook/import.ts';
import type { InputFault } from '../../../../api/problem.ts';
import { isAppError } from '../../../../domain/errors.ts';
import { demoRegistry } from '../../../support/registry.ts';
import { SAMPLES } from './samples.ts';

const BY = { who: 'anna', why: 'first entry' };
const registry = await demoRegistry();
const { zone } = registry.region;

let ledger: Ledger;
beforeEach(() => {
  ledger = openLedger(':memory:');
});
afterEach(() => ledger.close());

const importInto = (into: Ledger, file: Buffer) =>
  importLedger(file, { ledger: into, registry }, { who: 'bo', why: 'imported' });

function workbook(sheets: Readonly<Record<string, Cell[][]>>): Promise<Buffer> {
  const pages = Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }));
  return writeXlsxFile(pages).toBuffer();
}

async function faultsOf(file: Buffer): Promise<readonly InputFault[]> {
  try {
    await importInto(ledger, file);
  } catch (error) {
    if (isAppError(error, 'request.invalid')) return error.context.faults as InputFault[];
    throw error;
  }
  return [];
}

function all(of: Ledger) {
  return KINDS.flatMap(({ id }) => of.entries(id)).map(({ id, kind, body }) => ({
    id,
    kind,
    body,
  }));
}

const MEALS = ['单位', '起始日', '截止日（含）', '供餐人次 (人次)'];

describe('a workbook', () => {
  test('brings every kind over unchanged, and again changes nothing', async () => {
    for (const [kind, body] of SAMPLES) ledger.apply([{ action: 'add', kind, body }], BY);
    const file = await exportLedger(ledger, { zone });
    const other = openLedger(':memory:');
    const count = SAMPLES.length;
    expect(await importInto(other, file)).toEqual({ added: count, revised: 0, unchanged: 0 });
    expect(all(other)).toEqual(all(ledger));
    expect(await importInto(other, file)).toEqual({ added: 0, revised: 0, unchanged: count });
    expect(other.changesSince(0)).toHaveLength(count);
    other.close();
  });

  test('is a form: a sheet a kind, required columns, a guide', async () => {
    const sheets = await readXlsxFile(await exportLedger(ledger, { zone }));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['说明', ...KINDS.map(({ name }) => name.zh)]);
    const meals = sheets.find(({ sheet }) => sheet === '食堂供餐');
    expect(meals?.data[0]).toEqual(expect.arrayContaining([...MEALS, '编号', '修订']));
    expect(await importInto(ledger, await exportLedger(ledger, { zone }))).toMatchObject({
      added: 0,
    });
  });

  test('is understood as people write it', async () => {
    const file = await workbook({
      食堂供餐: [
        ['供餐人次', '单位', 'firstDay', 'Last day, included'],
        [
          '120',
          ' baiyan ',
          '2026年9月1日',
          { value: new Date('2026-09-30'), type: Date, format: 'yyyy/m/d' },
        ],
        [],
        [80, 'baiyan', '2026/10/1', '2026.10.31'],
      ],
      人工抄表: [
        ['表计', '抄表时间', '表底数（倍率前）'],
        ['baiyan-center-w', '2026-10-01 08:30', 12.5],
        [
          'baiyan-center-w',
          { value: new Date('2026-10-02T08:30:00Z'), type: Date, format: 'yyyy-mm-dd hh:mm' },
          13,
        ],
        ['baiyan-center-w', '2026-10-03T08:30:00+08:00', 14],
      ],
      缴费账单: [
        ['户号', '起始日', '截止日（含）', '金额', '用量', '计量单位'],
        [471002, '2026-09-01', '2026-09-30', 10, 2, 'm²（按面积计费）'],
      ],
    });
    expect(await importInto(ledger, file)).toEqual({ added: 6, revised: 0, unchanged: 0 });
    const meals = ledger.entries('canteen-meals').map(({ body }) => body);
    expect(meals).toMatchObject([
      { agency: 'baiyan', firstDay: '2026-09-01', lastDay: '2026-09-30', meals: 120 },
      { firstDay: '2026-10-01', lastDay: '2026-10-31', meals: 80 },
    ]);
    const times = ledger.entries('manual-reading').map(({ body }) => body.at);
    expect(times).toEqual([1, 2, 3].map((day) => `2026-10-0${day}T00:30:00.000Z`));
    expect(ledger.entries('bill')[0]?.body).toMatchObject({ account: '471002', unit: 'm²' });
    expect(ledger.changesSince(0)[0]).toMatchObject({ who: 'bo', why: 'imported' });
  });

  test('corrects entries by their id, and only from the revision it was made from', async () => {
    const body = { agency: 'baiyan', firstDay: '2026-09-01', lastDay: '2026-09-30', meals: 9 };
    const { id } = ledger.add('canteen-meals', body, BY);
    const row = (revision: number, meals: number) =>
      workbook({
        食堂供餐: [
          [...MEALS, '编号', '修订'],
          ['baiyan', '2026-09-01', '2026-09-30', meals, id, revision],
        ],
      });
    expect(await importInto(ledger, await row(1, 10))).toMatchObject({ revised: 1 });
    expect(await faultsOf(await row(1, 11))).toMatchObject([
      { path: '食堂供餐!E2', expected: expect.stringContaining('revision 2') },
    ]);
    expect(ledger.entries('canteen-meals')[0]).toMatchObject({ revision: 2, body: { meals: 10 } });
  });

  test('may speak of what the registry no longer has, where nothing was touched', async () => {
    const body = { agency: 'dissolved', firstDay: '2026-09-01', lastDay: '2026-09-30', meals: 9 };
    ledger.add('canteen-meals', body, BY);
    const file = await exportLedger(ledger, { zone });
    expect(await importInto(ledger, file)).toEqual({ added: 0, revised: 0, unchanged: 1 });
    const empty = openLedger(':memory:');
    await expect(importInto(empty, file)).rejects.toThrow(/食堂供餐!A2.*an agency.*dissolved/);
    empty.close();
  });

  test('names an id once, one of its kind, and none that is voided', async () => {
    const body = { agency: 'baiyan', firstDay: '2026-09-01', lastDay: '2026-09-30', meals: 9 };
    const { id } = ledger.add('canteen-meals', body, BY);
    const voided = ledger.void(ledger.add('canteen-meals', body, BY), BY);
    const other = ledger.add(
      'head-count',
      { agency: 'baiyan', date: '2026-01-01', persons: 1, definition: 'quota' },
      BY,
    );
    const row = (key: string, meals = 9) => ['baiyan', '2026-09-01', '2026-09-30', meals, key, 1];
    const rows = [row(id), row(id, 10), row(voided.id), row(other.id), row('no id!')];
    const file = await workbook({ 食堂供餐: [[...MEALS, '编号', '修订'], ...rows] });
    expect((await faultsOf(file)).map(({ path, expected }) => [path, expected])).toEqual([
      ['食堂供餐!E3', 'each id once'],
      ['食堂供餐!E4', 'an entry that is not voided'],
      ['食堂供餐!E5', 'an id of canteen-meals'],
      ['食堂供餐!E6', 'an id as it was exported, or nothing for a new entry'],
    ]);
  });

  test('with equal rows brings in each once, however often it is imported', async () => {
    const row = ['baiyan', '2026-09-01', '2026-09-30', 5];
    const file = await workbook({ 食堂供餐: [MEALS, row, row] });
    expect(await importInto(ledger, file)).toMatchObject({ added: 2, unchanged: 0 });
    expect(await importInto(ledger, file)).toMatchObject({ added: 0, unchanged: 2 });
  });
});

describe('faults', () => {
  test('a value under no title is not lost in silence', async () => {
    const row = ['baiyan', '2026-09-01', '2026-09-30', 5];
    const stray = await workbook({ 食堂供餐: [MEALS, [...row, null, 7]] });
    expect(await faultsOf(stray)).toMatchObject([{ path: '食堂供餐!F2', found: '7' }]);
    const lower = await workbook({ 食堂供餐: [[], MEALS, row] });
    expect((await faultsOf(lower)).length).toBeGreaterThan(3);
    expect(ledger.entries('canteen-meals')).toEqual([]);
  });

  test('are told all at once by sheet and cell, and nothing is imported', async () => {
    const file = await workbook({
      食堂供餐: [
        [...MEALS, '人数'],
        ['baiyan', '2026-09-01', '2026-09-30', 5],
        ['baiyann', '2026-09-31', '2026-09-30', 'many'],
        ['baiyan', '2026-09-30', '2026-09-01', 1.5],
      ],
      复印: [['x']],
      其他燃料: [
        ['单位', '燃料'],
        ['baiyan', '木柴'],
      ],
    });
    const faults = await faultsOf(file);
    expect(faults.map(({ path }) => path).sort()).toEqual(
      [
        ...[
          '食堂供餐!E1',
          '食堂供餐!A3',
          '食堂供餐!B3',
          '食堂供餐!D3',
          '食堂供餐!C4',
          '食堂供餐!D4',
        ],
        ...[
          '复印',
          '其他燃料!B2',
          '其他燃料!2',
          '其他燃料!2',
          '其他燃料!2',
          '其他燃料!2',
          '其他燃料!2',
        ],
      ].sort(),
    );
    expect(faults).toContainEqual({
      path: '食堂供餐!A3',
      expected: '单位: an agency of the registry',
      found: "'baiyann'",
      nearest: 'baiyan',
    });
    expect(faults.find(({ path }) => path === '其他燃料!B2')?.expected).toContain('汽油');
    expect(ledger.changesSince(0)).toEqual([]);
  });
});

interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** What the headers say instead of the truth. */
  readonly claimedBytes?: number;
}

function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedBytes } of parts) {
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedBytes ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const body = [Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), packed];
    directory.push(Buffer.from('PK\u0001\u0002\0\0'), fields, place, Buffer.from(name));
    bodies.push(...body);
    offset += Buffer.concat(body).length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

/** A workbook with this as its only sheet. */
function bookOf(sheetData: string): Part[] {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const texts = {
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="食堂供餐" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
  };
  return Object.entries(texts).map(([name, text]) => ({ name, content: Buffer.from(text) }));
}

const MEGABYTE = 1024 * 1024;

describe('a hostile file', () => {
  test('control: the hand-made workbook is read', async () => {
    const file = zip(bookOf('<row r="1"><c r="B1" t="str"><v>起始日</v></c></row>'));
    expect(await faultsOf(file)).toEqual([]);
    const odd = zip(bookOf('<row r="1"><c r="B1" t="str"><v>odd</v></c></row>'));
    expect(await faultsOf(odd)).toMatchObject([{ path: '食堂供餐!B1', found: "'odd'" }]);
  });

  const far = '<row r="1"><c r="A1"><v>1</v></c></row>';
  const zeros = Buffer.alloc(30 * MEGABYTE);
  test.each([
    ['no workbook', Buffer.from('hello, world, this is no spreadsheet'), /an \.xlsx file/],
    ['nothing', Buffer.alloc(0), /an \.xlsx file/],
    ['a damaged one', zip(bookOf(far)).fill(0, 40, 90), /whole/],
    ['a cut one', zip(bookOf(far)).subarray(60), /whole/],
    [
      'a bomb',
      zip([...bookOf(far), { name: 'xl/a.xml', content: zeros }]),
      /at most 25165824 bytes/,
    ],
    [
      'a bomb that lies about its size',
      zip([...bookOf(far), { name: 'xl/a.xml', content: zeros, claimedBytes: 10 }]),
      /bounded size/,
    ],
    ['a row far down', zip(bookOf(`${far}<row r="99999999"/>`)), /cells such as C5/],
    ['a row too far down', zip(bookOf(`${far}<row r="900000"/>`)), /at most 100000 rows/],
    ['a row number in disguise', zip(bookOf(`${far}<row  r = '&#57;99999'/>`)), /cells such as/],
    [
      'rows without number',
      zip(bookOf(`${far}${'<row/>'.repeat(200_000)}`)),
      /at most 100000 rows/,
    ],
    ['a cell far out', zip(bookOf(`${far}<row r="90000"><c r="XFD90000"/></row>`)), /cells/],
    [
      'many parts',
      zip(Array.from({ length: 600 }, (_, i) => ({ name: `${i}.xml`, content: Buffer.alloc(1) }))),
      /at most 500 parts/,
    ],
    ['no sheets', zip([{ name: 'a.xml', content: Buffer.from('<a/>') }]), /an \.xlsx workbook/],
  ])('that is %s is refused', async (_, file, expected) => {
    const faults = await faultsOf(file);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toBe('file');
    expect(faults[0]?.expected).toMatch(expected);
  });
});
