/** Shared buildings: tenants' meters first, the rest by dated shares; the parts add up to the mains. */
import { beforeAll, describe, expect, it } from 'vitest';
import { agencyDayRows, agencyHourRows } from '../../../../api/consumption/agency-rows.ts';
import { accountsOn } from '../../../../api/consumption/allocation.ts';
import type { AgencyConsumption, MeterConsumption } from '../../../../domain/consumption.ts';
import { HOUR_MS } from '../../../../domain/period.ts';
import { counterOf, isCounting, type Registry } from '../../../../registry/registry.ts';
import { demoRegistry } from '../../../support/registry.ts';

const START_MS = Date.parse('2026-10-05T16:00:00Z');
const RANGE = { fromMs: START_MS, toMs: START_MS + 24 * HOUR_MS };
let registry: Registry;

beforeAll(async () => {
  registry = await demoRegistry();
});

/** Rows as if each meter counted `amountOf(id)` every hour; `undefined` leaves the meter unknown. */
function hours(amountOf: (id: string) => number | undefined): MeterConsumption[] {
  return registry.meters.filter(isCounting).flatMap((meter) =>
    Array.from({ length: 24 }, (_, hour) => {
      const value = amountOf(meter.id) ?? null;
      const share = value === null ? 0 : 1;
      return {
        meterId: meter.id,
        counter: counterOf(meter),
        resolution: 'hour' as const,
        startMs: START_MS + hour * HOUR_MS,
        value,
        coverage: share,
        manual: 0,
        estimated: 0,
        known: share,
        class: value === null ? ('missing' as const) : ('measured' as const),
        flags: [],
        ruleVersion: 1,
        revision: 0,
      };
    }),
  );
}

function find(
  rows: readonly AgencyConsumption[],
  agencyId: string,
  item: string,
  startMs = START_MS,
) {
  return rows.find(
    (row) => row.agencyId === agencyId && row.item === item && row.startMs === startMs,
  );
}

const amountOf = (id: string) =>
  id.includes('-w-')
    ? 5
    : id.endsWith('-e')
      ? 100
      : id.endsWith('-e-d')
        ? 40
        : id.endsWith('-dc')
          ? 10
          : 20;

describe('allocation', () => {
  it('gives a tenant its own meter and the shared rest by area', () => {
    const rows = agencyHourRows(registry, hours(amountOf), RANGE);
    // 100 on the main, of which 10 is the data room of the statistics bureau.
    expect(find(rows, 'baiyan-tjj', '01000')?.value).toBeCloseTo(10 + 90 * 0.253, 9);
    expect(find(rows, 'baiyan-czj', '01000')?.value).toBeCloseTo(90 * 0.4, 9);
    expect(find(rows, 'baiyan-tjj', '01D00')?.value).toBeCloseTo(10 + 30 * 0.253, 9);
    expect(find(rows, 'cangsong-jyj', '02000')?.value).toBeCloseTo(5 + (20 - 15) * 0.4, 9);
  });

  it('adds up: the units of a building make its main, the bureau makes all mains', () => {
    const rows = agencyHourRows(registry, hours(amountOf), RANGE);
    const units = ['baiyan-fgj', 'baiyan-czj', 'baiyan-tjj'].map(
      (id) => find(rows, id, '01000')?.value ?? Number.NaN,
    );
    expect(units.reduce((a, b) => a + b)).toBeCloseTo(100, 9);
    expect(find(rows, 'bureau', '01000')?.value).toBeCloseTo(800, 9);
    expect(find(rows, 'baiyan', '01000')?.value).toBeCloseTo(200, 9);
  });

  it('does not guess the rest of a building whose tenant meter is silent', () => {
    const rows = agencyHourRows(
      registry,
      hours((id) => (id.endsWith('-dc') ? undefined : amountOf(id))),
      RANGE,
    );
    const row = find(rows, 'baiyan-czj', '01000');
    expect(row).toMatchObject({ value: null, coverage: 0, class: 'missing' });
    const parent = find(rows, 'bureau', '01000');
    expect(parent?.class).toBe('partial');
    expect(parent?.known).toBeLessThan(1);
    expect(parent?.value).toBeCloseTo(700, 9);
  });

  it('control: with shares that do not add up the parts no longer make the whole', () => {
    const [first, ...rest] = registry.buildings;
    if (!first) throw new Error('the demo has buildings');
    const occupancy = first.occupancy.map((entry) => ({
      ...entry,
      shares: { ...entry.shares, 'baiyan-czj': 0.3 },
    }));
    const skewed = { ...registry, buildings: [{ ...first, occupancy }, ...rest] };
    const rows = agencyHourRows(skewed, hours(amountOf), RANGE);
    expect(find(rows, 'bureau', '01000')?.value).not.toBeCloseTo(800, 3);
  });

  it('sums days of hours with their shares', () => {
    const rows = agencyDayRows(
      agencyHourRows(registry, hours(amountOf), RANGE),
      RANGE,
      'Asia/Shanghai',
    );
    expect(find(rows, 'bureau', '01000')).toMatchObject({
      resolution: 'day',
      coverage: 1,
      class: 'measured',
    });
    expect(find(rows, 'bureau', '01000')?.value).toBeCloseTo(800 * 24, 6);
  });

  it('has an account of every unit for electricity, water and heat', () => {
    const accounts = accountsOn(registry, '2026-10-06');
    for (const unit of registry.agencies.filter(({ tier }) => tier === 'unit')) {
      const carriers = new Set(
        accounts.filter(({ agencyId }) => agencyId === unit.id).map(({ carrier }) => carrier),
      );
      expect([...carriers]).toEqual(expect.arrayContaining(['electricity', 'water', 'heat']));
    }
  });
});
