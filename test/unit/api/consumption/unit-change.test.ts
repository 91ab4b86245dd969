/** A meter that shows MWh from one reading to the next: suspected, without a value, until it is registered. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recompute } from '../../../../api/consumption/recompute.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import {
  openPipeline,
  type Pipeline,
  readingsOf,
  testRegistry,
} from '../../../support/pipeline.ts';

const NOW_MS = Date.parse('2026-10-20T07:20:00Z');
const CHANGE_MS = Date.parse('2026-10-18T00:00:00Z');
const RANGE = { fromMs: CHANGE_MS - DAY_MS, toMs: CHANGE_MS + DAY_MS };

let pipeline: Pipeline;

beforeEach(async () => {
  pipeline = await openPipeline(NOW_MS);
  const readings = readingsOf('own-e', RANGE).map((reading) => {
    const factor = reading.atMs < CHANGE_MS ? 1 : 1000;
    // High enough for three digits to tell.
    const read = ((reading.values.activeEnergyImport ?? 0) + 400_000) / factor;
    return { ...reading, values: { activeEnergyImport: read } };
  });
  await pipeline.write(readings);
  await recompute(pipeline.context, { fromMs: RANGE.fromMs, toMs: NOW_MS });
});

afterEach(() => pipeline.close());

async function hoursAfter() {
  return pipeline.context.store.meterConsumption({
    meterIds: ['own-e'],
    resolution: 'hour',
    range: { fromMs: CHANGE_MS, toMs: RANGE.toMs - HOUR_MS },
  });
}

describe('a unit change', () => {
  it('is suspected, and nothing counts from there', async () => {
    expect(new Set((await hoursAfter()).map(({ value }) => value))).toEqual(new Set([null]));
    const [found] = await pipeline.context.store.findings({ meterIds: ['own-e'], range: RANGE });
    expect(found).toMatchObject({ code: 'unit_change_suspected', provisional: true });
    expect(found?.evidence[1]?.value).toBeCloseTo(401.12, 2);
  });

  it('once registered counts on in the first unit', async () => {
    const change = `id: own-e, unitChanges: [{ at: 2026-10-18T00:00:00Z, factor: 1000 }],`;
    const registry = testRegistry((text) => text.replace('id: own-e,', change));
    const context = { ...pipeline.context, registry };
    await recompute(context, { fromMs: RANGE.fromMs, toMs: NOW_MS });
    const hours = await hoursAfter();
    expect(hours).toHaveLength(23);
    for (const { value, class: kind } of hours) {
      expect(value).toBeCloseTo(5, 6);
      expect(kind).toBe('measured');
    }
    expect(await pipeline.context.store.findings({ meterIds: ['own-e'], range: RANGE })).toEqual(
      [],
    );
  });
});
