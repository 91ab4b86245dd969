/** Closed periods: recorded once as events, and asked for whenever a row inside one would change. */
import { DAY_MS, dateStartMs, parsePeriod, type TimeRange } from '../../domain/period.ts';
import type { SubjectKind } from '../../domain/restatement.ts';
import { type LocalCalendar, type Span, seasonAt, spansIn } from '../../domain/season.ts';
import type { Registry } from '../../registry/registry.ts';
import type { StoreEvent } from '../../store/schema.ts';
import type { ApiContext } from '../context.ts';
import { buildingsOf } from '../occupancy.ts';
import { stretchesOf } from './plan.ts';

const PERIOD_CLOSED = 'period-closed';
/** More months, years and seasons than a registry sees in its life. */
const MOST_CLOSINGS = 100_000;

export interface Closings {
  /** Whether a row that covers the range was published as final. */
  isClosed(kind: SubjectKind, subject: string, range: TimeRange): boolean;
  /** Whether the period was closed for all. */
  has(span: Span): boolean;
}

/** `month-2026-09`, with `_agency` behind it when it was closed for one agency only. */
function subjectOf(span: Span, agencyId: string | undefined): string {
  return agencyId === undefined ? span.id : `${span.id}_${agencyId}`;
}

function rangeOf(id: string, calendar: LocalCalendar): TimeRange | undefined {
  const dash = id.indexOf('-');
  const [kind, name] = [id.slice(0, dash), id.slice(dash + 1)];
  if (kind !== 'season') return parsePeriod(name, calendar.zone);
  const firstMs = dateStartMs(`${name}-${calendar.heatingSeason.from}`, calendar.zone);
  return seasonAt(firstMs, calendar);
}

/**
 * All an agency's account of a span was summed from closes with it: the units below it, and the
 * meters and buildings that any of them occupied at some time in the span.
 */
function scopeOf(registry: Registry, agencyId: string, span: TimeRange): ReadonlySet<string> {
  const agency = registry.findAgency(agencyId);
  if (!agency) return new Set();
  const occupied = stretchesOf(registry, span).flatMap(({ fromMs }) =>
    buildingsOf(registry, agency, fromMs),
  );
  const buildings = [...new Set(occupied)].map(({ id }) => id);
  return new Set([
    ...registry.subtreeOf(agencyId).map(({ id }) => `agency ${id}`),
    ...buildings.map((id) => `building ${id}`),
    ...buildings.flatMap((id) => registry.accountMetersIn(id).map((meter) => `meter ${meter.id}`)),
  ]);
}

export async function loadClosings({ registry, store, now }: ApiContext): Promise<Closings> {
  const range = { fromMs: 0, toMs: now() + 1 };
  const events = await store.events(range, MOST_CLOSINGS, { kind: PERIOD_CLOSED });
  const ids = new Set(events.map(({ subject }) => subject));
  const closed = [...ids].flatMap((subject) => {
    const [id = '', agencyId] = subject.split('_', 2);
    const span = rangeOf(id, registry.region);
    if (!span) return [];
    return [{ ...span, scope: agencyId && scopeOf(registry, subject.slice(id.length + 1), span) }];
  });
  return {
    isClosed: (kind, subject, { fromMs, toMs }) =>
      closed.some(
        (one) =>
          one.fromMs <= fromMs &&
          toMs <= one.toMs &&
          (!one.scope || one.scope.has(`${kind} ${subject}`)),
      ),
    has: (span) => ids.has(span.id),
  };
}

/**
 * Closes a period, for everybody or for one agency whose assessment was frozen: from here on its
 * rows stay as published, and a change is a restatement.
 */
export async function closePeriod(
  { store, now }: Pick<ApiContext, 'store' | 'now'>,
  span: Span,
  closing: { readonly cause: string; readonly agencyId?: string },
): Promise<void> {
  const name = span.id.slice(span.id.indexOf('-') + 1);
  const event: StoreEvent = {
    atMs: now(),
    kind: PERIOD_CLOSED,
    subject: subjectOf(span, closing.agencyId),
    text: `${name} 已结账 closed: ${closing.cause}`,
  };
  await store.writeEvents([event]);
}

/** Periods that ended longer ago were closed, or had no rows when they should have been. */
const CLOSE_BACK_MS = 3 * 366 * DAY_MS;

/** Closes what ended long enough ago and has rows; call it when nothing waits to be computed. */
export async function closeEnded(context: ApiContext, afterDays: number): Promise<void> {
  const { registry, store, now } = context;
  const untilMs = now() - afterDays * DAY_MS;
  const closings = await loadClosings(context);
  const roots = registry.agencies.filter(({ parent }) => parent === undefined);
  const agencyIds = roots.map(({ id }) => id);
  for (const kind of ['month', 'season', 'year'] as const) {
    const range = { fromMs: untilMs - CLOSE_BACK_MS, toMs: untilMs };
    const due = spansIn(range, kind, registry.region).filter(
      (span) => span.toMs <= untilMs && !closings.has(span),
    );
    if (due.length === 0) continue;
    const rows = await store.agencyConsumption({ agencyIds, resolution: kind, range });
    const filled = new Set(rows.map(({ startMs }) => startMs));
    for (const span of due.filter(({ fromMs }) => filled.has(fromMs))) {
      await closePeriod(context, span, { cause: `${afterDays} 天 days after its end` });
    }
  }
}
