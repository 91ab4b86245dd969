/** Tells of leaks as events, once when one is suspected and once when it is over. */
import { DAY_MS } from '../../domain/period.ts';
import { isCounting } from '../../registry/registry.ts';
import type { StoreEvent } from '../../store/schema.ts';
import type { ApiContext } from '../context.ts';
import { createJob, type Job, type JobLogger } from '../job.ts';
import { leakText } from './leak-text.ts';
import { leaksOf } from './leaks.ts';
import type { Leak } from './nearest.ts';

export const LEAK_EVENT = 'leak-suspected';
export const LEAK_OVER_EVENT = 'leak-suspected-over';

/** A leak that began earlier is followed back and was told of already. */
const WINDOW_DAYS = 90;
/** Events of one kind and meter that are looked at. */
const MOST_EVENTS = 100;

/** Its times may be a little different now: what was told since the last end is this leak. */
function isNew(leak: Leak, begun: readonly StoreEvent[], ended: readonly StoreEvent[]): boolean {
  const told = begun.findLast(({ atMs }) => atMs <= leak.toMs);
  if (!told) return true;
  return ended.some(({ atMs }) => atMs >= told.atMs && atMs <= leak.fromMs);
}

async function newEvents({ registry, store }: ApiContext, leak: Leak): Promise<StoreEvent[]> {
  const subject = leak.meterId;
  const ever = { fromMs: 0, toMs: leak.toMs + DAY_MS };
  const [begun, ended] = await Promise.all(
    [LEAK_EVENT, LEAK_OVER_EVENT].map((kind) => store.events(ever, MOST_EVENTS, { kind, subject })),
  );
  const { zh, en } = leakText(leak, { zone: registry.region.zone });
  const event = (kind: string, atMs: number, words: readonly [string, string]): StoreEvent => ({
    atMs,
    kind,
    subject,
    text: `${words[0]}：${zh} · ${words[1]}: ${en}`,
  });
  const isOver = !leak.open && !(ended ?? []).some(({ atMs }) => atMs > leak.fromMs);
  return [
    ...(isNew(leak, begun ?? [], ended ?? [])
      ? [event(LEAK_EVENT, leak.detectedMs, ['新', 'new'])]
      : []),
    ...(isOver ? [event(LEAK_OVER_EVENT, leak.toMs, ['已解除', 'over'])] : []),
  ];
}

/** One round: the leaks of the last days, and an event for each that began or ended since the last. */
export async function tellLeaks(context: ApiContext): Promise<void> {
  const { registry, store, now } = context;
  const nowMs = now();
  const meterIds = registry.meters.filter(isCounting).map(({ id }) => id);
  const range = { fromMs: nowMs - WINDOW_DAYS * DAY_MS, toMs: nowMs };
  for (const leak of await leaksOf(context, meterIds, range)) {
    const events = await newEvents(context, leak);
    if (events.length > 0) await store.writeEvents(events);
  }
}

export function createLeakJob(context: () => ApiContext, logger: JobLogger): Job {
  return createJob('leaks', () => tellLeaks(context()), logger);
}
