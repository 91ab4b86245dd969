/** `jieyue assessment`: freezes assessments, and shows what was frozen and what changed since. */

import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Changes } from '../../api/assessment/diff.ts';
import {
  assessmentOf,
  changesOf,
  changesSince,
  freeze as freezeAssessment,
  knownNow,
} from '../../api/assessment/freeze.ts';
import type { ApiContext } from '../../api/context.ts';
import type { Snapshot } from '../../api/ledger/snapshots.ts';
import { AppError } from '../../domain/errors.ts';
import { type Period, parsePeriod } from '../../domain/period.ts';
import { nearestName } from '../../registry/fault.ts';
import type { Registry } from '../../registry/registry.ts';
import { withContext } from '../answers.ts';
import { formatTable } from '../table.ts';

function agencyNamed({ findAgency, agencies }: Registry, id: string): string {
  if (findAgency(id)) return id;
  const nearest = nearestName(
    id,
    agencies.map((agency) => agency.id),
  );
  const text = `expected an agency of the registry, found '${id}'; did you mean '${nearest}'?`;
  throw new AppError('config.invalid', text, { found: id });
}

function periodNamed({ region }: Registry, id: string): Period {
  const period = parsePeriod(id, region.zone);
  if (period && period.kind !== 'day') return period;
  const text = `expected a month such as 2026-09 or a year such as 2026, found '${id}'`;
  throw new AppError('config.invalid', text, { found: id });
}

const instant = (atMs: number) => new Date(atMs).toISOString();
const title = ({ agencyId, periodId, revision }: Snapshot) =>
  `${agencyId} ${periodId} r${revision}`;

function printChanges({ figures, causes }: Changes): void {
  if (figures.length + causes.length === 0) {
    console.log('没有变化 nothing changed');
    return;
  }
  for (const { text, id } of causes) console.log(`${text.zh} · ${text.en} (${id})`);
  const rows = figures.map(({ kind, id, before, after, unit }) => {
    return [kind, id, String(before ?? ''), String(after ?? ''), unit];
  });
  const number = (name: string) => ({ title: name, align: 'right' as const });
  const columns = [{ title: 'kind' }, { title: 'id' }, number('before'), number('after')];
  console.log(formatTable([...columns, { title: 'unit' }], rows));
}

interface FreezeOptions {
  readonly who?: string;
  readonly note?: string;
}

function freeze(agency: string, id: string, options: FreezeOptions): Promise<void> {
  return withContext('assessment', async (context) => {
    const { registry } = context;
    const asked = { agencyId: agencyNamed(registry, agency), period: periodNamed(registry, id) };
    const account = userInfo().username;
    const by = { who: options.who ?? account, account, note: options.note ?? '' };
    const { snapshot, isNew } = await freezeAssessment(context, asked, by);
    const words = isNew ? '已冻结 frozen' : '与上一版相同，未新增 nothing changed since';
    console.log(`${words}: ${title(snapshot)} ${snapshot.id}`);
    if (isNew && snapshot.revision > 1) printChanges(changesOf(snapshot));
  });
}

function list(agency: string, options: { readonly json?: boolean }): Promise<void> {
  return withContext('assessment', async ({ registry, ledger }) => {
    const snapshots = ledger.snapshots.list({ agencyId: agencyNamed(registry, agency) });
    if (options.json) {
      const facts = snapshots.map(({ content: _, changes: __, ...rest }) => rest);
      return console.log(JSON.stringify(facts, null, 2));
    }
    const columns = ['period', 'revision', 'frozen at', 'who', 'note', 'assessment', 'seal'];
    const rows = snapshots.map(({ periodId, revision, atMs, who, note, contentId, id }) => {
      return [periodId, `${revision}`, instant(atMs), who, note, contentId, id];
    });
    console.log(
      formatTable(
        columns.map((name) => ({ title: name })),
        rows,
      ),
    );
  });
}

function revisionOf(
  { ledger }: ApiContext,
  [agencyId, periodId]: readonly [string, string],
  wanted: string | undefined,
): Snapshot {
  const all = ledger.snapshots.list({ agencyId, periodId });
  const found =
    wanted === undefined ? all.at(-1) : all.find(({ revision }) => `${revision}` === wanted);
  if (found) return found;
  const have = all.map(({ revision }) => revision).join(', ') || 'none';
  const text = `${agencyId} ${periodId}: expected revision ${wanted ?? 'of any number'}, found ${have}`;
  throw new AppError('config.invalid', text, { agencyId, periodId });
}

/** The frozen content, as JSON; the figures as they are now where nothing was frozen. */
function show(agency: string, id: string, options: { readonly revision?: string }): Promise<void> {
  return withContext('assessment', async (context) => {
    const { registry } = context;
    const [agencyId, period] = [agencyNamed(registry, agency), periodNamed(registry, id)];
    if (options.revision !== undefined) {
      console.log(revisionOf(context, [agencyId, period.id], options.revision).content);
      return;
    }
    console.log(JSON.stringify(await assessmentOf(context, agencyId, period), null, 2));
  });
}

interface DiffOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** From a revision (the newest when none is named) to another, or to the data as they are now. */
function diff(agency: string, id: string, options: DiffOptions): Promise<void> {
  return withContext('assessment', async (context) => {
    const { registry } = context;
    const [agencyId, period] = [agencyNamed(registry, agency), periodNamed(registry, id)];
    const place = [agencyId, period.id] as const;
    const from = revisionOf(context, place, options.from);
    const to =
      options.to === undefined
        ? await knownNow(context, agencyId, period)
        : revisionOf(context, place, options.to);
    const changes = await changesSince(context, from, to);
    if (options.json) return console.log(JSON.stringify(changes, null, 2));
    printChanges(changes);
  });
}

export function define(command: Command): void {
  const named = (name: string) =>
    command.command(name).argument('<agency>', 'id of an agency of the registry');
  const ofPeriod = (name: string) =>
    named(name).argument('<period>', 'a month such as 2026-09, or a year');
  ofPeriod('freeze')
    .description('keep it under a seal; from then on it is what is shown and exported')
    .option('--who <name>', 'who answers for it; the user of this machine when absent')
    .option('--note <text>', 'printed with it')
    .action(freeze);
  named('list')
    .description('frozen revisions, each seal checked')
    .option('--json', 'for programs')
    .action(list);
  ofPeriod('show')
    .description('as frozen, or as the data are now where nothing was; as JSON')
    .option('--revision <number>', 'the very bytes of this revision')
    .action(show);
  ofPeriod('diff')
    .description('figures before and after, and why')
    .option('--from <revision>', 'the newest when absent')
    .option('--to <revision>', 'the data as they are now when absent')
    .option('--json', 'for programs')
    .action(diff);
}
