/** Codes in cells: items by code or by name, numbers that were codes, doubts in Chinese that refuse nothing. */
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { PROFILE_CATALOGUE } from '../../../../collector/profile-facts.ts';
import { ITEMS } from '../../../../domain/items.ts';
import { exportRegistry } from '../../../../registry/workbook/export.ts';
import { importRegistry, type WorkbookOutcome } from '../../../../registry/workbook/import.ts';
import { formatWorkbookFault } from '../../../../registry/workbook/words.ts';
import { REGION } from '../../../support/pipeline.ts';
import { registryOf } from '../../../support/registry.ts';

type Value = string | number;
interface Change {
  readonly sheet: string;
  readonly title: string;
  /** Counted from 0, without titles and notes. */
  readonly row: number;
  readonly value: Value;
}

const FULL = REGION.replace('en: Test },', 'en: Test }, code: "150000",').replace(
  'floorM2: 1000',
  'floorM2: 1000\n    cooledM2: 800\n    airConditioning: B\n    heatingKind: A',
);

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' };
  return typeof value === 'number'
    ? { value, type: Number }
    : { value: String(value), type: String };
}

/** The region as a workbook, with some of its cells filled in otherwise. */
const filled = (...changes: readonly Change[]) => filledFrom(FULL, changes);

async function filledFrom(text: string, changes: readonly Change[]): Promise<WorkbookOutcome> {
  const { registry, faults } = registryOf({ 'a.yaml': text });
  if (!registry) throw new Error(JSON.stringify(faults));
  const sheets = await readXlsxFile(await exportRegistry(registry.written));
  const written = sheets.map(({ sheet, data }) => {
    const rows = data.map((row) => [...row] as unknown[]);
    for (const { title, row, value } of changes.filter((change) => change.sheet === sheet)) {
      const column = (rows[0] ?? []).indexOf(title);
      expect(column, `${sheet} ${title}`).toBeGreaterThanOrEqual(0);
      (rows[row + 2] ?? [])[column] = value;
    }
    return { sheet, data: rows.map((row) => row.map(cellOf)) };
  });
  return importRegistry(await writeXlsxFile(written).toBuffer(), PROFILE_CATALOGUE);
}

const item = (value: Value): Change => ({ sheet: '表计', title: '分项', row: 1, value });
const faultsOf = ({ faults }: WorkbookOutcome) => faults.map(formatWorkbookFault);

describe('the item of a meter', () => {
  it('is written with code and name', async () => {
    const { registry } = registryOf({ 'a.yaml': FULL });
    const sheets = registry && (await readXlsxFile(await exportRegistry(registry.written)));
    const meters = sheets?.find(({ sheet }) => sheet === '表计');
    expect(meters?.data[3]).toContain('01A00 照明插座用电');
  });

  it.each([
    ['01A10', '01A10'],
    ['照明与插座用电', '01A10'],
    ['照明与插座', '01A10'],
    ['01A10 照明与插座用电', '01A10'],
    ['厨房餐厅', '01D30'],
    ['洗衣房', '01D20'],
    [1000, '01000'],
  ])('is understood by code or name: %s', async (written, code) => {
    const { registry } = await filled(item(written));
    expect(registry?.meters[1]?.item).toBe(code);
  });

  it('control: a code beside the name of another is refused, all choices named', async () => {
    const [fault, ...others] = faultsOf(await filled(item('01D20 厨房餐厅用电')));
    expect(others).toEqual([]);
    expect(fault).toMatch(/^表计!\w+4（分项）：应为以下之一：.*、01D30 厨房餐厅用电、/);
    expect(fault?.split('、')).toHaveLength(Object.keys(ITEMS).length);
  });
});

