/** Where things stand on a sheet: which kind it is of, which column holds which field. */
import type readXlsxFile from 'read-excel-file/node';
import { nearestName, show } from '../../../registry/fault.ts';
import { cellName, titleOf } from '../../../registry/workbook/cells.ts';
import type { InputFault } from '../../problem.ts';
import type { Kind } from '../kind.ts';
import { KINDS, type KindId } from '../kinds/index.ts';
import { ID_TITLE, REVISION_TITLE } from './export.ts';

export type Sheet = Awaited<ReturnType<typeof readXlsxFile>>[number];

/** Which column holds which field; a column under a title that means nothing is a fault. */
export function columnsOf(
  kind: Kind,
  { sheet, data }: Sheet,
  faults: InputFault[],
): Map<string, number> {
  const known = new Map<string, string>([
    [ID_TITLE, ID_TITLE],
    [REVISION_TITLE, REVISION_TITLE],
  ]);
  for (const [key, field] of Object.entries(kind.fields)) {
    for (const title of [key, field.en, field.zh, titleOf(field)]) known.set(title, key);
  }
  const columns = new Map<string, number>();
  for (const [column, cell] of (data[0] ?? []).entries()) {
    if (cell === null) continue;
    const title = String(cell).trim();
    const key = known.get(title);
    const path = `${sheet}!${cellName(column, 0)}`;
    if (key === undefined) {
      const titles = Object.values(kind.fields).map(titleOf);
      const nearest = nearestName(title, titles);
      const hint = nearest === undefined ? {} : { nearest };
      faults.push({ path, expected: 'the title of a column', found: show(title), ...hint });
    } else if (columns.has(key)) {
      faults.push({ path, expected: 'each column once', found: show(title) });
    } else columns.set(key, column);
  }
  return columns;
}

export function kindOfSheet({ sheet }: Sheet): KindId | undefined {
  return KINDS.find(({ id, name }) => [id, name.zh, name.en].includes(sheet.trim()))?.id;
}
