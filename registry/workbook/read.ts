/** A filled-in workbook as sections of the registry, with the cell of every value. */
import { formatPlace, nearestName, type Place, type RegistryFault, show } from '../fault.ts';
import { formatPath } from '../yaml.ts';
import { cellName, isBlank, valueFrom } from './cells.ts';
import { columnsOn, NOTE } from './export.ts';
import { type Column, LAYOUTS, type SheetLayout } from './layout.ts';

export interface SheetRows {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

type Entry = Record<string, unknown>;

/** It would be replaced when the files are read. */
const FROM_ENVIRONMENT = 'no variable of the environment: those are written in YAML';

export interface WorkbookContent {
  /** Entries by section, as YAML would hold them; the region is the only one of its section. */
  readonly sections: ReadonlyMap<string, readonly Entry[]>;
  readonly faults: readonly RegistryFault[];
  /** Where the value at a path of the registry stands, or the row or sheet it would stand in. */
  placeOf(path: readonly PropertyKey[]): Place;
}

/** A row that holds something: its values, and the cell of each of its columns. */
interface ReadRow {
  readonly at: Place;
  readonly values: ReadonlyMap<Column, unknown>;
  placeOf(column: Column): Place;
}

function put(entry: Entry, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) entry[key] ??= value;
  else {
    const inner = (entry[key] ?? {}) as Entry;
    entry[key] = inner;
    put(inner, rest, value);
  }
}

function valueIn(column: Column, cell: unknown, zone: string): unknown {
  const value = valueFrom(column, cell, zone);
  if (column.isSwitch) return value === true ? {} : value === false ? undefined : value;
  if (column.cell !== 'list' || value === undefined) return value;
  const parts: unknown[] = [value].flat();
  if (!column.ofNumbers) return parts.map(String);
  return parts.map((part) => (/^\d+$/.test(String(part)) ? Number(part) : part));
}

function entryOf(row: ReadRow, columns: readonly Column[]): Entry {
  const entry: Entry = {};
  for (const column of columns) {
    const value = row.values.get(column);
    if (value !== undefined) put(entry, column.path, value);
  }
  return entry;
}

