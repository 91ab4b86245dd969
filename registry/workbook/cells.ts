/** Values of fields as cells of a spreadsheet, and back; what cannot be understood is left for the check to name. */

import { Temporal } from 'temporal-polyfill';
import type { Cell } from 'write-excel-file/node';
import type { Choice } from './titles.ts';

/** How a spreadsheet cell shows a value. */
export type CellType = 'text' | 'number' | 'date' | 'instant' | 'flag' | 'choice' | 'list';

interface CellField {
  readonly cell: CellType;
  /** Words of a choice by what is stored for it. */
  readonly choices?: Readonly<Record<string, Choice>>;
}

export const YES_NO = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } } as const;

/** e.g. `C5`, from positions that count from 0. */
export function cellName(column: number, row: number): string {
  const letters = column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26));
  return `${letters}${String.fromCharCode(65 + (column % 26))}${row + 1}`;
}

/** Title of a column: what it is, and in which unit. */
export function titleOf({ zh, unit }: { readonly zh: string; readonly unit?: string }): string {
  return unit === undefined ? zh : `${zh} (${unit})`;
}

/** A character as a spreadsheet may also write it (ECMA-376-1, 22.9.2.19). */
function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`;
}

function text(value: unknown): Cell {
  const plain = String(value).replaceAll(/_(?=x[0-9a-f]{4}_)/gi, escaped);
  // The writer keeps its texts as keys of an object: one named like a member of it would be lost.
  const kept = plain in Object.prototype ? plain.replace(/./, escaped) : plain;
  // Typed as text, so that nothing that begins with = is ever run.
  return { value: kept, type: String };
}

/** Local time with its offset: no hour of a change of clocks is told twice. */
function localInstant(value: unknown, zone: string): string {
  return Temporal.Instant.from(String(value))
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never' });
}

function wordOf({ choices }: CellField, value: unknown): string {
  return choices?.[String(value)]?.zh ?? String(value);
}

export function cellOf(field: CellField, value: unknown, zone: string): Cell {
  if (value === undefined) return null;
  switch (field.cell) {
    case 'number':
      return { value: Number(value), type: Number };
    case 'date':
      return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    case 'instant':
      return text(localInstant(value, zone));
    case 'flag':
      return text(value ? YES_NO.yes.zh : YES_NO.no.zh);
    case 'choice':
      return text(wordOf(field, value));
    case 'list':
      return text(
        [value]
          .flat()
          .map((part) => wordOf(field, part))
          .join(', '),
      );
    case 'text':
      return text(value);
  }
}

function chosen(choices: Readonly<Record<string, Choice>>, found: string): string {
  const match = Object.entries(choices).find(([id, { zh, en, also = [] }]) =>
    [id, zh, en, ...also].includes(found),
  );
  return match?.[0] ?? found;
}

/** Full-width digits and separators of thousands are how people write; groups that are none are left. */
function numberFrom(found: string): unknown {
  const written = found.normalize('NFKC');
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(written);
  const number = grouped ? written.replaceAll(',', '') : written;
  return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : found;
}

function dateFrom(found: string): string {
  const parts = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/.exec(found);
  if (!parts) return found;
  const [, year = '', month = '', day = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Local time without an offset is that of the zone. */
function instantFrom(found: string, zone: string): string {
  const parts = /^(\d{4}\D\d{1,2}\D\d{1,2}日?)[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/.exec(found);
  if (!parts) return found;
  const [, date = '', time = ''] = parts;
  try {
    const local = Temporal.PlainDateTime.from(`${dateFrom(date)}T${time}`);
    return local.toZonedDateTime(zone).toInstant().toString();
  } catch {
    return found;
  }
}

/**
 * What a spreadsheet took for a number. A class of 2 is a name all the same, and 1000 the item
 * `01000`; a code that is too long has lost its last digits and is left for the check to refuse.
 */
function fromNumber({ cell, choices = {} }: CellField, found: number): unknown {
  if (cell !== 'text' && cell !== 'choice') return found;
  if (Math.abs(found) > Number.MAX_SAFE_INTEGER) return found;
  return Object.keys(choices).find((id) => Number(id) === found) ?? String(found);
}

/** A cell with a date holds the fraction of a day; what it means is whole seconds. */
function dateCell(found: Date): string {
  const rounded = new Date(Math.round(found.getTime() / 1000) * 1000).toISOString();
  return rounded.endsWith('T00:00:00.000Z') ? rounded.slice(0, 10) : rounded.slice(0, 19);
}

/** Nothing to be seen in it. */
export function isBlank(cell: unknown): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** The value a cell stands for; `undefined` for an empty one. */
export function valueFrom(field: CellField, cell: unknown, zone: string): unknown {
  const found =
    cell instanceof Date ? dateCell(cell) : typeof cell === 'string' ? cell.trim() : cell;
  if (found === null || found === undefined || found === '') return undefined;
  if (typeof found === 'number') return fromNumber(field, found);
  if (typeof found !== 'string') return found;
  switch (field.cell) {
    case 'number':
      return numberFrom(found);
    case 'date':
      return dateFrom(found.normalize('NFKC'));
    case 'instant':
      return instantFrom(found.length === 10 ? `${found}T00:00` : found, zone);
    case 'flag': {
      const choice = chosen(YES_NO, found);
      return choice === 'yes' ? true : choice === 'no' ? false : found;
    }
    case 'choice':
      return chosen(field.choices ?? {}, found);
    case 'list':
      return found
        .split(/[,，、;；\s]+/)
        .filter((part) => part !== '')
        .map((part) => chosen(field.choices ?? {}, part));
    case 'text':
      return found;
  }
}
