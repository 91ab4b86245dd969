/** The contract of a store: nights of water meters, which repeat what hours say. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../domain/period.ts';
import type { Store } from '../../store/port.ts';
import type { MeterNight } from '../../store/schema.ts';
import { ALL, CROWD, MAIN, OTHER, T0 } from './store-fixtures.ts';

export function nightRow(
  meterId: string,
  startMs: number,
  change: Partial<MeterNight> = {},
): MeterNight {
  const sums = { hours: 24, zeroHours: 2, sumM3: 1 / 3, windowHours: 3, leastM3: 0.25 };
  return { meterId, counter: 'volume', startMs, ...sums, ...change };
}

export function describeNights(store: () => Store, reopen: () => Promise<Store>): void {
  describe('nights', () => {
    it('come back by meter, register and time, half-open', async () => {
      const nights = [
        nightRow(MAIN, T0, { counter: 'heatEnergy', sumM3: 9 }),
        nightRow(MAIN, T0),
        nightRow(MAIN, T0 + DAY_MS, { leastM3: 0, zeroHours: 24, sumM3: 0 }),
        nightRow(OTHER, T0, { hours: 0, zeroHours: 0, sumM3: 0, windowHours: 0, leastM3: null }),
      ];
      await store().writeNights(nights.toReversed());
      const meterIds = [OTHER, 'nobody', MAIN];
      expect(await store().nights({ meterIds, range: ALL })).toEqual(nights);
      const range = { fromMs: T0, toMs: T0 + DAY_MS };
      expect(await store().nights({ meterIds: [MAIN], range })).toEqual(nights.slice(0, 2));
      expect(await store().nights({ meterIds: [], range: ALL })).toEqual([]);
    });

    it('overwrite themselves, also by one of which less is known, and back', async () => {
      const known = nightRow(MAIN, T0);
      const lost = { ...known, hours: 20, windowHours: 0, leastM3: null };
      const query = { meterIds: [MAIN], range: ALL };
      for (const night of [known, lost, known]) {
        await store().writeNights([night]);
        expect(await store().nights(query)).toEqual([night]);
      }
      expect(await (await reopen()).nights(query)).toEqual([known]);
    });

    it('of hundreds of meters come by id', async () => {
      const nights = CROWD.flatMap((id) => [nightRow(id, T0), nightRow(id, T0 + DAY_MS)]);
      await store().writeNights(nights);
      expect(await store().nights({ meterIds: CROWD.toReversed(), range: ALL })).toEqual(nights);
    });

    it('are forgotten when rows are written beneath them, and only they', async () => {
      const event = { atMs: T0, kind: 'replacement', subject: MAIN, text: 'x' };
      await store().writeNights([nightRow(MAIN, T0), nightRow(OTHER, T0)]);
      await store().writeEvents([event]);
      await store().archive.clearRepeated();
      expect(await store().nights({ meterIds: [MAIN, OTHER], range: ALL })).toEqual([]);
      expect(await store().events(ALL, 9)).toEqual([event]);
    });

    it('refuse an unknown meter and what is no number', async () => {
      const bad = [nightRow('nobody', T0), nightRow(MAIN, T0, { sumM3: Number.NaN })];
      for (const night of [...bad, nightRow(MAIN, T0, { hours: 1.5 })]) {
        await expect(store().writeNights([night])).rejects.toMatchObject({
          code: 'store.rejected',
        });
      }
    });
  });
}
