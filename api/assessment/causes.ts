/** Why an assessment says something else than it did: restated rows, ledger, registry, rules. */
import type { TimeRange } from '../../domain/period.ts';
import type { Restatement } from '../../domain/restatement.ts';
import type { ApiContext } from '../context.ts';
import { KIND_IDS, kindOf } from '../ledger/kinds/index.ts';
import type { Cause } from './diff.ts';
import type { Content } from './schema.ts';

/** An assessment with what it knew: rows until `atMs`, the ledger's audit until `auditSeq`. */
export interface Known {
  /** Hash of the content. */
  readonly contentId: string;
  readonly content: Content;
  readonly atMs: number;
  readonly auditSeq: number;
}

function ruleCauses({ content: before }: Known, { content: after }: Known): Cause[] {
  const [was, is] = [before.ruleVersion, after.ruleVersion];
  if (was === is) return [];
  const text = { zh: `规则版本 ${was} → ${is}`, en: `rule version ${was} → ${is}` };
  return [{ kind: 'rules', id: String(is), text }];
}

/** Keys whose text is not the same on both sides. */
function changedKeys(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...new Map([...before, ...after]).keys()].filter(
    (key) => before.get(key) !== after.get(key),
  );
}

type Versions = ReadonlyMap<string, string>;

const CHANGED = { zh: '登记变更', en: 'registry changed' };

/** An entry that only one side was computed from need not have changed: a bill puts a price out of use. */
function usedOnOneSide(id: string, before: Versions, after: Versions) {
  if (!before.has(id)) return { zh: '新采用的登记', en: 'registry, used now' };
  if (!after.has(id)) return { zh: '不再采用的登记', en: 'registry, no longer used' };
  return CHANGED;
}

function registryCauses({ content: before }: Known, { content: after }: Known): Cause[] {
  const versions = ({ basis }: Content) =>
    new Map(basis.registry.map(({ section, id, version }) => [`${section}/${id}`, version]));
  const shares = ({ contributions }: Content) => {
    const byMeter = Map.groupBy(contributions, ({ meterId }) => `meters/${meterId}`);
    return new Map(
      [...byMeter].map(([id, own]) => [
        id,
        own.map(({ counter, factor }) => `${counter} ${factor}`).join(),
      ]),
    );
  };
  const [was, is] = [versions(before), versions(after)];
  const causes = changedKeys(was, is).map((id) => ({ id, ...usedOnOneSide(id, was, is) }));
  const shared = changedKeys(shares(before), shares(after)).map((id) => ({ id, ...CHANGED }));
  return [...causes, ...shared].map(({ id, zh, en }) => ({
    kind: 'registry',
    id,
    text: { zh: `${zh}：${id}`, en: `${en}: ${id}` },
  }));
}

/** Audit records of the entries either side was computed from, made in between. */
function ledgerCauses({ ledger }: ApiContext, before: Known, after: Known): Cause[] {
  const used = ({ content }: Known) =>
    new Map(
      content.basis.entries.map(({ kind, id, revision }) => [`${kind} ${id}`, `${revision}`]),
    );
  return changedKeys(used(before), used(after)).flatMap((key) => {
    const [name, id = ''] = key.split(' ');
    const kind = KIND_IDS.find((known) => known === name);
    if (!kind) return [];
    const words = kindOf(kind).name;
    return ledger
      .history(kind, id)
      .filter(({ seq }) => seq > before.auditSeq && seq <= after.auditSeq)
      .map(({ seq, who, why, revision }): Cause => {
        const zh = `台账${words.zh}（${id}）第 ${revision} 版，${who}：${why}`;
        const en = `ledger, ${words.en} (${id}) revision ${revision}, ${who}: ${why}`;
        return { kind: 'ledger', id: String(seq), text: { zh, en } };
      });
  });
}

function restatementCause(own: readonly Restatement[]): Cause[] {
  const [first] = own;
  if (!first) return [];
  const { subjectKind, subject, name, cause } = first;
  const days = new Set(own.map(({ startMs }) => startMs)).size;
  const id = `${subjectKind} ${subject} ${name}`;
  return [
    {
      kind: 'restatement',
      id,
      text: {
        zh: `已结账数据更正：${id}，${days} 天，原因 ${cause}`,
        en: `closed rows restated: ${id}, ${days} days, cause ${cause}`,
      },
    },
  ];
}

async function restatementCauses(
  { store, registry }: ApiContext,
  [before, after]: readonly [Known, Known],
  range: TimeRange,
): Promise<Cause[]> {
  const { agency, contributions } = after.content;
  const meters = [...new Set(contributions.map(({ meterId }) => meterId))];
  const units = registry.findAgency(agency.id) ? registry.subtreeOf(agency.id) : [agency];
  const asked = { resolution: 'day', range } as const;
  const found = await Promise.all([
    store.restatements({ subjectKind: 'meter', subjects: meters, ...asked }),
    store.restatements({ subjectKind: 'agency', subjects: units.map(({ id }) => id), ...asked }),
  ]);
  const between = found
    .flat()
    .filter(({ atMs }) => atMs > before.atMs && atMs <= after.atMs)
    .sort((a, b) => a.atMs - b.atMs);
  const bySubject = Map.groupBy(
    between,
    ({ subject, name, cause }) => `${subject} ${name} ${cause}`,
  );
  return [...bySubject.values()].flatMap(restatementCause);
}

/** Everything that happened between two assessments and that one of them rests on. */
export async function causesBetween(
  context: ApiContext,
  before: Known,
  after: Known,
): Promise<Cause[]> {
  const { from, to } = after.content.period;
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const causes = [
    ...ruleCauses(before, after),
    ...registryCauses(before, after),
    ...ledgerCauses(context, before, after),
    ...(await restatementCauses(context, [before, after], range)),
  ];
  if (causes.length > 0) return causes;
  const text = {
    zh: '没有更正、台账或系数的变更：登记中的人数、面积或软件版本有变',
    en: 'no restatement, ledger entry or factor: people, areas or the software changed',
  };
  return [{ kind: 'other', id: 'other', text }];
}
