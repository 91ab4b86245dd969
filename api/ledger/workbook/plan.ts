/** Rows of a workbook as changes to the ledger, or as faults by sheet and cell. */
import { nearestName, show } from '../../../registry/fault.ts';
import { cellName, isBlank, valueFrom } from '../../../registry/workbook/cells.ts';
import { type InputFault, invalidRequest } from '../../problem.ts';
import { faultsOfBody, fieldOf, type KnownIds } from '../check.ts';
import type { Body } from '../field.ts';
import { KIND_IDS, KINDS, type KindId, kindOf } from '../kinds/index.ts';
import type { Change, Ledger } from '../ledger.ts';
import { columnsOf, kindOfSheet, type Sheet } from './columns.ts';
import { GUIDE_SHEET, ID_TITLE, REVISION_TITLE } from './export.ts';

export interface ImportContext {
  readonly ledger: Ledger;
  readonly registry: KnownIds & { readonly region: { readonly zone: string } };
}

const ID_PATTERN = /^[\w-]{1,64}$/;

/** One workbook long: knows which ids and which equal rows it has seen, and what was wrong before it was read. */
export function createPlanner(
  { ledger, registry }: ImportContext,
  unread: readonly InputFault[] = [],
) {
  const faults: InputFault[] = [...unread];
  const changes: Change[] = [];
  const seen = new Set<string>();
  const alike = new Map<KindId, Map<string, number>>();
  let unchanged = 0;

  /** Whether the ledger has one more entry that says the same. */
  function takeEqual(kind: KindId, body: Body): boolean {
    let counts = alike.get(kind);
    if (!counts) {
      counts = new Map();
      for (const entry of ledger.entries(kind)) {
        const key = JSON.stringify(entry.body);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      alike.set(kind, counts);
    }
    const key = JSON.stringify(body);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left > 0;
  }

  /** As it was exported: then it need not name what the registry has today. */
  function isUntouched(kind: KindId, id: string, body: Body): boolean {
    const entry = ledger.find(kind, id);
    if (!entry || entry.voided || seen.has(id)) return false;
    return JSON.stringify(entry.body) === JSON.stringify(body);
  }

  /** What a sound row with an id means; a text when it cannot be. */
  function changeOf(kind: KindId, row: { id: string; revision: unknown; body: Body }) {
    const { id, revision, body } = row;
    if (!ID_PATTERN.test(id)) return 'an id as it was exported, or nothing for a new entry';
    if (seen.has(id)) return 'each id once';
    seen.add(id);
    const entry = ledger.find(kind, id);
    if (!entry) {
      const elsewhere = KIND_IDS.some((other) => ledger.find(other, id));
      return elsewhere ? `an id of ${kind}` : ({ action: 'add', kind, body, id } as const);
    }
    if (entry.voided) return 'an entry that is not voided';
    if (revision !== entry.revision) {
      return `revision ${entry.revision}, as the ledger has it: export again`;
    }
    return { action: 'revise', kind, id, revision: entry.revision, body } as const;
  }

  function planRow(id: KindId, sheet: Sheet, at: { row: number; columns: Map<string, number> }) {
    const { row, columns } = at;
    const kind = kindOf(id);
    const cells = sheet.data[row] ?? [];
    if (cells.every(isBlank)) return;
    const cell = (key: string) => cells[columns.get(key) ?? -1] ?? undefined;
    const place = (key: string) => {
      const column = columns.get(key);
      return `${sheet.sheet}!${column === undefined ? row + 1 : cellName(column, row)}`;
    };
    for (const [column, found] of cells.entries()) {
      const untitled = (sheet.data[0]?.[column] ?? null) === null;
      if (isBlank(found) || !untitled) continue;
      const path = `${sheet.sheet}!${cellName(column, row)}`;
      faults.push({ path, expected: 'a title over its column', found: show(found) });
    }
    const raw: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(kind.fields)) {
      const value = valueFrom(field, cell(key), registry.region.zone);
      if (value !== undefined) raw[key] = value;
    }
    const given = cell(ID_TITLE);
    const parsed = kind.schema.safeParse(raw);
    if (given !== undefined && parsed.success && isUntouched(id, String(given), parsed.data)) {
      seen.add(String(given));
      unchanged += 1;
      return;
    }
    const own = faultsOfBody('row', { kind, body: raw }, registry).map((fault): InputFault => {
      const key = fieldOf('row', fault);
      const choices = Object.values(kind.fields[key]?.choices ?? {}).map(({ zh }) => zh);
      const wordy = choices.length > 0 && fault.expected.startsWith('one of');
      const expected = wordy ? `one of ${choices.join(', ')}` : fault.expected;
      const title = kind.fields[key]?.zh ?? key;
      return { ...fault, path: place(key), expected: `${title}: ${expected}` };
    });
    faults.push(...own);
    if (own.length > 0 || !parsed.success) return;
    const body = parsed.data;
    if (given === undefined) {
      if (takeEqual(id, body)) unchanged += 1;
      else changes.push({ action: 'add', kind: id, body });
      return;
    }
    const change = changeOf(id, { id: String(given), revision: cell(REVISION_TITLE), body });
    if (typeof change !== 'string') changes.push(change);
    else faults.push({ path: place(ID_TITLE), expected: change, found: show(String(given)) });
  }

  return {
    planSheet(sheet: Sheet): void {
      if (sheet.sheet.trim() === GUIDE_SHEET) return;
      const id = kindOfSheet(sheet);
      if (id === undefined) {
        const names = KINDS.map(({ name }) => name.zh);
        const nearest = nearestName(sheet.sheet, names);
        const hint = nearest === undefined ? {} : { nearest };
        const expected = 'a sheet named after a kind';
        faults.push({ path: sheet.sheet, expected, found: show(sheet.sheet), ...hint });
        return;
      }
      const columns = columnsOf(kindOf(id), sheet, faults);
      for (const row of sheet.data.keys()) if (row > 0) planRow(id, sheet, { row, columns });
    },
    /** @throws AppError `request.invalid` */
    plan() {
      if (faults.length > 0) throw invalidRequest(faults);
      return { changes, unchanged };
    },
  };
}
