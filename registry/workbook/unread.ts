/** Cells whose content no reader hands on: merged into others, formulas nobody computed, formulas that failed. */
import { partsOf } from './zip.ts';

export interface Unread {
  readonly sheet: string;
  /** `C5`, or `A2:A7`. */
  readonly cell: string;
  readonly expected: string;
  readonly found: string;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function plain(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, dec, hex, name) => {
    const code = dec === undefined ? Number.parseInt(hex ?? '', 16) : Number(dec);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    return NAMED[name] ?? whole;
  });
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? plain(found[1] ?? found[2] ?? '') : undefined;
}

/** A tag never holds another's beginning: looking for its end stays short in any text. */
const tags = (xml: string, name: string) =>
  xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s[^<>]*>`, 'g'));

/** XML of each sheet by the name people see. */
function sheetsOf(parts: ReadonlyMap<string, string>): [name: string, xml: string][] {
  const targets = new Map(
    [...tags(parts.get('xl/_rels/workbook.xml.rels') ?? '', 'Relationship')].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target') ?? '',
    ]),
  );
  return [...tags(parts.get('xl/workbook.xml') ?? '', 'sheet')].flatMap(([tag]) => {
    const target = targets.get(/\s\w+:id\s*=\s*["']([^"']*)["']/.exec(tag)?.[1]) ?? '';
    const xml = parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    return xml === undefined ? [] : [[attribute(tag, 'name') ?? '', xml]];
  });
}

function formulasIn(sheet: string, xml: string): Unread[] {
  const cells = [...xml.matchAll(/<(?:\w+:)?c\s[^<>]*>/g)];
  return cells.flatMap(({ 0: tag, index }, at): Unread[] => {
    const body = xml.slice(index + tag.length, cells[at + 1]?.index);
    const value = /<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)</.exec(body)?.[1];
    const formula = /<(?:\w+:)?f(?:\s[^<>]*)?>([^<]*)</.exec(body)?.[1];
    const [cell = '', type] = [attribute(tag, 'r'), attribute(tag, 't')];
    const found = `'=${plain(formula ?? '')}'`;
    if (type === 'e') {
      return [{ sheet, cell, expected: 'a value, no error of a formula', found: `'${value}'` }];
    }
    // A formula may come to an empty text; then it says so.
    if (formula === undefined || (value ?? '') !== '' || (type === 'str' && value === ''))
      return [];
    const expected =
      'a formula with its result: open the file in a spreadsheet program and save it';
    return [{ sheet, cell, expected, found }];
  });
}

function mergesIn(sheet: string, xml: string): Unread[] {
  return [...tags(xml, 'mergeCell')].map(([tag]) => ({
    sheet,
    cell: attribute(tag, 'ref') ?? '',
    expected: 'cells that are not merged: all but the first of them are empty',
    found: 'merged cells',
  }));
}

/** Of a workbook that was tamed. */
export function unreadIn(tame: Buffer): Unread[] {
  return sheetsOf(partsOf(tame)).flatMap(([sheet, xml]) => [
    ...mergesIn(sheet, xml),
    ...(/<(?:\w+:)?f[\s>]|\st\s*=\s*["']e["']/.test(xml) ? formulasIn(sheet, xml) : []),
  ]);
}
