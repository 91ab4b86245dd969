/** `jieyue ledger`: entries in a terminal, the audit, and the whole ledger as a workbook, out and in. */

import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { KIND_IDS, KINDS, type KindId, kindOf } from '../../api/ledger/kinds/index.ts';
import type { AuditRecord, Ledger } from '../../api/ledger/ledger.ts';
import { exportLedger } from '../../api/ledger/workbook/export.ts';
import { importLedger } from '../../api/ledger/workbook/import.ts';
import { AppError, messageOf } from '../../domain/errors.ts';
import { nearestName } from '../../registry/fault.ts';
import { ledgerOf, openRuntime, type Runtime } from '../runtime.ts';
import { formatTable } from '../table.ts';

const AUDIT_PAGE = 1000;

async function withLedger(
  use: (ledger: Ledger, runtime: Runtime) => Promise<void> | void,
): Promise<void> {
  const runtime = await openRuntime('ledger');
  const ledger = ledgerOf(runtime);
  try {
    await use(ledger, runtime);
  } finally {
    ledger.close();
  }
}

function kindNamed(name: string): KindId {
  const kind = KINDS.find(({ id, name: { zh } }) => id === name || zh === name);
  if (kind) return kind.id;
  const nearest = nearestName(name, KIND_IDS);
  const text = `expected a kind of the ledger, found '${name}'; did you mean '${nearest}'?`;
  throw new AppError('config.invalid', text, { found: name });
}

const instant = (atMs: number) => new Date(atMs).toISOString();

function listKinds(ledger: Ledger): void {
  const rows = KINDS.map(({ id, name }) => [id, name.zh, name.en, `${ledger.entries(id).length}`]);
  const titles = [{ title: 'kind' }, { title: '名称' }, { title: 'name' }];
  console.log(formatTable([...titles, { title: 'entries', align: 'right' }], rows));
}

/** Kinds with how many entries they have, or the entries of one. */
function list(kind: string | undefined, options: { json?: boolean; agency?: string }) {
  return withLedger((ledger, { registry }) => {
    if (kind === undefined) return listKinds(ledger);
    const { agency, json = false } = options;
    if (agency !== undefined && !registry.findAgency(agency)) {
      throw new AppError('config.invalid', `expected an agency of the registry, found '${agency}'`);
    }
    const id = kindNamed(kind);
    const tree = agency === undefined ? undefined : registry.subtreeOf(agency);
    const agencyIds = tree?.map((each) => each.id);
    const entries = ledger.entries(id, agencyIds ? { agencyIds } : {});
    if (json) return console.log(JSON.stringify(entries, null, 2));
    const fields = Object.keys(kindOf(id).fields);
    const rows = entries.map((entry) => {
      const body: Readonly<Record<string, unknown>> = entry.body;
      const values = fields.map((field) => String(body[field] ?? ''));
      return [...values, entry.id, `${entry.revision}`];
    });
    console.log(
      formatTable(
        [...fields, 'id', 'revision'].map((title) => ({ title })),
        rows,
      ),
    );
  });
}

function printRecords(records: readonly AuditRecord[]): void {
  for (const { seq, atMs, who, action, kind, entryId, revision, why, before, after } of records) {
    console.log(
      `${seq} ${instant(atMs)} ${who}: ${action} ${kind} ${entryId} r${revision}: ${why}`,
    );
    if (before) console.log(`  - ${JSON.stringify(before)}`);
    if (after) console.log(`  + ${JSON.stringify(after)}`);
  }
}

/** What happened, of all or of one entry, oldest first. */
function audit(id: string | undefined, options: { json?: boolean; since?: string }) {
  return withLedger((ledger) => {
    const since = Number(options.since ?? 0);
    if (!Number.isSafeInteger(since) || since < 0) {
      const text = `--since: expected a sequence number, found '${options.since}'`;
      throw new AppError('config.invalid', text, { found: options.since });
    }
    const records: AuditRecord[] = [];
    for (let page = ledger.changesSince(since, AUDIT_PAGE); page.length > 0; ) {
      records.push(...page.filter(({ entryId }) => (id ?? entryId) === entryId));
      page = ledger.changesSince(page.at(-1)?.seq ?? Number.MAX_SAFE_INTEGER, AUDIT_PAGE);
    }
    if (options.json) console.log(JSON.stringify(records, null, 2));
    else printRecords(records);
  });
}

/** Writes a workbook; without entries it is the form to fill in. */
function exportFile(file: string, options: { kind?: string[] }) {
  return withLedger(async (ledger, { registry }) => {
    const kinds = options.kind?.map(kindNamed);
    const { zone } = registry.region;
    await writeFile(file, await exportLedger(ledger, { zone, ...(kinds ? { kinds } : {}) }));
    console.log(`已导出 exported: ${file}`);
  });
}

/** Every row of a workbook, or every fault and no row. */
function importFile(file: string, options: { who?: string; why: string }) {
  return withLedger(async (ledger, { registry }) => {
    const content = await readFile(file).catch((cause: unknown) => {
      const text = `${file}: expected a readable file, found ${messageOf(cause)}`;
      throw new AppError('config.invalid', text, { file }, { cause });
    });
    const by = { who: options.who ?? userInfo().username, why: options.why };
    const { added, revised, unchanged } = await importLedger(content, { ledger, registry }, by);
    console.log(
      `新增 added ${added}, 更正 revised ${revised}, 未变 unchanged ${unchanged}: ${file}`,
    );
  });
}

export function define(command: Command): void {
  command
    .command('list')
    .argument('[kind]', 'entries of this kind; the kinds themselves when absent')
    .description('what the ledger holds, without voided entries')
    .option('--agency <id>', 'of this agency and all below')
    .option('--json', 'for programs')
    .action(list);
  command
    .command('audit')
    .argument('[id]', 'one entry; all when absent')
    .description('who changed what, when and why')
    .option('--since <number>', 'only what came after this sequence number')
    .option('--json', 'for programs')
    .action(audit);
  command
    .command('export')
    .argument('<file>', 'an .xlsx file')
    .description('the ledger as a workbook, a sheet a kind; empty sheets are forms to fill in')
    .option('--kind <kind...>', 'only these')
    .action(exportFile);
  command
    .command('import')
    .argument('<file>', 'an .xlsx file as exported')
    .description('all rows of a workbook, or every fault by sheet and cell and no row')
    .requiredOption('--why <reason>', 'written to the audit')
    .option('--who <name>', 'written to the audit; the user of this machine when absent')
    .action(importFile);
}
