/** Text tables as spreadsheets save them: UTF-8 or GB 18030, quoted cells, commas, semicolons or tabs. */

export interface CsvRow {
  /** Where the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t'];

/** Spreadsheets in Chinese save CSV in the code page of the machine unless told otherwise. */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The one the first line has most of. */
export function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const count = (separator: string) => first.split(separator).length;
  return SEPARATORS.reduce((a, b) => (count(b) > count(a) ? b : a));
}

/** Rows with anything in them, cells trimmed (RFC 4180). */
export function csvRows(source: string): CsvRow[] {
  const text = source.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  // A quoted cell, or one up to the next separator; then what ends it.
  const cell = new RegExp(`[ ]*"((?:[^"]|"")*)"[^${separator}\\n]*|([^${separator}\\n]*)`, 'y');
  const rows: CsvRow[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const cells: string[] = [];
    const startLine = line;
    for (let isOpen = true; isOpen; at += 1) {
      cell.lastIndex = at;
      const [whole = '', quoted, plain = ''] = cell.exec(text) ?? [];
      cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
      line += whole.split('\n').length - 1;
      at += whole.length;
      isOpen = text[at] === separator;
    }
    line += 1;
    if (cells.some((each) => each !== '')) rows.push({ line: startLine, cells });
  }
  return rows;
}
