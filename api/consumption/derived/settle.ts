/** Settles the hours and days of virtual meters after those of the meters they are made of. */
import { HOUR_MS, type TimeRange } from '../../../domain/period.ts';
import { METER_ROWS } from '../families.ts';
import { dayRows } from '../rollup.ts';
import type { Run } from '../run.ts';
import { monthsIn, union, wholeDays } from '../window.ts';
import { type Derived, derivedMeters } from './order.ts';
import { readHours } from './read.ts';
import { derivedHours } from './rows.ts';

/** @returns whether any row came out differently. */
async function settleRange(run: Run, derived: Derived, range: TimeRange): Promise<boolean> {
  const { registry, store } = run.context;
  const byMeter = await readHours(run.context, derived, range);
  const rows = derivedHours(registry, derived, { byMeter, range });
  const selection = { subjects: [derived.meter.id], range };
  const hours = await METER_ROWS.read(store, { ...selection, resolution: 'hour' });
  const changed = await run.settle(METER_ROWS, { computed: rows, stored: hours });
  const days = await METER_ROWS.read(store, { ...selection, resolution: 'day' });
  await run.settle(METER_ROWS, {
    computed: dayRows(METER_ROWS, rows, { cuts: run.cuts, range }),
    stored: days,
  });
  await run.rest();
  return changed !== undefined;
}

/** Where any of its meters has rows: a formula that is new begins with the first of their years. */
async function rowsOf({ context, nowMs }: Run, { meter, formula }: Derived) {
  const rows = await METER_ROWS.read(context.store, {
    subjects: [meter.id, ...formula.keys()],
    resolution: 'year',
    range: { fromMs: 0, toMs: nowMs },
  });
  return Math.min(...rows.map(({ startMs }) => startMs));
}

/**
 * Recomputes virtual meters over what changed of their meters, and over what is dirty of
 * themselves. `changed` are ranges of meters by id; those of virtual ones are added.
 */
export async function settleDerived(
  run: Run,
  part: {
    readonly dirty: ReadonlyMap<string, TimeRange>;
    readonly changed: Map<string, TimeRange>;
    readonly changedOnly: boolean;
  },
): Promise<void> {
  const { dirty, changed, changedOnly } = part;
  const { zone } = run.context.registry.region;
  const endMs = Math.ceil(run.nowMs / HOUR_MS) * HOUR_MS;
  for (const derived of derivedMeters(run.context.registry)) {
    const { meter, formula } = derived;
    const below = union([...formula.keys()].flatMap((id) => changed.get(id) ?? []));
    const own = dirty.get(meter.id);
    const firstMs = own ? Math.min(await rowsOf(run, derived), below?.fromMs ?? endMs) : 0;
    const wanted = own && { ...own, fromMs: Math.max(own.fromMs, firstMs) };
    const range = union([below, wanted].filter((one) => one !== undefined));
    if (!range || range.toMs <= range.fromMs) continue;
    const days = wholeDays(range, zone);
    const settled = { fromMs: days.fromMs, toMs: Math.min(days.toMs, endMs) };
    await run.flush();
    let isChanged = false;
    for (const month of monthsIn(settled, zone)) {
      isChanged = (await settleRange(run, derived, month)) || isChanged;
    }
    if (isChanged || !changedOnly) changed.set(meter.id, settled);
  }
}