/** Everything the sheets say, and what of it cannot be placed. */
export function readSheets(sheets: readonly SheetRows[], defaultZone: string): WorkbookContent {
  const faults: RegistryFault[] = [];
  const places = new Map<string, Place>();
  const sections = new Map<string, Entry[]>();
  let zone = defaultZone;

  function fault(at: Place, expected: string, found: unknown, known: readonly string[] = []): void {
    const nearest = nearestName(String(found), known);
    faults.push({
      ...at,
      expected,
      found: show(found),
      ...(nearest === undefined ? {} : { nearest }),
    });
  }

  function rowsOn(layout: SheetLayout, { sheet, data }: SheetRows): ReadRow[] {
    const columns = columnsOn(layout);
    const byTitle = new Map(columns.map((column) => [column.title, column]));
    const where = new Map<Column, number>();
    const at = (column: number, row: number, path: string): Place => {
      return { file: sheet, line: row + 1, path, cell: cellName(column, row) };
    };
    const titles = [...(data[0] ?? [])].map((title) =>
      title === null ? '' : String(title).trim(),
    );
    for (const [index, title] of titles.entries()) {
      const column = byTitle.get(title);
      if (title === '') continue;
      if (!column) fault(at(index, 0, title), 'the title of a column', title, [...byTitle.keys()]);
      else if (where.has(column)) fault(at(index, 0, title), 'each column once', title);
      else where.set(column, index);
    }
    return [...data.entries()].flatMap(([row, cells]): ReadRow[] => {
      const isNote = row === 1 && String(cells[0] ?? '').startsWith(NOTE);
      if (row === 0 || isNote || cells.every(isBlank)) return [];
      for (const [index, found] of cells.entries()) {
        const place = at(index, row, titles[index] ?? '');
        if (!isBlank(found) && !titles[index]) fault(place, 'a title over its column', found);
        if (/\$\{/.test(String(found))) fault(place, FROM_ENVIRONMENT, found);
      }
      const placeOf = (column: Column) => {
        const index = where.get(column);
        const path = column.title;
        return index === undefined
          ? { file: sheet, line: row + 1, path, cell: `${row + 1}` }
          : at(index, row, path);
      };
      const values = new Map(
        columns.map((column) => [
          column,
          valueIn(column, cells[where.get(column) ?? -1] ?? undefined, zone),
        ]),
      );
      return [{ at: at(0, row, titles[0] ?? ''), values, placeOf }];
    });
  }

  function remember(base: readonly PropertyKey[], row: ReadRow, columns: readonly Column[]): void {
    places.set(formatPath(base), row.at);
    for (const column of columns)
      places.set(formatPath([...base, ...column.path]), row.placeOf(column));
  }

  function addOwn({ section, columns }: SheetLayout, rows: readonly ReadRow[]): void {
    const firstAt = new Map<unknown, Place>();
    const entries = rows.map((row, index) => {
      remember(section === 'region' ? [section] : [section, index], row, columns);
      const entry = entryOf(row, columns);
      const first = firstAt.get(entry.id);
      if (first && entry.id !== undefined)
        fault(row.at, `an id used once (first at ${formatPlace(first)})`, entry.id);
      else firstAt.set(entry.id, row.at);
      return entry;
    });
    if (section === 'region') {
      for (const { at } of rows.slice(1)) fault(at, 'one region', 'a second');
      const own = entries[0]?.zone;
      if (typeof own === 'string') zone = own;
    }
    sections.set(section, entries);
  }

  function addChild(layout: SheetLayout, rows: readonly ReadRow[]): void {
    const { section, child = '', columns, record } = layout;
    const owners = sections.get(section) ?? [];
    // Of two with one id the first is meant; the second is a fault of its own.
    const numbered = owners.map((entry, index) => ({ entry, index })).reverse();
    const byId = new Map(numbered.map((owner) => [String(owner.entry.id), owner]));
    const [ownerColumn] = columnsOn(layout);
    const open = new Map<string, { item: Entry; path: readonly PropertyKey[] }>();
    for (const row of rows) {
      const id = ownerColumn && row.values.get(ownerColumn);
      const owner = byId.get(String(id));
      if (!owner) {
        fault(row.at, `an id on the sheet of ${section}`, id, [...byId.keys()]);
        continue;
      }
      const { entry, index } = owner;
      const isList = columns.length > 0;
      const values = entryOf(row, columns);
      const same = JSON.stringify([id, values]);
      let one = open.get(same);
      // Rows that differ in key and value only are one entry; without a record each is its own.
      if (!one || !record) {
        const list = (entry[child] ?? []) as Entry[];
        one = isList
          ? { item: values, path: [section, index, child, list.length] }
          : { item: entry, path: [section, index] };
        if (isList) entry[child] = [...list, values];
        open.set(same, one);
        remember(one.path, row, columns);
      }
      if (record) addPair(one, { row, record, name: isList ? record.name : child });
    }
  }

  function addPair(
    { item, path }: { item: Entry; path: readonly PropertyKey[] },
    part: { row: ReadRow; record: NonNullable<SheetLayout['record']>; name: string },
  ): void {
    const { row, record, name } = part;
    const [key, value] = [row.values.get(record.key), row.values.get(record.value)];
    if (key === undefined && value === undefined) return;
    const pairs = Object.entries(item[name] ?? {});
    const at = row.placeOf(record.key);
    const isTwice = pairs.some(([known]) => known === key);
    if (key === undefined || isTwice) {
      fault(at, isTwice ? 'each name once' : 'a name beside its value', key);
      return;
    }
    item[name] = Object.fromEntries([...pairs, [String(key), value]]);
    places.set(formatPath([...path, name]), at);
    places.set(formatPath([...path, name, String(key)]), row.placeOf(record.value));
  }

  const bySheet = new Map<string, SheetRows>();
  for (const sheet of sheets) {
    const name = sheet.sheet.trim();
    const known = LAYOUTS.map((layout) => layout.sheet);
    const place = { file: sheet.sheet, line: 1, path: name, cell: 'A1' };
    if (!known.includes(name)) fault(place, 'the name of a sheet', name, known);
    else if (bySheet.has(name)) fault(place, 'each sheet once', name);
    else bySheet.set(name, sheet);
  }
  for (const layout of LAYOUTS) {
    const sheet = bySheet.get(layout.sheet);
    const rows = sheet ? rowsOn(layout, sheet) : [];
    if (layout.child === undefined) addOwn(layout, rows);
    else addChild(layout, rows);
  }

  function placeOf(path: readonly PropertyKey[]): Place {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const place = places.get(formatPath(path.slice(0, depth)));
      if (place) return place;
    }
    const section = String(path[0] ?? 'region');
    const file = LAYOUTS.find((layout) => layout.section === section)?.sheet ?? section;
    return { file, line: 1, path: file, cell: 'A1' };
  }

  return { sections, faults, placeOf };
}