describe('items that do not fit', () => {
  it('are told in Chinese: of another carrier, or counted twice by a formula', async () => {
    const formula = { sheet: '虚拟表', row: 0 } as const;
    const part = 'pump';
    const text = FULL.concat(
      `  - { id: ${part}, name: { zh: 泵, en: Pump }, building: own, connection: line, unit: 9, profile: eastron-sdm630, carrier: electricity, item: "01B1A", level: 3, parent: own-e, pollSeconds: 900, maxPerHour: 100 }\n`,
      `virtualMeters:\n  - { id: twice, name: { zh: 双, en: Twice }, building: own, carrier: electricity, item: "01C00", level: 3, parent: own-e, formula: 2 * ${part} }\n`,
    );
    expect(faultsOf(await filledFrom(text, [item('02000')]))).toEqual([
      expect.stringMatching(/^表计!\w+4（分项）：应为电的分项（01 开头），实为 '02000'$/),
    ]);
    const twice = [{ ...formula, title: '分项', value: '空调' }];
    expect(faultsOf(await filledFrom(text, twice))).toEqual([
      expect.stringMatching(/应为没有单独计入 01B00 的表计：请将其上级表设为 twice/),
    ]);
  });
});

describe('codes of agencies and buildings', () => {
  it('come back with the kinds of buildings', async () => {
    const { registry, warnings } = await filled();
    expect(warnings).toEqual([]);
    expect(registry?.region.code).toBe('150000');
    expect(registry?.buildings[0]).toMatchObject({
      cooledM2: 800,
      airConditioning: 'B',
      heatingKind: 'A',
    });
  });

  it('are doubted by sheet and cell, and taken over all the same', async () => {
    const outcome = await filled(
      { sheet: '机关', title: '统一社会信用代码', row: 1, value: '91350100M000100Y44' },
      { sheet: '机关', title: '行政区划代码', row: 2, value: 130102 },
      { sheet: '表计', title: '上级表', row: 2, value: 'shared-e-a' },
      { sheet: '表计', title: '分项', row: 2, value: '冷机' },
    );
    expect(faultsOf(outcome)).toEqual([]);
    expect(outcome.registry?.agencies[2]?.regionCode).toBe('130102');
    const doubts = outcome.warnings.map(formatWorkbookFault);
    expect(doubts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^机关!\w+4（统一社会信用代码）：应为91350100M000100Y4 之后的校验码 3（GB 32100），实为 '91350100M000100Y44'$/,
        ),
        expect.stringMatching(
          /^机关!\w+5（行政区划代码）：应为test 的行政区划 150000 之内的代码（15 开头），实为 '130102'$/,
        ),
        expect.stringMatching(
          /^表计!\w+5（分项）：应为上级表 shared-e-a 所属分项 01A00 之内的分项，实为 '01B1C'$/,
        ),
      ]),
    );
  });

  it('are used once', async () => {
    const code = (row: number) =>
      ({ sheet: '机关', title: '统一社会信用代码', row, value: '91350100M000100Y43' }) as const;
    const building = { sheet: '建筑', title: '建筑编码', row: 1, value: '150102A001' } as const;
    expect(faultsOf(await filled(code(0), code(1), building))).toEqual([
      expect.stringMatching(/^建筑!\w+4（建筑编码）：应为不重复的建筑编码（首次见于 建筑!\w+3）/),
      expect.stringMatching(
        /^机关!\w+4（统一社会信用代码）：应为不重复的信用代码（首次见于 机关!\w+3）/,
      ),
    ]);
  });

  it('that became numbers too long to keep are refused, not rounded', async () => {
    const outcome = await filled({
      sheet: '机关',
      title: '统一社会信用代码',
      row: 0,
      value: Number('111500000040106059'),
    });
    expect(faultsOf(outcome)).toEqual([
      expect.stringMatching(/^机关!\w+3（统一社会信用代码）：应为文字，实为 1115000000401060/),
    ]);
  });

  it('of kinds are named by the words of their own column', async () => {
    const wrong = (title: string) => ({ sheet: '建筑', title, row: 0, value: '地暖' }) as const;
    expect(faultsOf(await filled(wrong('空调形式'), wrong('采暖形式')))).toEqual([
      expect.stringContaining('应为以下之一：集中式全空气、风机盘管加新风、分体或多联机、其他空调'),
      expect.stringContaining('应为以下之一：散热器、地板辐射、电辐射、空调集中供暖、其他供暖'),
    ]);
  });
});
