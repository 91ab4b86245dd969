/** The contract of a store, second half: what is computed from readings. */
import { describe, expect, it } from 'vitest';
import type { AgencyConsumption, BuildingConsumption } from '../../domain/consumption.ts';
import { DAY_MS, HOUR_MS, RESOLUTIONS } from '../../domain/period.ts';
import type { Store } from '../../store/port.ts';
import type { AssessmentPoint, StoreEvent } from '../../store/schema.ts';
import { ALL, CROWD, hourRow, MAIN, OTHER, T0 } from './store-fixtures.ts';

const HOURS = { meterIds: [MAIN, OTHER], resolution: 'hour', range: ALL } as const;
const MISSING = { value: null, coverage: 0, known: 0, class: 'missing' } as const;

const account: AgencyConsumption = {
  agencyId: 'baiyan',
  carrier: 'electricity',
  item: '01000',
  resolution: 'day',
  startMs: T0,
  value: 120.25,
  coverage: 0.25,
  manual: 0.125,
  estimated: 0.0625,
  known: 0.75,
  class: 'partial',
  flags: ['gap', 'rollover'],
  ruleVersion: 2,
  revision: 0,
};

const { agencyId: _, ...amountOfAccount } = account;

function describeMeterConsumption(store: () => Store): void {
  describe('consumption of meters', () => {
    it('comes back by meter, then time, half-open', async () => {
      const rows = [
        hourRow(MAIN, T0, { flags: ['rollover', 'gap'], class: 'interpolated', coverage: 0.25 }),
        hourRow(MAIN, T0 + HOUR_MS, { value: 0 }),
        hourRow(OTHER, T0, { value: -2.5, ruleVersion: 3 }),
      ];
      await store().writeMeterConsumption(rows.toReversed());
      expect(
        await store().meterConsumption({ ...HOURS, meterIds: [OTHER, 'nobody', MAIN] }),
      ).toEqual(rows);
      const range = { fromMs: T0, toMs: T0 + HOUR_MS };
      expect(await store().meterConsumption({ ...HOURS, range })).toEqual([rows[0], rows[2]]);
      expect(await store().meterConsumption({ ...HOURS, meterIds: [] })).toEqual([]);
    });

    it('keeps hours and days of the same start apart', async () => {
      const hour = hourRow(MAIN, T0);
      const day = hourRow(MAIN, T0, { resolution: 'day', value: 36 });
      await store().writeMeterConsumption([hour, day]);
      expect(await store().meterConsumption(HOURS)).toEqual([hour]);
      expect(await store().meterConsumption({ ...HOURS, resolution: 'day' })).toEqual([day]);
    });

    it('keeps two registers of one meter apart', async () => {
      const rows = [0, HOUR_MS].flatMap((offset) => [
        hourRow(MAIN, T0 + offset, { counter: 'activeEnergyExport', value: 9 }),
        hourRow(MAIN, T0 + offset),
      ]);
      await store().writeMeterConsumption(rows);
      expect(await store().meterConsumption(HOURS)).toEqual(rows);
    });

    it('can be asked for flagged rows only', async () => {
      const flagged = hourRow(MAIN, T0 + HOUR_MS, { ...MISSING, flags: ['break'] });
      await store().writeMeterConsumption([hourRow(MAIN, T0), flagged]);
      expect(await store().meterConsumption({ ...HOURS, flaggedOnly: true })).toEqual([flagged]);
    });

    it('is null where it was null', async () => {
      const row = hourRow(MAIN, T0, MISSING);
      await store().writeMeterConsumption([row]);
      expect(await store().meterConsumption(HOURS)).toEqual([row]);
    });

    it('follows a restatement: to another value, to null, and back', async () => {
      const neighbours = [hourRow(MAIN, T0 - HOUR_MS), hourRow(MAIN, T0 + 4 * HOUR_MS)];
      const first = [0, 1, 2, 3].map((n) => hourRow(MAIN, T0 + n * HOUR_MS, { flags: ['gap'] }));
      await store().writeMeterConsumption([...neighbours, ...first]);
      await store().writeMeterConsumption([
        hourRow(OTHER, T0),
        hourRow(MAIN, T0, { resolution: 'day' }),
      ]);
      const restated = [
        hourRow(MAIN, T0, { ...MISSING, flags: ['break'] }),
        hourRow(MAIN, T0 + 2 * HOUR_MS, MISSING),
        hourRow(MAIN, T0 + 3 * HOUR_MS, { value: 8 }),
      ];
      await store().writeMeterConsumption(restated);
      const own = { ...HOURS, meterIds: [MAIN] };
      const [before, after] = neighbours;
      const [emptied, ...others] = restated;
      expect(await store().meterConsumption(own)).toEqual([
        before,
        emptied,
        first[1],
        ...others,
        after,
      ]);
      await store().writeMeterConsumption(first);
      expect(await store().meterConsumption(own)).toEqual([before, ...first, after]);
      expect(await store().meterConsumption({ ...HOURS, meterIds: [OTHER] })).toHaveLength(1);
      expect(await store().meterConsumption({ ...own, resolution: 'day' })).toHaveLength(1);
    });

    it('names the newest row of each meter, known or not', async () => {
      await store().writeMeterConsumption([
        hourRow(MAIN, T0),
        hourRow(MAIN, T0 + HOUR_MS, { ...MISSING, counter: 'activeEnergyExport' }),
        hourRow(MAIN, T0 + DAY_MS, { resolution: 'day' }),
        hourRow(OTHER, T0 - HOUR_MS),
      ]);
      const meterIds = [OTHER, MAIN, 'nobody'];
      expect(await store().lastMeterConsumption({ ...HOURS, meterIds })).toEqual(
        new Map([
          [MAIN, T0 + HOUR_MS],
          [OTHER, T0 - HOUR_MS],
        ]),
      );
      const range = { fromMs: T0 - DAY_MS, toMs: T0 + HOUR_MS };
      const before = await store().lastMeterConsumption({ ...HOURS, meterIds: [MAIN], range });
      expect(before.get(MAIN)).toBe(T0);
    });

    it('of hundreds of meters comes by id, from however far back', async () => {
      const rows = CROWD.flatMap((id) => [hourRow(id, T0), hourRow(id, T0 + HOUR_MS)]);
      await store().writeMeterConsumption(rows);
      const everything = { fromMs: 0, toMs: ALL.toMs };
      expect(await store().meterConsumption({ ...HOURS, meterIds: CROWD })).toEqual(rows);
      const few = CROWD.slice(0, 2);
      expect(
        await store().meterConsumption({ ...HOURS, meterIds: few, range: everything }),
      ).toEqual(rows.slice(0, 4));
      expect((await store().lastMeterConsumption({ ...HOURS, meterIds: CROWD })).size).toBe(450);
    });

    it('refuses an unknown meter and what is no number', async () => {
      const bad = [hourRow('nobody', T0), hourRow(MAIN, T0, { value: Number.NaN })];
      for (const row of bad) {
        await expect(store().writeMeterConsumption([row])).rejects.toMatchObject({
          code: 'store.rejected',
        });
      }
    });
  });
}

