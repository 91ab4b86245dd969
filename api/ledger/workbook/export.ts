/** The ledger as a workbook: a sheet a kind, empty ones too, so that an export is also the form to fill in. */
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { cellOf, titleOf, YES_NO } from '../../../registry/workbook/cells.ts';
import type { Body, Field } from '../field.ts';
import { KINDS, type KindId, kindOf } from '../kinds/index.ts';
import type { EntryFilter, Ledger } from '../ledger.ts';

export const GUIDE_SHEET = '说明';
/** Columns that tie a row to its entry; left empty for a new one. */
export const ID_TITLE = '编号';
export const REVISION_TITLE = '修订';

const WIDTH = { narrow: 8, usual: 18, id: 38, wide: 60 };

const CELL_WORDS: Readonly<Record<Field['cell'], string>> = {
  text: '文字',
  number: '数字',
  date: '日期',
  instant: '时间（YYYY-MM-DD HH:mm）',
  flag: `${YES_NO.yes.zh} / ${YES_NO.no.zh}`,
  choice: '选项',
  list: '多项，用逗号分隔',
};

const head = (value: string, required = false): Cell => ({
  value,
  type: String,
  fontWeight: 'bold',
  ...(required ? { backgroundColor: '#fde9d9' } : {}),
});

/** What to write where: kept beside the sheets, since a form travels without its manual. */
function guide(kinds: readonly KindId[]) {
  const rows = kinds.flatMap((id) => {
    const { name, fields } = kindOf(id);
    return Object.values(fields).map((field) => {
      const words = Object.values(field.choices ?? {}).map(({ zh }) => zh);
      const content = words.length > 0 ? words.join(' / ') : CELL_WORDS[field.cell];
      return [name.zh, titleOf(field), field.required ? '必填' : '', content];
    });
  });
  const titles = ['表', '列', '必填', '填写内容'].map((title) => head(title));
  const { usual, narrow, wide } = WIDTH;
  return {
    sheet: GUIDE_SHEET,
    data: [titles, ...rows],
    columns: [usual, wide, narrow, wide].map((width) => ({ width })),
    stickyRowsCount: 1,
  };
}

function sheetOf(ledger: Ledger, id: KindId, { zone, filter }: ExportOptions) {
  const { name, fields } = kindOf(id);
  const columns = Object.entries(fields);
  const rows = (filter === 'none' ? [] : ledger.entries(id, filter)).map((entry): Cell[] => {
    const body: Body = entry.body;
    const cells = columns.map(([key, field]) => cellOf(field, body[key], zone));
    return [...cells, { value: entry.id, type: String }, { value: entry.revision, type: Number }];
  });
  const titles = columns.map(([, field]) => head(titleOf(field), field.required));
  return {
    sheet: name.zh,
    data: [[...titles, head(ID_TITLE), head(REVISION_TITLE)], ...rows],
    columns: [...columns.map(() => WIDTH.usual), WIDTH.id, WIDTH.narrow].map((width) => ({
      width,
    })),
    stickyRowsCount: 1,
  };
}

export interface ExportOptions {
  /** Every kind when absent. */
  readonly kinds?: readonly KindId[];
  readonly zone: string;
  /** Every entry when absent; `none` for a form without any. */
  readonly filter?: EntryFilter | 'none';
}

export async function exportLedger(ledger: Ledger, options: ExportOptions): Promise<Buffer> {
  const { kinds = KINDS.map(({ id }) => id) } = options;
  const sheets = kinds.map((id) => sheetOf(ledger, id, options));
  return writeXlsxFile([guide(kinds), ...sheets]).toBuffer();
}
