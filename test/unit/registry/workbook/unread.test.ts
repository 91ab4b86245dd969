/** A registry workbook loses nothing in silence: sheets twice, merged cells and failed formulas have their place. */
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { PROFILE_CATALOGUE } from '../../../../collector/profile-facts.ts';
import { exportRegistry } from '../../../../registry/workbook/export.ts';
import { importRegistry } from '../../../../registry/workbook/import.ts';
import { formatWorkbookFault } from '../../../../registry/workbook/words.ts';
import { testRegistry } from '../../../support/pipeline.ts';

type Page = { sheet: string; data: Cell[][] };

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' };
  return typeof value === 'number'
    ? { value, type: Number }
    : { value: String(value), type: String };
}

/** The region as a workbook that somebody worked on. */
async function faultsOf(change: (pages: Page[]) => void): Promise<string[]> {
  const sheets = await readXlsxFile(await exportRegistry(testRegistry().written));
  const pages = sheets.map(
    ({ sheet, data }): Page => ({
      sheet,
      data: data.map((row) => row.map(cellOf)),
    }),
  );
  change(pages);
  const file = await writeXlsxFile(pages).toBuffer();
  const { faults } = await importRegistry(file, PROFILE_CATALOGUE);
  return faults.map(formatWorkbookFault);
}

function meters(pages: Page[]): Page {
  const page = pages.find(({ sheet }) => sheet === '表计');
  if (!page) throw new Error('no sheet of meters');
  return page;
}

describe('a registry workbook', () => {
  it('control: is read as it was written', async () => {
    expect(await faultsOf(() => undefined)).toEqual([]);
  });

  it('has each sheet once: of two only one would count', async () => {
    const faults = await faultsOf((pages) => {
      pages.push({ ...meters(pages), sheet: '表计 ' });
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('表计 !A1');
    expect(faults[0]).toContain('每张表只出现一次');
  });

  it('has no merged cells', async () => {
    const faults = await faultsOf((pages) => {
      const [, , first, second] = meters(pages).data;
      if (second) second[0] = null;
      if (first) first[0] = { value: 'shared-e', type: String, rowSpan: 2 };
    });
    expect(faults.find((fault) => fault.includes('表计!A3:A4'))).toContain('未合并的单元格');
  });

  it('has no formula without its result', async () => {
    const faults = await faultsOf((pages) => {
      const [titles = [], , first] = meters(pages).data;
      const at = titles.findIndex(
        (title) => String((title as { value?: unknown })?.value) === '上级表',
      );
      expect(at).toBeGreaterThan(0);
      if (first) first[at] = { value: 'A1', type: 'Formula' };
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/表计![A-Z]+3/);
    expect(faults[0]).toContain("'=A1'");
  });

  it('has each id once, and says so where it stands again', async () => {
    const faults = await faultsOf((pages) => {
      const page = pages.find(({ sheet }) => sheet === '机关');
      const [, , first = []] = page?.data ?? [];
      page?.data.push([...first]);
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^机关!A6.*不重复的编号（首次见于 机关!A3）/);
  });

  it('of empty sheets lacks its region', async () => {
    const faults = await faultsOf((pages) => {
      for (const page of pages) page.data = [];
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^地区!A1/);
  });

  it('may have rows with nothing but spaces', async () => {
    const faults = await faultsOf((pages) => {
      meters(pages).data.push([], [null, '  ']);
    });
    expect(faults).toEqual([]);
  });
});
