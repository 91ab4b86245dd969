/** A filled-in workbook into the ledger: all of it, or every fault and nothing. */
import readXlsxFile from 'read-excel-file/node';
import { messageOf } from '../../../domain/errors.ts';
import { unreadIn } from '../../../registry/workbook/unread.ts';
import { tameWorkbook } from '../../../registry/workbook/zip.ts';
import { type InputFault, invalidRequest } from '../../problem.ts';
import type { By } from '../ledger.ts';
import type { Sheet } from './columns.ts';
import { GUIDE_SHEET } from './export.ts';
import { createPlanner, type ImportContext } from './plan.ts';

export interface ImportResult {
  readonly added: number;
  readonly revised: number;
  /** Rows that say what the ledger says already. */
  readonly unchanged: number;
}

/** Cells that would be lost without a word. The guide is read by people only. */
function unreadFaults(tame: Buffer): InputFault[] {
  return unreadIn(tame)
    .filter(({ sheet }) => sheet.trim() !== GUIDE_SHEET)
    .map(({ sheet, cell, expected, found }) => ({ path: `${sheet}!${cell}`, expected, found }));
}

async function readSheets(tame: Buffer, unread: readonly InputFault[]): Promise<Sheet[]> {
  try {
    return await readXlsxFile(tame, { trim: false });
  } catch (error) {
    const fault = { path: 'file', expected: 'an .xlsx workbook', found: messageOf(error) };
    throw invalidRequest(unread.length > 0 ? unread : [fault]);
  }
}

/** @throws AppError `request.invalid` with every fault of the file; then nothing was imported. */
export async function importLedger(
  file: Buffer,
  context: ImportContext,
  by: By,
): Promise<ImportResult> {
  const tame = tameWorkbook(file);
  const unread = unreadFaults(tame);
  const sheets = await readSheets(tame, unread);
  const planner = createPlanner(context, unread);
  for (const sheet of sheets) planner.planSheet(sheet);
  const { changes, unchanged } = planner.plan();
  context.ledger.apply(changes, by);
  const added = changes.filter(({ action }) => action === 'add').length;
  return { added, revised: changes.length - added, unchanged };
}
