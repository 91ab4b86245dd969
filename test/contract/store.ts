/** The contract every store backend keeps; a new backend runs the same suite. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { METERS, type Opened, type OpenStore } from './store-fixtures.ts';
import { describeHistory } from './store-history.ts';
import { describeNights } from './store-nights.ts';
import { describeOutdoor } from './store-outdoor.ts';
import { describeReadings } from './store-readings.ts';
import { describeResults } from './store-results.ts';

export function describeStore(name: string, open: OpenStore): void {
  describe(`store: ${name}`, () => {
    let opened: Opened;
    const store = () => opened.store;
    const reopen = () => opened.reopen();

    beforeEach(async () => {
      opened = await open(METERS);
    });
    afterEach(() => opened.dispose());

    it('is healthy, says what it is, and may be initialised again', async () => {
      await store().init();
      const health = await store().health();
      expect(health).toMatchObject({ ok: true, engine: expect.stringMatching(/\w+/) });
      expect(health.version).toMatch(/^\d+\.\d+/);
    });

    describeReadings(store, reopen);
    describeResults(store, reopen);
    describeHistory(store);
    describeNights(store, reopen);
    describeOutdoor(store, reopen);
  });
}
