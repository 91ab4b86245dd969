/** Scores an account by a scheme: what can be judged is, and the rest is named instead of guessed. */
import type { MetricInput } from '../metrics/input.ts';
import { dueOf } from './due.ts';
import { dayOfScore, evidenceFor, holds } from './evidence.ts';
import type { Score, ScoredItem } from './schema.ts';
import type { EvidenceItem, Scheme, ScoreItem } from './scheme.ts';

const NOT_SEEN = { zh: '条文未见，不计分', en: 'the text was not seen: not scored' };

function byEvidence(
  input: MetricInput,
  item: EvidenceItem,
): Pick<ScoredItem, 'state' | 'points' | 'open' | 'why' | 'evidence' | 'provable'> {
  const { id, max, name, pieces = [{ id, name }] } = item;
  const wanted = pieces.map((piece) => piece.id);
  const evidence = wanted.flatMap((one) => evidenceFor(input, one));
  const valid = evidence.filter(holds);
  const held = new Set(valid.map((file) => file.item));
  const provable = pieces.map((piece) => ({
    ...{ item: piece.id, name: piece.name, held: held.has(piece.id) },
  }));
  const entries = item.provedBy?.(input) ?? [];
  const proofs = [...valid.map(({ fileName }) => fileName), ...entries];
  if (proofs.length === 0) {
    const which = wanted.join('、');
    return {
      state: 'no-evidence',
      points: null,
      open: max,
      why: {
        zh: `缺少佐证，请在台账“佐证材料”中登记（评价项：${which}）`,
        en: `no evidence: enter it in the ledger (evidence, item: ${which})`,
      },
      evidence,
      provable,
    };
  }
  const points = item.pieces ? Math.min(max, held.size) : max;
  const list = proofs.join('、');
  return {
    state: 'judged',
    points,
    open: max - points,
    why: { zh: `佐证：${list}`, en: `evidence: ${list}` },
    evidence,
    provable,
  };
}

function scored(input: MetricInput, item: ScoreItem): ScoredItem {
  const { id, block, name, max, mayNotBeZero = false } = item;
  const facts = { id, block, name, max, mayNotBeZero };
  const none = { evidence: [], provable: [] };
  if (item.kind === 'unknown') {
    return { ...facts, ...none, state: 'unknown', points: null, open: max, why: NOT_SEEN };
  }
  if (item.kind === 'evidence') return { ...facts, ...byEvidence(input, item) };
  const { points, why, from } = item.judge(input);
  return {
    ...facts,
    state: points === null ? 'no-figure' : 'judged',
    points: points === null ? null : Math.min(max, points),
    open: points === null ? max : 0,
    why,
    ...(from === undefined ? {} : { from }),
    ...none,
  };
}

/** Certain only when what could not be judged cannot change it. */
function verdictOf(
  { total, grades }: Scheme,
  items: readonly ScoredItem[],
  conditions: Score['conditions'],
): Score['verdict'] {
  const pass = grades.at(-1)?.from ?? total;
  const points = items.reduce((sum, item) => sum + (item.points ?? 0), 0);
  const open = items.reduce((sum, item) => sum + item.open, 0);
  const starred = items.filter(({ mayNotBeZero }) => mayNotBeZero);
  const refused =
    starred.some((item) => item.points === 0) || conditions.some((one) => one.holds === false);
  if (refused || points + open < pass) return 'failed';
  const certain =
    starred.every((item) => item.points !== null) && conditions.every((one) => one.holds === true);
  return certain && points >= pass ? 'passed' : 'open';
}

export function scoreBy(scheme: Scheme, input: MetricInput): Score {
  const { id, name, source, total, grades } = scheme;
  const items = scheme.items.map((item) => scored(input, item));
  const points = items.reduce((sum, item) => sum + (item.points ?? 0), 0);
  const open = items.reduce((sum, item) => sum + item.open, 0);
  const judged = total - open;
  const conditions = scheme.conditions.map(({ id, name, judge }) => {
    const told = judge(input);
    return { id, name, holds: told.holds ?? null, why: told.why };
  });
  const verdict = verdictOf(scheme, items, conditions);
  const grade = verdict === 'passed' ? grades.find(({ from }) => points >= from) : undefined;
  return {
    scheme: { id, name, source: source.text, trust: source.trust, total, grades: [...grades] },
    agencyId: input.agency.id,
    on: dayOfScore(input),
    points,
    most: points + open,
    judged,
    summary: {
      zh: `${total} 分中可评 ${judged} 分，得 ${points} 分`,
      en: `${judged} of ${total} points could be judged: ${points} points`,
    },
    verdict,
    grade: grade ? { id: grade.id, name: grade.name } : null,
    conditions,
    items,
    due: dueOf(input, scheme, items),
  };
}
