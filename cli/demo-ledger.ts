/** The invented ledger of a demo registry, `<registry folder>-ledger.yaml`: by kind, entries as they are written over the api. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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

/** @throws AppError `request.invalid` with every fault of the file. */
async function readChanges(file: string, { registry, now }: SeedContext): Promise<Change[]> {
  const content: Record<string, readonly Body[]> = parse(await readFile(file, 'utf8'));
  const today = (days: number) => localDate(now() + days * DAY_MS, registry.region.zone);
  const entries = KINDS.flatMap((kind) =>
    (content[kind.id] ?? []).map((raw, index) => ({
      kind,
      part: `${kind.id}[${index}]`,
      body: dated(raw, today),
      id: `demo-${kind.id}-${index + 1}`,
    })),
  );
  const ids = KINDS.map(({ id }): string => id);
  const strangers = Object.keys(content)
    .filter((name) => !ids.includes(name))
    .map((found) => ({ path: file, expected: 'a kind of the ledger', found }));
  const faults = entries.flatMap(({ part, ...entry }) => faultsOfBody(part, entry, registry));
  if (strangers.length + faults.length > 0) throw invalidRequest([...strangers, ...faults]);
  return entries.map(({ kind, id, body }) => ({ action: 'add', kind: kind.id, id, body }));
}

/** Fills an empty ledger from the file beside the registry's folder, if there is one; an entry of anybody's is left alone. */
export async function seedLedger(ledger: Ledger, context: SeedContext): Promise<void> {
  const file = `${context.registryFolder}-ledger.yaml`;
  if (!existsSync(file) || ledger.changesSince(0, 1).length > 0) return;
  ledger.apply(await readChanges(file, context), BY);
}
