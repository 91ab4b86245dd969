/** The contract of a store, third part: what came late, what was seen, and what was restated. */
import { describe, expect, it } from 'vitest';
import type { AgencyConsumption } from '../../domain/consumption.ts';
import type { Finding } from '../../domain/finding.ts';
import { DAY_MS, HOUR_MS } from '../../domain/period.ts';
import type { Restatement } from '../../domain/restatement.ts';
import type { Store } from '../../store/port.ts';
import type { Arrival } from '../../store/schema.ts';
import { ALL, hourRow, MAIN, OTHER, reading, T0 } from './store-fixtures.ts';

const counter = 'activeEnergyImport';

function describeColumns(store: () => Store): void {
  describe('columns of a counter', () => {
    it('are its readings in order, without the instants it was not read at', async () => {
      await store().writeReadings([
        reading(MAIN, T0 + 2, { activeEnergyImport: 12_345_678.91 }),
        reading(MAIN, T0, { activeEnergyImport: 0 }),
        reading(MAIN, T0 + 1, { activePower: 3 }),
        reading(MAIN, T0 + 9, { activeEnergyImport: 5 }),
        reading(OTHER, T0, { activeEnergyImport: 7 }),
      ]);
      const range = { fromMs: T0, toMs: T0 + 9 };
      const { atMs, value } = await store().counterColumns(MAIN, counter, range);
      expect([...atMs]).toEqual([T0, T0 + 2]);
      expect([...value]).toEqual([0, 12_345_678.91]);
      expect((await store().counterColumns('nobody', counter, ALL)).atMs).toHaveLength(0);
      expect((await store().counterColumns(MAIN, 'volume', ALL)).value).toHaveLength(0);
    });

    it('are all of them over more than one page', async () => {
      const rows = Array.from({ length: 10_050 }, (_, n) =>
        reading(MAIN, T0 + n * 60_000, n % 7 === 0 ? { activePower: n } : { [counter]: n / 3 }),
      );
      await store().writeReadings(rows);
      const columns = await store().counterColumns(MAIN, counter, ALL);
      const read = rows.filter(({ values }) => values[counter] !== undefined);
      expect([...columns.atMs]).toEqual(read.map(({ atMs }) => atMs));
      expect([...columns.value]).toEqual(read.map(({ values }) => values[counter]));
    });
  });
}

function describeArrivals(store: () => Store): void {
  describe('arrivals', () => {
    const arrival = (n: number, meterId = MAIN): Arrival => ({
      meterId,
      arrivedAtMs: T0 + n,
      fromMs: T0 - DAY_MS,
      toMs: T0 - DAY_MS + n + 1,
    });

    it('come oldest first, after an instant', async () => {
      await store().writeArrivals([arrival(2), arrival(0), arrival(1)]);
      await store().writeArrivals([]);
      expect(await store().arrivals(0, 10)).toEqual([arrival(0), arrival(1), arrival(2)]);
      expect(await store().arrivals(T0, 10)).toEqual([arrival(1), arrival(2)]);
      expect(await store().arrivals(T0, 1)).toEqual([arrival(1)]);
      expect(await store().arrivals(T0 + 2, 10)).toEqual([]);
    });

    it('of one meter in one millisecond become one that spans them', async () => {
      const [early, late] = [
        { ...arrival(0), fromMs: T0 - 9, toMs: T0 - 5 },
        { ...arrival(0), fromMs: T0 - 3, toMs: T0 - 1 },
      ];
      const merged = { ...early, toMs: late.toMs };
      await store().writeArrivals([late]);
      await store().writeArrivals([early]);
      expect(await store().arrivals(0, 10)).toEqual([merged]);
      const others = [early, late].map((one) => ({ ...one, meterId: OTHER }));
      await store().writeArrivals(others);
      expect(await store().arrivals(0, 10)).toEqual([merged, { ...merged, meterId: OTHER }]);
    });

    it('of one instant are never split', async () => {
      const instant = [arrival(0), arrival(0, OTHER)];
      await store().writeArrivals([...instant, arrival(1)]);
      expect(await store().arrivals(0, 1)).toEqual(instant);
      expect(await store().arrivals(0, 2)).toEqual(instant);
      expect(await store().arrivals(0, 3)).toHaveLength(3);
    });

    it('refuse an unknown meter and a broken instant', async () => {
      for (const bad of [arrival(0, 'nobody'), { ...arrival(0), toMs: 0.5 }]) {
        await expect(store().writeArrivals([bad])).rejects.toMatchObject({
          code: 'store.rejected',
        });
      }
    });
  });
}

