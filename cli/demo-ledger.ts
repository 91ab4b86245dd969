/** The invented ledger of a demo registry, `<registry folder>-ledger/*.yaml`: by kind, entries as they are written over the api. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { faultsOfBody } from '../api/ledger/check.ts';
import type { Body } from '../api/ledger/field.ts';
import { KINDS } from '../api/ledger/kinds/index.ts';
import type { Change, Ledger } from '../api/ledger/ledger.ts';
import { invalidRequest } from '../api/problem.ts';
import { DAY_MS, localDate } from '../domain/period.ts';
import type { Registry } from '../registry/registry.ts';

interface SeedContext {
  readonly registry: Registry;
  readonly registryFolder: string;
  readonly now: () => number;
}

type Content = Readonly<Record<string, readonly Body[]>>;

const BY = { who: 'demo', why: '演示台账 invented ledger of the demo' };
/** `+20d`: so many days from today, for what is about to happen whenever the demo is started. */
const FROM_TODAY = /^\+(\d+)d$/;

function dated(body: Body, today: (days: number) => string): Body {
  const values = Object.entries(body).map(([field, value]) => {
    const days = typeof value === 'string' ? FROM_TODAY.exec(value)?.[1] : undefined;
    return [field, days === undefined ? value : today(Number(days))] as const;
  });
  return Object.fromEntries(values);
}

/** Files in name order, so that the entries of a kind have the same ids wherever they are read. */
async function readContent(folder: string): Promise<(readonly [file: string, Content])[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const content: Content = parse(await readFile(join(folder, name), 'utf8'));
      return [name, content] as const;
    }),
  );
}

/** @throws AppError `request.invalid` with every fault of the files. */
async function readChanges(folder: string, { registry, now }: SeedContext): Promise<Change[]> {
  const files = await readContent(folder);
  const today = (days: number) => localDate(now() + days * DAY_MS, registry.region.zone);
  const entries = KINDS.flatMap((kind) =>
    files
      .flatMap(([file, content]) =>
        (content[kind.id] ?? []).map((raw, at) => ({ raw, part: `${file} ${kind.id}[${at}]` })),
      )
      .map(({ raw, part }, index) => ({
        kind,
        part,
        body: dated(raw, today),
        id: `demo-${kind.id}-${index + 1}`,
      })),
  );
  const ids = KINDS.map(({ id }): string => id);
  const strangers = files.flatMap(([path, content]) =>
    Object.keys(content)
      .filter((name) => !ids.includes(name))
      .map((found) => ({ path, expected: 'a kind of the ledger', found })),
  );
  const faults = entries.flatMap(({ part, ...entry }) => faultsOfBody(part, entry, registry));
  if (strangers.length + faults.length > 0) throw invalidRequest([...strangers, ...faults]);
  return entries.map(({ kind, id, body }) => ({ action: 'add', kind: kind.id, id, body }));
}

/** Fills an empty ledger from the folder beside the registry's, if there is one; an entry of anybody's is left alone. */
export async function seedLedger(ledger: Ledger, context: SeedContext): Promise<void> {
  const folder = `${context.registryFolder}-ledger`;
  if (!existsSync(folder) || ledger.changesSince(0, 1).length > 0) return;
  ledger.apply(await readChanges(folder, context), BY);
}
