/** The sheets of the registry's workbook, read off its schema: a sheet a section, and one for each list within it. */
import { z } from 'zod';
import { registryFile, SECTIONS } from '../schema.ts';
import { type CellType, titleOf } from './cells.ts';
import { CHOICES, type Choice, SHEETS, TITLES } from './titles.ts';

/** The parts of JSON Schema that the registry's schema makes use of. */
interface Node {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly additionalProperties?: boolean | Node;
  readonly propertyNames?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

export interface Column {
  /** Where in its entry the value belongs. */
  readonly path: readonly string[];
  readonly title: string;
  readonly note: string;
  readonly required: boolean;
  readonly cell: CellType;
  readonly choices?: Readonly<Record<string, Choice>>;
  /** Of a list: its parts are numbers. */
  readonly ofNumbers?: boolean;
  /** Switches an object on that has nothing it must hold. */
  readonly isSwitch?: boolean;
}

/** A record within a row: as many rows as it has keys, the other columns repeated. */
export interface RecordColumns {
  readonly name: string;
  readonly key: Column;
  readonly value: Column;
}

export interface SheetLayout {
  readonly sheet: string;
  readonly section: string;
  /** Of a list or record within an entry: its key. Such a sheet begins with the entry's id. */
  readonly child?: string;
  readonly columns: readonly Column[];
  readonly record?: RecordColumns;
}

export const OWNER: Column = {
  path: [],
  title: '所属编号',
  note: '所属一行的编号',
  required: true,
  cell: 'text',
};

const LANGUAGES: Readonly<Record<string, string>> = { zh: '（中文）', en: '（英文）' };

function titleFor(names: readonly string[]) {
  const key = names.at(-1) ?? '';
  const found = [names.join('.'), names.slice(-2).join('.'), key].find((name) => name in TITLES);
  return TITLES[found ?? ''] ?? { zh: key };
}

/** All that any variant of a union has. */
function flat(node: Node): Node {
  if (!node.oneOf) return node;
  const properties: Record<string, Node> = {};
  for (const variant of node.oneOf) {
    for (const [key, own] of Object.entries(variant.properties ?? {})) {
      const both = [properties[key], own].flatMap((one) => one?.enum ?? one?.const ?? []);
      properties[key] = both.length > 0 ? { type: 'string', enum: [...new Set(both)] } : own;
    }
  }
  const required = Object.keys(properties).filter((key) =>
    node.oneOf?.every((variant) => variant.required?.includes(key)),
  );
  return { type: 'object', properties, required };
}

function cellOf(node: Node): CellType {
  if (node.anyOf || node.type === 'number' || node.type === 'integer') return 'number';
  if (node.type === 'boolean') return 'flag';
  if (node.type === 'array') return 'list';
  if (node.format === 'date') return 'date';
  if (node.format === 'date-time') return 'instant';
  return node.enum ? 'choice' : 'text';
}

const isList = ({ type, items }: Node) => type === 'array' && items?.type === 'object';
const isRecord = ({ additionalProperties }: Node) => typeof additionalProperties === 'object';

function columnOf(names: readonly string[], node: Node, required: boolean): Column {
  const { zh, note = '', ...title } = titleFor(names);
  const key = names.at(-1) ?? '';
  const words = CHOICES[names.join('.')] ?? CHOICES[key];
  const ids = node.enum ?? node.items?.enum ?? [];
  const own = Object.entries(words ?? {}).filter(([id]) => ids.includes(id));
  const allowed = own.length > 0 ? own.map(([, word]) => word.zh) : ids;
  return {
    path: names.slice(1),
    title: titleOf({ zh, ...title }),
    note: allowed.length > 0 && allowed.length < 20 ? allowed.join(' / ') : note,
    required,
    cell: cellOf(node),
    ...(own.length > 0 ? { choices: Object.fromEntries(own) } : {}),
    ...(node.items && node.items.type !== 'string' ? { ofNumbers: true } : {}),
  };
}

/** Columns of everything that stands in a row of its own entry. */
function columnsOf(names: readonly string[], node: Node, isNeeded = true): Column[] {
  const { properties = {}, required = [] } = node;
  return Object.entries(properties).flatMap(([key, own]): Column[] => {
    const path = [...names, key];
    const needed = isNeeded && required.includes(key);
    if (isList(own) || isRecord(own)) return [];
    if (!own.properties) return [columnOf(path, own, needed)];
    const { zh } = titleFor(path);
    const inner = columnsOf(path, own, needed).map((column) => {
      const language = LANGUAGES[column.path.at(-1) ?? ''];
      return { ...column, title: language ? `${zh}${language}` : `${zh}${column.title}` };
    });
    if ((own.required ?? []).length > 0) return inner;
    return [{ ...columnOf(path, { type: 'boolean' }, false), isSwitch: true }, ...inner];
  });
}

function recordColumns(names: readonly string[], node: Node): RecordColumns {
  const { propertyNames = {}, additionalProperties } = node;
  const value = typeof additionalProperties === 'object' ? additionalProperties : {};
  return {
    name: names.at(-1) ?? '',
    key: columnOf([...names, 'key'], propertyNames, false),
    value: columnOf([...names, 'value'], value, false),
  };
}

function childrenOf(section: string, node: Node): SheetLayout[] {
  const sheet = SHEETS[section] ?? section;
  return Object.entries(node.properties ?? {}).flatMap(([child, own]): SheetLayout[] => {
    const names = [section, child];
    const base = { sheet: `${sheet}-${titleFor(names).zh}`, section, child };
    if (isRecord(own)) return [{ ...base, columns: [], record: recordColumns(names, own) }];
    if (!isList(own) || !own.items) return [];
    const [inner] = Object.entries(own.items.properties ?? {}).filter(([, one]) => isRecord(one));
    const columns = columnsOf(names, own.items).map((column) => {
      return { ...column, path: column.path.slice(1) };
    });
    const record = inner && recordColumns([...names, inner[0]], inner[1]);
    return [{ ...base, columns, ...(record ? { record } : {}) }];
  });
}

function layouts(): SheetLayout[] {
  const schema = z.toJSONSchema(registryFile, { io: 'input', unrepresentable: 'any' }) as Node;
  return ['region', ...SECTIONS].flatMap((section) => {
    const own = schema.properties?.[section] ?? {};
    const node = flat(own.items ?? own);
    const sheet = SHEETS[section] ?? section;
    return [{ sheet, section, columns: columnsOf([section], node) }, ...childrenOf(section, node)];
  });
}

/** A section's own sheet stands before those of its lists. */
export const LAYOUTS: readonly SheetLayout[] = layouts();