function describeFindings(store: () => Store): void {
  describe('findings', () => {
    const finding = (change: Partial<Finding> = {}): Finding => ({
      code: 'gap',
      meterId: MAIN,
      counter,
      fromMs: T0,
      toMs: T0 + HOUR_MS,
      evidence: [
        { atMs: T0, value: 1.5 },
        { atMs: T0 + HOUR_MS, value: 12_345_678.91 },
      ],
      ...change,
    });
    const register = [MAIN, counter] as const;
    const ask = (range = ALL) => store().findings({ meterIds: [OTHER, MAIN], range });

    it('keep evidence, what is provisional and what is proposed', async () => {
      const kind = 'replacement';
      const proposal = { kind, atMs: T0, finalReading: 10.5, initialReading: 0 } as const;
      const other = { meterId: OTHER, counter: 'activeEnergyExport' } as const;
      const found = [finding(), finding({ code: 'reset', fromMs: T0 + 5, provisional: true })];
      await store().writeFindings(...register, ALL, found.toReversed());
      const proposed = finding({ ...other, code: 'replacement', proposal });
      await store().writeFindings(OTHER, other.counter, ALL, [proposed]);
      expect(await ask()).toEqual([...found, proposed]);
      const query = { meterIds: [MAIN, OTHER], range: ALL, code: 'reset' } as const;
      expect(await store().findings(query)).toEqual([found[1]]);
    });

    it('touch a range wherever they begin', async () => {
      await store().writeFindings(...register, ALL, [
        finding(),
        finding({ code: 'conflict', fromMs: T0 + DAY_MS, toMs: T0 + DAY_MS }),
      ]);
      const inside = await ask({ fromMs: T0 + 5, toMs: T0 + 6 });
      expect(inside.map(({ code }) => code)).toEqual(['gap']);
      expect(await ask({ fromMs: T0 + HOUR_MS, toMs: T0 + DAY_MS })).toEqual([]);
      expect(await ask({ fromMs: T0 + DAY_MS, toMs: T0 + DAY_MS + 1 })).toHaveLength(1);
      expect(await ask({ fromMs: T0 - 9, toMs: T0 })).toEqual([]);
    });

    it('that have vanished are withdrawn within the range, and may come back', async () => {
      const found = [0, 1, 2].map((n) =>
        finding({ fromMs: T0 + n * DAY_MS, toMs: T0 + 9 * DAY_MS }),
      );
      const range = { fromMs: T0 + DAY_MS, toMs: T0 + 3 * DAY_MS };
      await store().writeFindings(...register, ALL, found);
      const changed = { ...found[2], evidence: [] } as Finding;
      await store().writeFindings(...register, range, [changed]);
      expect(await ask()).toEqual([found[0], changed]);
      const withdrawn = { meterIds: [MAIN], range: ALL, withdrawn: true };
      expect(await store().findings(withdrawn)).toEqual([found[1]]);
      await store().writeFindings(...register, range, found.slice(1));
      expect(await ask()).toEqual(found);
      expect(await store().findings(withdrawn)).toEqual([]);
    });

    it('of another register stay; what is not of the register and range is refused', async () => {
      const exported = finding({ counter: 'activeEnergyExport' });
      await store().writeFindings(MAIN, 'activeEnergyExport', ALL, [exported]);
      await store().writeFindings(...register, ALL, []);
      expect(await ask()).toEqual([exported]);
      const range = { fromMs: T0 + 1, toMs: T0 + 2 };
      for (const [stray, within] of [
        [exported, ALL],
        [finding({ meterId: OTHER }), ALL],
        [finding(), range],
      ] as const) {
        await expect(store().writeFindings(...register, within, [stray])).rejects.toMatchObject({
          code: 'store.rejected',
        });
      }
    });
  });
}

