/** A filled-in workbook into the ledger: all of it, or every fault and nothing. */
import readXlsxFile from 'read-excel-file/node';
import { messageOf } from '../../../domain/errors.ts';
import { tameWorkbook } from '../../../registry/workbook/zip.ts';
import { invalidRequest } from '../../problem.ts';
import type { By } from '../ledger.ts';
import type { Sheet } from './columns.ts';
import { createPlanner, type ImportContext } from './plan.ts';

export interface ImportResult {
  readonly added: number;
  readonly revised: number;
  /** Rows that say what the ledger says already. */
  readonly unchanged: number;
}

async function readSheets(file: Buffer): Promise<Sheet[]> {
  const tame = tameWorkbook(file);
  try {
    return await readXlsxFile(tame, { trim: false });
  } catch (error) {
    const fault = { path: 'file', expected: 'an .xlsx workbook', found: messageOf(error) };
    throw invalidRequest([fault]);
  }
}

/** @throws AppError `request.invalid` with every fault of the file; then nothing was imported. */
export async function importLedger(
  file: Buffer,
  context: ImportContext,
  by: By,
): Promise<ImportResult> {
  const sheets = await readSheets(file);
  const planner = createPlanner(context);
  for (const sheet of sheets) planner.planSheet(sheet);
  const { changes, unchanged } = planner.plan();
  context.ledger.apply(changes, by);
  const added = changes.filter(({ action }) => action === 'add').length;
  return { added, revised: changes.length - added, unchanged };
}
