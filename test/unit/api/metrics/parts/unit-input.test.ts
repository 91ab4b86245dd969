/** A unit seen from above has its own people, entries and meters, and nobody else's. */
import { describe, expect, it } from 'vitest';
import type { UnitAccount } from '../../../../../api/metrics/input.ts';
import { registeredUnits, unitInputs } from '../../../../../api/metrics/parts/unit-input.ts';
import { buildingsOf } from '../../../../../api/occupancy.ts';
import { type CountingMeter, isCounting } from '../../../../../registry/registry.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../../support/ledger-entries.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { demoRegistry } from '../../../../support/registry.ts';

const registry = await demoRegistry();
const base = metricInput();
const range = base.elapsed;
const roof = (building: string, agency?: string): AnyEntry =>
  entry('roof', range, {
    building,
    date: '2026-01-01',
    installableM2: 100,
    pvM2: 0,
    ...(agency === undefined ? {} : { agency }),
  });
const bill = (meter: string): AnyEntry =>
  entry('bill', range, {
    meter,
    firstDay: '2026-10-12',
    lastDay: '2026-10-18',
    quantity: 1,
    unit: 'kWh',
    costYuan: 1,
  } as never);

/** The district centre above four units in two buildings, as its account would be loaded. */
function district() {
  const agency = registry.agency('baiyan');
  const account = (id: string): UnitAccount => ({
    agency: registry.agency(id),
    total: () => undefined,
  });
  const meters = registry.meters.filter((meter): meter is CountingMeter => isCounting(meter));
  const amount = { value: 1, coverage: 1, manual: 0, estimated: 0, known: 1 };
  return {
    ...base,
    agency,
    registry,
    buildings: buildingsOf(registry, agency, range.fromMs),
    units: ['baiyan-fgj', 'baiyan-fy', 'baiyan'].map(account),
    meterAmounts: (carrier: string) =>
      meters.filter((meter) => meter.carrier === carrier).map((meter) => ({ meter, amount })),
    records: recordsFrom([
      roof('baiyan-center'),
      roof('baiyan-court'),
      roof('baiyan-court', 'baiyan-fgj'),
      bill('baiyan-court-e'),
    ]),
  };
}

describe('units from above', () => {
  it('are those without any below; what holds their sum is not one of them', () => {
    expect(registeredUnits(district()).map(({ id }) => id)).toEqual([
      'baiyan-fgj',
      'baiyan-czj',
      'baiyan-tjj',
      'baiyan-fy',
    ]);
    expect(unitInputs(district()).map(({ agency }) => agency.id)).toEqual([
      'baiyan-fgj',
      'baiyan-fy',
    ]);
  });

  it('have their own people and areas, by definition', () => {
    const [fgj] = unitInputs(district());
    expect(fgj?.persons()).toBe(62);
    expect(fgj?.persons('quota')).toBeUndefined();
    expect([fgj?.area('floorM2'), fgj?.area('greenM2')]).toEqual([2600, 320]);
  });

  it('see entries in their name, and those of their buildings and meters in nobody’s', () => {
    const [fgj, fy] = unitInputs(district());
    expect(fgj?.records('roof').map(({ body }) => body)).toEqual([
      expect.objectContaining({ building: 'baiyan-center' }),
      expect.objectContaining({ agency: 'baiyan-fgj' }),
    ]);
    expect(fy?.records('roof')).toHaveLength(1);
    expect([fgj?.records('bill').length, fy?.records('bill').length]).toEqual([0, 1]);
  });

  it('see the meters of the buildings they occupy', () => {
    const [fgj, fy] = unitInputs(district());
    const buildings = (unit: typeof fgj) => [
      ...new Set(unit?.meterAmounts('electricity').map(({ meter }) => meter.building)),
    ];
    expect(buildings(fgj)).toEqual(['baiyan-center']);
    expect(buildings(fy)).toEqual(['baiyan-court']);
  });
});
