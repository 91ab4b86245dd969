/** Meters of fine sub-items fold into the four of the accounts, each amount once, whatever stands above it. */
import { afterEach, describe, expect, it } from 'vitest';
import { assess } from '../../../../api/assessment/assess.ts';
import { accountsOn, buildingAccounts } from '../../../../api/consumption/allocation.ts';
import { recompute } from '../../../../api/consumption/recompute.ts';
import { dirtyBetween, factsOf } from '../../../../api/consumption/registry-facts.ts';
import { csvExporter } from '../../../../api/export/csv.ts';
import { DAY_MS, HOUR_MS, parsePeriod } from '../../../../domain/period.ts';
import {
  openPipeline,
  type Pipeline,
  readingsOf,
  testRegistry,
} from '../../../support/pipeline.ts';

const START_MS = Date.parse('2026-10-09T16:00:00Z');
const RANGE = { fromMs: START_MS, toMs: START_MS + DAY_MS };
const NOW_MS = RANGE.toMs + 2 * HOUR_MS;

const meter = (id: string, unit: number, rest: string) =>
  `  - { id: ${id}, name: { zh: ${id}, en: ${id} }, building: own, connection: line, unit: ${unit}, profile: eastron-sdm630, carrier: electricity, level: 3, pollSeconds: 900, maxPerHour: 100, ${rest} }\n`;

/** A station, a panel of no item below it, and a pump and a chiller below that; a pump by itself. */
const PLANT = [
  meter('station', 11, 'item: "01B10", parent: own-e'),
  meter('panel', 12, 'parent: station'),
  meter('pump', 13, 'item: "01B1A", parent: panel'),
  meter('chiller', 14, 'item: "01B1C", parent: station'),
  meter('terminals', 15, 'item: "01B20", parent: own-e'),
  meter('room', 16, 'item: "01D10", parent: own-e'),
].join('');
const IDS = ['station', 'panel', 'pump', 'chiller', 'terminals', 'room'];

const plant = (change = (text: string) => text) => testRegistry((text) => change(text + PLANT));
const metersOf = (registry = plant(), item = '01B00') =>
  accountsOn(registry, '2026-10-10')
    .filter((account) => account.agencyId === 'right' && account.item === item)
    .flatMap(({ terms }) => terms.map(({ plus }) => plus));

