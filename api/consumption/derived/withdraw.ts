/** Takes back the rows of virtual meters that are gone: no formula stands behind them any more. */
import { isAppError } from '../../../domain/errors.ts';
import { HOUR_MS, RESOLUTIONS, type TimeRange } from '../../../domain/period.ts';
import type { ApiContext } from '../../context.ts';
import { METER_ROWS } from '../families.ts';
import { type Run, startRun } from '../run.ts';
import { monthsIn } from '../window.ts';

async function withdraw(run: Run, meterId: string): Promise<void> {
  const { store, registry } = run.context;
  const read = (resolution: (typeof RESOLUTIONS)[number], range: TimeRange) =>
    METER_ROWS.read(store, { subjects: [meterId], resolution, range });
  const all = { fromMs: 0, toMs: run.nowMs + HOUR_MS };
  const [first] = await read('day', all);
  if (!first) return;
  const held = { ...all, fromMs: first.startMs };
  for (const resolution of RESOLUTIONS) {
    // Hours of years are too many to be held at once.
    const ranges = resolution === 'hour' ? monthsIn(held, registry.region.zone) : [all];
    for (const range of ranges) {
      await run.settle(METER_ROWS, { computed: [], stored: await read(resolution, range) });
      await run.rest();
    }
  }
}

/** Ids that are meters of the registry again are left alone. */
export async function withdrawRows(
  context: ApiContext,
  meterIds: readonly string[],
  cause: string,
): Promise<void> {
  const gone = meterIds.filter((id) => !context.registry.findAnyMeter(id));
  for (const id of gone) {
    const run = await startRun(context, { cause, isExact: true });
    try {
      await withdraw(run, id);
      await run.end();
    } catch (error) {
      // Nothing tells this process where it was: its rows stay, out of every account.
      if (!isAppError(error, 'store.rejected')) throw error;
    }
  }
}
