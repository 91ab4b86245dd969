/** The registry as a workbook: a sheet a section and a list, empty ones too, so that it is also the form to fill in. */
import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node';
import type { RegistryContent } from '../registry.ts';
import type { Section } from '../schema.ts';
import { cellOf } from './cells.ts';
import { type Column, LAYOUTS, OWNER, type SheetLayout } from './layout.ts';

/** What the second row of every sheet begins with. */
export const NOTE = '说明';
const WIDTH = { id: 24, usual: 16 };

type Entry = Readonly<Record<string, unknown>>;

function valueAt(entry: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
    entry,
  );
}

function cell(column: Column, value: unknown, zone: string): Cell {
  if (column.isSwitch) return cellOf(column, value === undefined ? undefined : true, zone);
  const isInstant = column.cell === 'instant' && typeof value === 'number';
  return cellOf(column, isInstant ? new Date(value).toISOString() : value, zone);
}

/** Columns in the order they stand on a sheet. */
export function columnsOn({ child, columns, record }: SheetLayout): readonly Column[] {
  const own = child === undefined ? [] : [OWNER];
  return [...own, ...columns, ...(record ? [record.key, record.value] : [])];
}

/** A record as rows of key and value; without any, one row that leaves both empty. */
function pairsOf(record: unknown): [string | undefined, unknown][] {
  const pairs = Object.entries(record ?? {});
  return pairs.length > 0 ? pairs : [[undefined, undefined]];
}

function rowsOf(layout: SheetLayout, entry: Entry, zone: string): Row[] {
  const { child, columns, record } = layout;
  const cells = (row: unknown) => columns.map((one) => cell(one, valueAt(row, one.path), zone));
  if (child === undefined) return [cells(entry)];
  const owner = cell(OWNER, entry.id, zone);
  const found = entry[child];
  const isList = Array.isArray(found);
  const items: readonly unknown[] = isList
    ? found
    : Object.keys(found ?? {}).length > 0
      ? [found]
      : [];
  return items.flatMap((item) => {
    if (!record) return [[owner, ...cells(item)]];
    const pairs = pairsOf(isList ? valueAt(item, [record.name]) : item);
    return pairs.map(([key, value]) => [
      owner,
      ...cells(item),
      cell(record.key, key, zone),
      cell(record.value, value, zone),
    ]);
  });
}

function sheetOf(layout: SheetLayout, content: RegistryContent) {
  const columns = columnsOn(layout);
  const { section } = layout;
  const entries: readonly Entry[] =
    section === 'region' ? [content.region] : content[section as Section];
  const titles = columns.map(
    ({ title, required }): Cell => ({
      value: title,
      type: String,
      fontWeight: 'bold',
      ...(required ? { backgroundColor: '#fde9d9' } : {}),
    }),
  );
  const notes = columns.map(({ note }, index): Cell => {
    const value = index === 0 ? `${NOTE}：${note}` : note;
    return value === '' ? null : { value, type: String, textColor: '#666666', wrap: true };
  });
  const { zone } = content.region;
  return {
    sheet: layout.sheet,
    data: [titles, notes, ...entries.flatMap((entry) => rowsOf(layout, entry, zone))],
    columns: columns.map((_, index) => ({ width: index === 0 ? WIDTH.id : WIDTH.usual })),
    stickyRowsCount: 1,
  };
}

/** As it was written; what is expanded from the environment stands expanded. */
export function exportRegistry(content: RegistryContent): Promise<Buffer> {
  return writeXlsxFile(LAYOUTS.map((layout) => sheetOf(layout, content))).toBuffer();
}
