/** A bill over days of which some are measured, computed in whatever pieces: never twice, never too little. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recompute, recomputeDirty } from '../../../../api/consumption/recompute.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import {
  allRows,
  differences,
  openPipeline,
  type Pipeline,
  readingsOf,
} from '../../../support/pipeline.ts';

const NOW_MS = Date.parse('2026-10-20T07:20:00Z');
/** September in Shanghai: the meter counts 5 an hour and falls silent after twenty days. */
const FROM_MS = Date.parse('2026-08-31T16:00:00Z');
const SILENT_MS = FROM_MS + 20 * DAY_MS;
const TO_MS = FROM_MS + 30 * DAY_MS;
const MEASURED = 20 * 24 * 5;
const QUANTITY = MEASURED + 10 * 24 * 2;

let pipeline: Pipeline;

beforeEach(async () => {
  pipeline = await openPipeline(NOW_MS);
  await pipeline.write(readingsOf('own-e', { fromMs: FROM_MS, toMs: SILENT_MS + 1 }));
  const body = {
    meter: 'own-e',
    firstDay: '2026-09-01',
    lastDay: '2026-09-30',
    quantity: QUANTITY,
    unit: 'kWh' as const,
    costYuan: 1000,
  };
  pipeline.context.ledger.add('bill', body, { who: 'test', why: 'September' });
});

afterEach(() => pipeline.close());

async function hours(fromMs: number, toMs: number) {
  return pipeline.context.store.meterConsumption({
    meterIds: ['own-e'],
    resolution: 'hour',
    range: { fromMs, toMs },
  });
}

describe('a bill', () => {
  it('fills what was not measured with the rest of it', async () => {
    await recompute(pipeline.context, { fromMs: FROM_MS, toMs: NOW_MS });
    const all = await hours(FROM_MS, TO_MS);
    expect(all.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(QUANTITY, 6);
    const last = all.at(-1);
    expect(last?.class).toBe('manual');
    expect(last?.value).toBeCloseTo(2, 6);
  });

  it('is the same when only its last days are computed anew', async () => {
    await recompute(pipeline.context, { fromMs: FROM_MS, toMs: NOW_MS });
    const before = await allRows(pipeline);
    const dirty = { meterId: 'own-e', fromMs: TO_MS - 2 * HOUR_MS, toMs: TO_MS };
    await recomputeDirty(pipeline.context, [dirty], { cause: 'late' });
    expect(differences(before, await allRows(pipeline))).toEqual([]);
  });

  it('gives way everywhere when a day within it arrives late', async () => {
    await recompute(pipeline.context, { fromMs: FROM_MS, toMs: NOW_MS });
    const late = { fromMs: SILENT_MS, toMs: SILENT_MS + DAY_MS + 1 };
    const whole = readingsOf('own-e', { fromMs: FROM_MS, toMs: late.toMs });
    await pipeline.write(whole.filter(({ atMs }) => atMs >= late.fromMs));
    await recomputeDirty(pipeline.context, [{ meterId: 'own-e', ...late }], { cause: 'late' });
    const all = await hours(FROM_MS, TO_MS);
    expect(all.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(QUANTITY, 6);
    expect(all.at(-1)?.value).toBeCloseTo((QUANTITY - 21 * 24 * 5) / (9 * 24), 6);
  });
});
