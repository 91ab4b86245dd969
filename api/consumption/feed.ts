/** Brings to the queue what makes rows out of date: late readings, the ledger, the registry, a new rule set. */
import { RULE_VERSION } from '../../domain/consumption.ts';
import { isCounting } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import type { AuditRecord } from '../ledger/ledger.ts';
import type { DirtySubject, RecomputeQueue } from './queue.ts';
import { dirtyBetween, factsOf } from './registry-facts.ts';

/** An arrival may be stored a little after its own instant, so each is asked for some times. */
const OVERLAP_MS = 5 * 60_000;
const ARRIVALS = 5000;
const RECORDS = 5000;

export interface Feeder {
  /** Reads all sources on from where they were last read. */
  feed(context: ApiContext): Promise<void>;
}

/** Meters that an entry of the ledger is about; only readings and bills make figures. */
function metersOf({ kind, before, after }: AuditRecord): string[] {
  if (kind !== 'manual-reading' && kind !== 'bill') return [];
  const ids = [before?.meter, after?.meter].filter((id) => typeof id === 'string');
  return [...new Set(ids)];
}

export function createFeeder(queue: RecomputeQueue): Feeder {
  const seen = new Map<string, number>();

  async function feedArrivals({ store }: ApiContext): Promise<void> {
    const mark = queue.mark('arrivals') ?? 0;
    const arrivals = await store.arrivals(mark - OVERLAP_MS, ARRIVALS);
    const fresh = arrivals.filter(({ meterId, arrivedAtMs, fromMs, toMs }) => {
      const key = `${meterId} ${arrivedAtMs} ${fromMs} ${toMs}`;
      const isKnown = seen.has(key);
      seen.set(key, arrivedAtMs);
      return !isKnown;
    });
    if (fresh.length === 0) return;
    const newest = Math.max(mark, ...fresh.map(({ arrivedAtMs }) => arrivedAtMs));
    for (const [key, atMs] of seen) if (atMs < newest - 2 * OVERLAP_MS) seen.delete(key);
    queue.add({
      cause: 'late',
      dirty: fresh.map(({ meterId: subject, fromMs, toMs }) => ({
        kind: 'meter',
        subject,
        fromMs,
        toMs,
      })),
      marks: { arrivals: newest },
    });
  }

  function feedLedger({ ledger, now }: ApiContext): void {
    const records = ledger.changesSince(queue.mark('ledger') ?? 0, RECORDS);
    const last = records.at(-1);
    if (!last) return;
    const dirty = records.flatMap((record) =>
      metersOf(record).flatMap((subject) =>
        record.ranges.map(({ fromMs, toMs }): DirtySubject => {
          return {
            kind: 'meter',
            subject,
            fromMs,
            toMs: Math.min(Math.max(toMs, fromMs + 1), now()),
          };
        }),
      ),
    );
    queue.add({ cause: 'ledger', dirty, marks: { ledger: last.seq } });
  }

  function feedRegistry({ registry, now }: ApiContext): void {
    const facts = factsOf(registry);
    const before = queue.facts();
    // What was never compared is no change: rows are made by whoever brings the first readings.
    const dirty = before.size === 0 ? [] : dirtyBetween(before, facts, now());
    const isSame = facts.size === before.size && dirty.length === 0;
    if (!isSame) queue.add({ cause: 'registry', dirty, facts });
  }

  function feedRules({ registry, now }: ApiContext): void {
    if (queue.mark('rule-version') === RULE_VERSION) return;
    const dirty = registry.meters.filter(isCounting).map(({ id }): DirtySubject => {
      return { kind: 'meter', subject: id, fromMs: 0, toMs: now() };
    });
    queue.add({ cause: 'rule-version', dirty, marks: { 'rule-version': RULE_VERSION } });
  }

  let fedRegistry: ApiContext['registry'] | undefined;

  return {
    async feed(context) {
      feedRules(context);
      if (fedRegistry !== context.registry) feedRegistry(context);
      fedRegistry = context.registry;
      feedLedger(context);
      await feedArrivals(context);
    },
  };
}