function describeRestatements(store: () => Store): void {
  describe('restatements', () => {
    const published = [0, 1, 2].map((n) => hourRow(MAIN, T0 + n * HOUR_MS, { value: n }));
    const restated = (change: Partial<Restatement> = {}): Restatement => {
      const {
        resolution,
        startMs,
        meterId,
        counter: name,
        revision: _,
        ...row
      } = hourRow(MAIN, T0);
      const subjectKind = 'meter';
      return {
        ...{ subjectKind, subject: meterId, name, resolution, startMs, revision: 1, before: 0 },
        atMs: T0 + DAY_MS,
        cause: '补录 "迟到" 数据',
        row: { ...row, value: 7, coverage: 0.5, manual: 0.25, flags: ['gap'] },
        ...change,
      };
    };
    const hours = { meterIds: [MAIN, OTHER], resolution: 'hour', range: ALL } as const;
    const asRow = ({ row, revision, startMs }: Restatement) =>
      hourRow(MAIN, startMs, { ...row, revision });

    it('show in the place of the row they restate; the row as published stays', async () => {
      const [first, second] = [
        restated(),
        restated({ revision: 2, before: 7, atMs: T0 + 2 * DAY_MS }),
      ];
      const unknown = restated({
        startMs: T0 + HOUR_MS,
        before: null,
        row: { ...restated().row, value: null, class: 'missing', flags: [] },
      });
      await store().writeMeterConsumption(published);
      expect(await store().meterConsumption(hours)).toEqual(published);
      await store().writeRestatements([second, unknown, first]);
      expect(await store().meterConsumption(hours)).toEqual([
        asRow(second),
        asRow(unknown),
        published[2],
      ]);
      expect(await store().meterConsumption({ ...hours, published: true })).toEqual(published);
      const query = { subjectKind: 'meter', subjects: [MAIN, 'nobody'], range: ALL } as const;
      expect(await store().restatements(query)).toEqual([first, second, unknown]);
      const day = { ...query, resolution: 'day' } as const;
      expect(await store().restatements(day)).toEqual([]);
      const range = { fromMs: T0 + 1, toMs: ALL.toMs };
      expect(await store().restatements({ ...query, resolution: 'hour', range })).toEqual([
        unknown,
      ]);
    });

    it('decide which rows carry a finding', async () => {
      await store().writeMeterConsumption([
        hourRow(MAIN, T0),
        hourRow(MAIN, T0 + HOUR_MS, { flags: ['gap'] }),
      ]);
      const cleared = { ...restated().row, flags: [] };
      const flagged = restated();
      await store().writeRestatements([flagged, restated({ startMs: T0 + HOUR_MS, row: cleared })]);
      expect(await store().meterConsumption({ ...hours, flaggedOnly: true })).toEqual([
        asRow(flagged),
      ]);
    });

    it('may add a row that was not there', async () => {
      const added = restated({ before: null });
      await store().writeMeterConsumption(published.slice(1));
      await store().writeRestatements([added]);
      expect(await store().meterConsumption(hours)).toEqual([asRow(added), ...published.slice(1)]);
    });

    it('keep meters, buildings, agencies and their accounts apart', async () => {
      const { revision: _, ...row } = restated().row as Restatement['row'] & { revision?: number };
      const account: AgencyConsumption = {
        ...{ ...row, agencyId: MAIN, carrier: 'water', item: '02000' },
        ...{ resolution: 'month', startMs: T0, value: 3, revision: 0 },
      };
      const electricity: AgencyConsumption = { ...account, carrier: 'electricity', item: '01000' };
      await store().writeAgencyConsumption([account, electricity]);
      const { agencyId: __, ...rest } = account;
      await store().writeBuildingConsumption([{ ...rest, buildingId: MAIN }]);
      const change = { subjectKind: 'agency', name: 'water/02000', resolution: 'month' } as const;
      await store().writeRestatements([restated(change)]);
      const query = { resolution: 'month', range: ALL } as const;
      const agencies = await store().agencyConsumption({ ...query, agencyIds: [MAIN] });
      expect(agencies.map(({ item, value, revision }) => [item, value, revision])).toEqual([
        ['01000', 3, 0],
        ['02000', 7, 1],
      ]);
      const electric = { ...query, agencyIds: [MAIN], carrier: 'electricity' } as const;
      expect(await store().agencyConsumption(electric)).toEqual([electricity]);
      const buildings = await store().buildingConsumption({ ...query, buildingIds: [MAIN] });
      expect(buildings.map(({ value }) => value)).toEqual([3]);
    });

    it('never have revision 0, and rows never another', async () => {
      const row = hourRow(MAIN, T0, { revision: 1 });
      await expect(store().writeMeterConsumption([row])).rejects.toMatchObject({
        code: 'store.rejected',
      });
      await expect(store().writeRestatements([restated({ revision: 0 })])).rejects.toMatchObject({
        code: 'store.rejected',
      });
    });
  });
}

export function describeHistory(store: () => Store): void {
  describeColumns(store);
  describeArrivals(store);
  describeFindings(store);
  describeRestatements(store);
}
