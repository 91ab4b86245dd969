/** A long range is covered once: settled months by their row, what is left by days. */
import { describe, expect, it } from 'vitest';
import { lengthOf, longRows } from '../../../../api/assessment/long-rows.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { DAY_MS, dateStartMs, parsePeriod } from '../../../../domain/period.ts';
import { demoRegistry } from '../../../support/registry.ts';

const ZONE = 'Asia/Shanghai';
const registry = await demoRegistry();
const at = (date: string) => dateStartMs(date, ZONE);

function contextAt(now: string): ApiContext {
  return { registry, now: () => at(now) } as unknown as ApiContext;
}

async function partsOf(from: string, to: string, now: string): Promise<string[]> {
  const range = { fromMs: at(from), toMs: at(to) };
  return longRows(contextAt(now), range, async ({ resolution, range: { fromMs, toMs } }) => {
    const days = (toMs - fromMs) / DAY_MS;
    return [`${days} days by ${resolution}`];
  });
}

describe('long ranges', () => {
  it('a year that is over is twelve months', async () => {
    expect(await partsOf('2025-01-01', '2026-01-01', '2026-02-01')).toEqual(['365 days by month']);
  });

  it('what is not a whole month is days, at both ends', async () => {
    const expected = ['17 days by day', '31 days by month', '10 days by day'];
    expect(await partsOf('2025-02-12', '2025-04-11', '2026-02-01')).toEqual(expected);
  });

  it('a month that ended today may not have its last hours yet', async () => {
    const expected = ['59 days by month', '31 days by day'];
    expect(await partsOf('2025-01-01', '2025-04-01', '2025-04-01')).toEqual(expected);
    expect(await partsOf('2025-01-01', '2025-04-01', '2025-04-02')).toEqual(['90 days by month']);
  });

  it('a month alone is days', async () => {
    expect(await partsOf('2025-03-01', '2025-04-01', '2026-02-01')).toEqual(['31 days by day']);
  });

  it('a row is as long as its month', () => {
    const lengthMs = lengthOf({ registry });
    const { fromMs } = parsePeriod('2025-02', ZONE) ?? { fromMs: 0 };
    expect(lengthMs({ startMs: fromMs, resolution: 'month' })).toBe(28 * DAY_MS);
    expect(lengthMs({ startMs: fromMs, resolution: 'day' })).toBe(DAY_MS);
  });
});