export function describeResults(store: () => Store, reopen: () => Promise<Store>): void {
  describeMeterConsumption(store);

  it('keeps consumption of buildings apart from that of agencies, at every resolution', async () => {
    const building: BuildingConsumption[] = RESOLUTIONS.toSorted().map((resolution, n) => ({
      ...amountOfAccount,
      buildingId: 'baiyan',
      item: 'tariff-deep-valley',
      resolution,
      value: n,
    }));
    await store().writeBuildingConsumption(building);
    await store().writeAgencyConsumption([account]);
    for (const row of building) {
      const query = { buildingIds: ['baiyan', 'nobody'], resolution: row.resolution, range: ALL };
      expect(await store().buildingConsumption(query)).toEqual([row]);
      const item = 'tariff-deep-valley';
      expect(await store().buildingConsumption({ ...query, item })).toEqual([row]);
      expect(await store().buildingConsumption({ ...query, carrier: 'water' })).toEqual([]);
    }
  });

  describe('consumption of agencies', () => {
    const query = { agencyIds: ['baiyan', 'other'], resolution: 'day', range: ALL } as const;

    it('keeps carriers, items and resolutions apart, by agency, then time', async () => {
      const rows: AgencyConsumption[] = [
        account,
        { ...account, item: 'export', value: 3 },
        { ...account, carrier: 'water', item: '02000', value: null, known: 0, class: 'missing' },
        { ...account, startMs: T0 + DAY_MS },
        { ...account, agencyId: 'other' },
      ];
      await store().writeAgencyConsumption(
        [...rows, { ...account, resolution: 'hour' as const }].toReversed(),
      );
      expect(await store().agencyConsumption({ ...query, agencyIds: ['other', 'baiyan'] })).toEqual(
        rows,
      );
      const range = { fromMs: T0, toMs: T0 + DAY_MS };
      expect(await store().agencyConsumption({ ...query, range })).toHaveLength(4);
      expect(await store().agencyConsumption({ ...query, agencyIds: ['nobody'] })).toEqual([]);
    });

    it('can be asked for one carrier or item', async () => {
      const rows: AgencyConsumption[] = [
        account,
        { ...account, item: '01A00' },
        { ...account, carrier: 'water', item: '02000' },
      ];
      await store().writeAgencyConsumption(rows);
      const [total, lighting, water] = rows;
      const ask = store().agencyConsumption;
      expect(await ask({ ...query, carrier: 'electricity' })).toEqual([total, lighting]);
      expect(await ask({ ...query, item: '02000' })).toEqual([water]);
      expect(await ask({ ...query, carrier: 'water', item: '01000' })).toEqual([]);
    });

    it('follows a restatement to null', async () => {
      const unknown: AgencyConsumption = { ...account, value: null, known: 0, class: 'missing' };
      await store().writeAgencyConsumption([account]);
      await store().writeAgencyConsumption([unknown]);
      expect(await store().agencyConsumption(query)).toEqual([unknown]);
    });
  });

  describe('assessments', () => {
    const month: AssessmentPoint = {
      agencyId: 'baiyan',
      metric: 'electricity-per-area',
      kind: 'month',
      startMs: T0,
      value: 4.5,
      status: 'ok',
      completeness: 0.995,
      revision: 0,
    };

    it('keep metric, kind and what was insufficient', async () => {
      const points: AssessmentPoint[] = [
        month,
        { ...month, metric: 'water-per-head', value: null, status: 'insufficient' },
        { ...month, kind: 'year', status: 'partial' },
        { ...month, startMs: T0 + DAY_MS },
        { ...month, agencyId: 'other', revision: 2 },
      ];
      await store().writeAssessment(points.toReversed());
      expect(await store().assessment(['other', 'baiyan', 'nobody'], ALL)).toEqual(points);
      expect(await store().assessment(['other'], { fromMs: T0 + 1, toMs: ALL.toMs })).toEqual([]);
    });

    it('can be withdrawn', async () => {
      const withdrawn: AssessmentPoint = { ...month, value: null, status: 'insufficient' };
      await store().writeAssessment([month]);
      await store().writeAssessment([withdrawn]);
      expect(await (await reopen()).assessment(['baiyan'], ALL)).toEqual([withdrawn]);
    });
  });

  describe('events', () => {
    const event: StoreEvent = {
      atMs: T0,
      kind: 'replacement',
      subject: MAIN,
      text: '换表："旧" 12,345.6 → 新 0\n签字 C:\\表计 = 白岩',
    };

    it('keep Chinese text, quotes, backslashes and line breaks', async () => {
      await store().writeEvents([event]);
      expect(await store().events(ALL, 10)).toEqual([event]);
    });

    it('are the newest, oldest first; the same one twice is one', async () => {
      const events = [0, 1, 2].map((n) => ({ ...event, atMs: T0 + n, text: `第 ${n} 次` }));
      await store().writeEvents(events);
      await store().writeEvents(events);
      expect(await store().events(ALL, 2)).toEqual(events.slice(1));
      expect(await store().events({ fromMs: T0, toMs: T0 + 2 }, 10)).toEqual(events.slice(0, 2));
      expect(await store().events({ fromMs: T0 + 3, toMs: ALL.toMs }, 10)).toEqual([]);
    });

    it('can be asked for by kind and subject', async () => {
      const kinds = ['replacement', 'period-closed', 'replacement'];
      const events = kinds.map((kind, n) => ({
        ...event,
        kind,
        atMs: T0 + n,
        subject: `s${n % 2}`,
      }));
      await store().writeEvents(events);
      const ask = store().events;
      expect(await ask(ALL, 10, { kind: 'replacement' })).toEqual([events[0], events[2]]);
      expect(await ask(ALL, 1, { kind: 'replacement' })).toEqual([events[2]]);
      expect(await ask(ALL, 10, { subject: 's1' })).toEqual([events[1]]);
      expect(await ask(ALL, 10, { kind: 'replacement', subject: 's1' })).toEqual([]);
    });

    it('have slugs for kinds', async () => {
      await expect(store().writeEvents([{ ...event, kind: '换表' }])).rejects.toMatchObject({
        code: 'store.rejected',
        context: { found: '换表' },
      });
    });
  });

  it('takes load profiles, again and again', async () => {
    const point = {
      agencyId: 'baiyan',
      carrier: 'heat',
      startMs: T0,
      localHour: 8,
      value: 1,
    } as const;
    await store().writeLoadProfile([point, { ...point, startMs: T0 + HOUR_MS, localHour: 9 }]);
    await store().writeLoadProfile([point]);
    await expect(store().writeLoadProfile([{ ...point, value: Number.NaN }])).rejects.toMatchObject(
      { code: 'store.rejected' },
    );
  });
}
