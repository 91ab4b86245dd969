/** The contract of a store: hours of weather stations, which outlive the readings they are made of. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import type { Store } from '../../store/port.ts';
import type { OutdoorHour } from '../../store/schema.ts';
import { ALL, T0 } from './store-fixtures.ts';

/** Older than readings are kept. */
const OLD_MS = T0 - 1500 * DAY_MS;
const EVER = { fromMs: OLD_MS, toMs: ALL.toMs };

export function outdoorHour(startMs: number, celsius: number, stationId = 'hill'): OutdoorHour {
  return { stationId, startMs, celsius };
}

export function describeOutdoor(store: () => Store, reopen: () => Promise<Store>): void {
  describe('outdoor hours', () => {
    it('come back by station and time, half-open, and those not written are absent', async () => {
      const hours = [
        outdoorHour(T0, -1 / 3),
        outdoorHour(T0 + HOUR_MS, 0),
        outdoorHour(T0 + 3 * HOUR_MS, 7.5),
      ];
      const other = outdoorHour(T0, 30, 'valley');
      await store().writeOutdoorHours([...hours, other].toReversed());
      expect(await store().outdoorHours('hill', ALL)).toEqual(hours);
      expect(await store().outdoorHours('valley', ALL)).toEqual([other]);
      const range = { fromMs: T0, toMs: T0 + HOUR_MS };
      expect(await store().outdoorHours('hill', range)).toEqual(hours.slice(0, 1));
      expect(await store().outdoorHours('nowhere', ALL)).toEqual([]);
      await store().writeOutdoorHours([]);
    });

    it('overwrite themselves', async () => {
      for (const celsius of [4, 0, -4]) {
        await store().writeOutdoorHours([outdoorHour(T0, celsius)]);
        expect(await store().outdoorHours('hill', ALL)).toEqual([outdoorHour(T0, celsius)]);
      }
      expect(await (await reopen()).outdoorHours('hill', ALL)).toHaveLength(1);
    });

    it('of more than a year come at once, those older than any reading too', async () => {
      const hours = Array.from({ length: 11_000 }, (_, n) =>
        outdoorHour(OLD_MS + n * HOUR_MS, n / 8),
      );
      await store().writeOutdoorHours(hours);
      await (await reopen()).init();
      expect(await store().outdoorHours('hill', EVER)).toEqual(hours);
    });

    it('stay when what only repeats is forgotten', async () => {
      await store().writeOutdoorHours([outdoorHour(T0, 4)]);
      await store().archive.clearRepeated();
      expect(await store().outdoorHours('hill', ALL)).toEqual([outdoorHour(T0, 4)]);
    });

    it('refuse what is no number and no instant', async () => {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const written = store().writeOutdoorHours([outdoorHour(T0, bad)]);
        await expect(written).rejects.toMatchObject({ code: 'store.rejected' });
      }
      const half = store().writeOutdoorHours([outdoorHour(T0 + 0.5, 1)]);
      await expect(half).rejects.toMatchObject({ code: 'store.rejected' });
      expect(await store().outdoorHours('hill', ALL)).toEqual([]);
    });
  });
}