describe('fine sub-items in accounts', () => {
  let pipeline: Pipeline | undefined;
  afterEach(async () => {
    await pipeline?.close();
    pipeline = undefined;
  });

  it('count the topmost meter of a sub-item only, past meters of no item', () => {
    expect(metersOf()).toEqual(['station', 'terminals']);
    const building = buildingAccounts(plant(), 'own').find(({ item }) => item === '01B00');
    expect(building?.terms.map(({ plus }) => plus)).toEqual(['station', 'terminals']);
  });

  it('have no account of their own', () => {
    const items = accountsOn(plant(), '2026-10-10').map(({ item }) => item);
    expect([...new Set(items)].sort()).toEqual(['01000', '01A00', '01B00', '01D00']);
  });

  it('control: without their parents all of them count', () => {
    const loose = plant((text) => text.replaceAll(/parent: (station|panel)/g, 'parent: own-e'));
    expect(metersOf(loose)).toEqual(['station', 'pump', 'chiller', 'terminals']);
  });

  it('do not add to a whole that stands in another building, which figures follow', () => {
    const moved = plant((text) =>
      text.replace(
        'id: pump, name: { zh: pump, en: pump }, building: own',
        'id: pump, name: { zh: pump, en: pump }, building: shared',
      ),
    );
    const shared = buildingAccounts(moved, 'shared').map(({ item }) => item);
    expect(shared).not.toContain('01B00');
    const other = plant((text) =>
      text
        .replace(
          'id: pump, name: { zh: pump, en: pump }, building: own',
          'id: pump, name: { zh: pump, en: pump }, building: shared',
        )
        .replace('item: "01B10"', 'item: "01C20"'),
    );
    expect(buildingAccounts(other, 'shared').map(({ item }) => item)).toContain('01B00');
    const dirty = dirtyBetween(factsOf(moved), factsOf(other), NOW_MS);
    expect(dirty.map(({ subject }) => subject).sort()).toEqual(['own', 'shared']);
  });

  it('change the facts of a building only where the meter right above does not tell', () => {
    const rest: unknown[][] = JSON.parse(factsOf(plant()).get('building own') ?? '').rest;
    const factsOfMeter = (wanted: string) => rest.find(([id]) => id === wanted);
    expect(factsOfMeter('pump')).toEqual(['pump', 'electricity', '01B1A', 'panel', null, null]);
    expect(factsOfMeter('chiller')).toEqual(['chiller', 'electricity', '01B1C', 'station', null]);
  });

  it('fold into 01B00 in the rows of building and agencies, and in the export', async () => {
    pipeline = await openPipeline(NOW_MS, plant());
    const { context } = pipeline;
    for (const id of ['own-e', ...IDS]) {
      const perQuarter = id === 'own-e' ? 10 : id === 'station' ? 4 : 1;
      await pipeline.write(
        readingsOf(id, { fromMs: START_MS - HOUR_MS, toMs: NOW_MS }, () => perQuarter),
      );
    }
    await recompute(context, RANGE);
    const query = { resolution: 'day', range: RANGE, carrier: 'electricity' } as const;
    const amounts = (rows: readonly { item: string; value: number | null }[]) =>
      Object.fromEntries(rows.map(({ item, value }) => [item, Math.round(value ?? -1)]));
    const building = await context.store.buildingConsumption({ buildingIds: ['own'], ...query });
    // 16 kWh an hour through the station, 4 through the terminals, 4 in the data room.
    const expected = { '01000': 960, '01B00': 480, '01D00': 96 };
    const { '01000': _, ...items } = amounts(building);
    expect(items).toMatchObject({ '01B00': 480, '01D00': 96 });
    expect(amounts(building)).toMatchObject(expected);
    const agency = await context.store.agencyConsumption({ agencyIds: ['right'], ...query });
    expect(amounts(agency)).toMatchObject({ '01B00': 480, '01D00': 96 });
    expect(
      Object.keys(amounts(agency))
        .filter((item) => /^01[A-D]/.test(item))
        .sort(),
    ).toEqual(['01B00', '01D00']);

    const period = parsePeriod('2026-10', 'Asia/Shanghai');
    if (!period) throw new Error('October has a name');
    const csv = String(csvExporter.render(await assess(context, 'right', period)));
    expect(csv).toContain('\r\n01B00,空调用电,');
    expect(csv).not.toMatch(/\r\n01B1|\r\n01D10/);
  });

  it('are counted of virtual meters too, beside what these take off', () => {
    const rest = `virtualMeters:
  - { id: rest, name: { zh: 其余, en: Rest }, building: own, carrier: electricity, item: "01B1D", level: 3, parent: own-e, formula: own-e - station - terminals - room }
`;
    expect(metersOf(plant((text) => text + rest))).toEqual(['station', 'terminals', 'rest']);
  });

  it('are refused below a virtual meter that counts them again', () => {
    const twice = `virtualMeters:
  - { id: cold, name: { zh: 冷源, en: Cold }, building: own, carrier: electricity, item: "01B10", level: 2, parent: own-e, formula: pump + chiller }
`;
    const within = (text: string) => text + twice;
    expect(() => plant(within)).toThrow(/already: set the parent of cold to station/);
    const below = (text: string) =>
      within(text).replace(
        'level: 2, parent: own-e, formula',
        'level: 2, parent: station, formula',
      );
    expect(() => plant(below)).not.toThrow();
    const around = (text: string) =>
      within(text).replaceAll(/parent: (panel|station)/g, 'parent: cold');
    expect(() => plant(around)).not.toThrow();
    const loose = (text: string) =>
      within(text).replace('item: "01B1C", parent: station', 'item: "01B1C", parent: own-e');
    expect(() => plant(loose)).toThrow(/not counted in 01B00 by themselves/);
  });
});
