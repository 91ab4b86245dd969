/** Findings as they are stored, and the events that tell of them: once when one is new, once when it is over. */
import { FINDINGS, type Finding } from '../../domain/finding.ts';
import type { TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import type { Restatement } from '../../domain/restatement.ts';
import type { Store } from '../../store/port.ts';
import type { StoreEvent } from '../../store/schema.ts';

const keyOf = ({ code, fromMs }: Finding) => `${code} ${fromMs}`;
const isTold = ({ code, provisional }: Finding) =>
  provisional === undefined && (FINDINGS[code].severity === 'warning' || code === 'replacement');
const slugOf = ({ code }: Finding) => code.replaceAll('_', '-');

function eventOf(finding: Finding, atMs: number, isOver: boolean): StoreEvent {
  const { zh, en } = FINDINGS[finding.code];
  const words = isOver ? { zh: '已解除', en: 'over' } : { zh: '新', en: 'new' };
  return {
    atMs,
    kind: isOver ? `${slugOf(finding)}-over` : slugOf(finding),
    subject: finding.meterId,
    text: `${words.zh}：${zh} · ${words.en}: ${en}`,
  };
}

/**
 * Stores what is now known of a register in a range; nothing is written when nothing changed.
 * `touching` is what the store holds of it and perhaps others, in that range and perhaps around it.
 */
export async function settleFindings(
  store: Store,
  part: {
    readonly meterId: string;
    readonly counter: CounterId;
    readonly nowMs: number;
    readonly range: TimeRange;
    readonly findings: readonly Finding[];
    /** Which findings these are all of: those of the curve, or those of rule 12 over its hours. */
    readonly codes?: 'curve' | 'stuck';
  },
  touching: readonly Finding[],
): Promise<void> {
  const { meterId, counter, nowMs, range, findings, codes = 'curve' } = part;
  const inRange = touching.filter(
    (one) =>
      one.meterId === meterId &&
      one.counter === counter &&
      one.fromMs >= range.fromMs &&
      one.fromMs < range.toMs,
  );
  const isOurs = ({ code }: Finding) => (code === 'stuck') === (codes === 'stuck');
  const stored = inRange.filter(isOurs);
  if (isSame(stored, findings)) return;
  const kept = inRange.filter((one) => !isOurs(one));
  await store.writeFindings(meterId, counter, range, [...findings, ...kept]);
  const before = new Set(stored.filter(isTold).map(keyOf));
  const after = new Set(findings.filter(isTold).map(keyOf));
  const fresh = findings.filter((one) => isTold(one) && !before.has(keyOf(one)));
  const over = stored.filter((one) => isTold(one) && !after.has(keyOf(one)));
  const events = [
    ...fresh.map((one) => eventOf(one, one.fromMs, false)),
    ...over.map((one) => eventOf(one, nowMs, true)),
  ];
  if (events.length > 0) await store.writeEvents(events);
}

function isSame(stored: readonly Finding[], findings: readonly Finding[]): boolean {
  if (stored.length !== findings.length) return false;
  const text = ({ code, fromMs, toMs, evidence, provisional, proposal }: Finding) =>
    JSON.stringify([code, fromMs, toMs, provisional ?? false, evidence, proposal ?? null]);
  const known = new Set(stored.map(text));
  return findings.every((one) => known.has(text(one)));
}

/** One event for each subject whose published rows were restated. */
export function restatementEvents(
  restatements: readonly Restatement[],
  nowMs: number,
): StoreEvent[] {
  const bySubject = Map.groupBy(
    restatements,
    ({ subjectKind, subject }) => `${subjectKind} ${subject}`,
  );
  return [...bySubject.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const days = own.map(({ startMs }) => new Date(startMs).toISOString().slice(0, 10)).sort();
    const span = `${days[0]} … ${days.at(-1)}`;
    const { subject, cause } = first;
    const text = `更正已结账数据 ${own.length} 行 · ${own.length} closed rows restated, ${span}, cause: ${cause}`;
    return [{ atMs: nowMs, kind: 'restatement', subject, text }];
  });
}
