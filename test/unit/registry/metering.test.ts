/** Metering points, limits, plates and verifications: what does not fit is named with its line. */
import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../registry/fault.ts';
import { carriersOf } from '../../../registry/metering-points.ts';
import { demoRegistry, registryOf } from '../../support/registry.ts';

const METER =
  'connection: line, profile: eastron-sdm630, carrier: electricity, pollSeconds: 60, maxPerHour: 100';
const BASE = `region: { id: test, name: { zh: 测试, en: Test }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
stations: [{ id: air, name: { zh: 站, en: Station }, latitudeDeg: 40, longitudeDeg: 111 }]
agencies: [{ id: left, name: { zh: 左, en: Left }, tier: unit }, { id: right, name: { zh: 右, en: Right }, tier: unit }]
buildings: [{ id: house, name: { zh: 楼, en: House }, code: 159102A001, station: air, floorM2: 1000, occupancy: [{ from: 2024-01-01, basis: fixed, shares: { left: 0.5, right: 0.5 } }] }]
connections: [{ id: line, kind: modbus-tcp, host: 127.0.0.1, port: 502 }]
virtualMeters: [{ id: rest, name: { zh: 余, en: Rest }, building: house, carrier: electricity, level: 2, parent: main, formula: main - room }]
`;
const METERS = `meters:
  - { id: main, name: { zh: 总, en: Main }, building: house, level: 1, unit: 1, ${METER} }
  - { id: room, name: { zh: 房, en: Room }, building: house, level: 2, parent: main, unit: 2, ${METER} }
  - { id: own, name: { zh: 自, en: Own }, building: house, level: 3, parent: main, agency: left, unit: 3, ${METER} }
`;

function faultsOf(more: string, meters = METERS): string[] {
  return registryOf({ 'a.yaml': `${BASE}${meters}${more}` }).faults.map(formatFault);
}

const point = (facts: string, id = 'p') =>
  `  - { id: ${id}, name: { zh: 点, en: Point }, building: house, ${facts} }\n`;
const points = (...facts: readonly string[]) =>
  faultsOf(`meteringPoints:\n${facts.map((one, index) => point(one, `p${index}`)).join('')}`);

describe('metering points', () => {
  it('are accepted with and without meters', () => {
    expect(
      points(
        'place: building, level: 1, meters: { electricity: main }',
        'place: zone, level: 2, ratedKw: 12, from: 2024-01-01, until: 2026-01-01, meters: { electricity: room }',
        'place: data-room, level: 3, agency: left, carriers: [electricity], meters: { electricity: own }',
        'place: boiler, level: 3, carriers: [gas]',
      ),
    ).toEqual([]);
  });

  it('name a building, an agency and meters that are there', () => {
    const [meter] = points('place: zone, level: 2, meters: { electricity: rooom }');
    expect(meter).toBe(
      "a.yaml:12 meteringPoints[0].meters.electricity: expected a name listed under meters, found 'rooom'; did you mean 'room'?",
    );
    const [agency] = points('place: zone, level: 2, agency: lefd');
    expect(agency).toContain("agencies, found 'lefd'; did you mean 'left'?");
  });

  it('have installed meters only, each at one point', () => {
    expect(points('place: zone, level: 2, meters: { electricity: rest }')[0]).toContain(
      "expected a meter that is installed: a formula is none, found 'rest'",
    );
    const both = 'place: zone, level: 2, meters: { electricity: room }';
    expect(points(both, both)).toEqual([
      expect.stringContaining("expected a meter of its own, found 'room', which p0 has"),
    ]);
  });

  it('have meters of the carrier, level and agency', () => {
    expect(points('place: canteen, level: 2, meters: { water: room }')[0]).toContain(
      "expected a meter of water, found 'room', a meter of electricity",
    );
    expect(points('place: zone, level: 2, meters: { water: room }')[0]).toContain(
      "expected a carrier the point needs (electricity), found 'water'",
    );
    expect(points('place: zone, level: 2, meters: { electricity: main }')[0]).toContain(
      "expected a meter of level 2 or 3, found 'main' of level 1",
    );
    expect(points('place: building, level: 1, meters: { electricity: room }')[0]).toContain(
      "expected a meter of level 1, found 'room' of level 2",
    );
    // The meter of one tenant measures neither what is common nor what another one has.
    for (const owner of ['', ', agency: right']) {
      const facts = `place: zone, level: 2${owner}, meters: { electricity: own }`;
      expect(points(facts)[0], owner).toContain("expected 'left', which alone answers for own");
    }
  });

  it('have meters that their agency shares, where it is shared otherwise than the building', () => {
    const shared = METERS.replace(
      'level: 2, parent: main, unit: 2,',
      'level: 2, parent: main, unit: 2, shares: [{ from: 2024-01-01, basis: fixed, shares: { right: 1 } }],',
    );
    expect(shared).not.toBe(METERS);
    const of = (agency: string) =>
      faultsOf(
        `meteringPoints:\n${point(`agency: ${agency}, place: zone, level: 2, meters: { electricity: room }`)}`,
        shared,
      );
    expect(of('left')[0]).toContain("expected an agency that shares room (right), found 'left'");
    expect(of('right')).toEqual([]);
  });

  it('have a level of their place, carriers, and an end after their beginning', () => {
    expect(points('place: lifts, level: 2')[0]).toContain('expected level 3 of lifts, found 2');
    expect(points('place: boiler, level: 3')[0]).toContain(
      'expected carriers, since boiler does not say which',
    );
    expect(points('place: zone, level: 2, from: 2026-01-01, until: 2026-01-01')[0]).toContain(
      'expected a date after 2026-01-01',
    );
  });

  it('need what their place needs, or what they say themselves', () => {
    expect(carriersOf({ place: 'canteen' })).toEqual(['electricity', 'water', 'gas']);
    expect(carriersOf({ place: 'canteen', carriers: ['water', 'water'] })).toEqual(['water']);
  });
});

describe('plates and verifications', () => {
  const main = (facts: string) => faultsOf('', METERS.replace('level: 1,', `level: 1, ${facts},`));

  it('are accepted as plates show them', () => {
    expect(
      main(
        'accuracyClass: 0.5S, serialNumber: A1, verification: [{ on: 2024-01-01, until: 2026-01-01 }, { on: 2025-12-01, until: 2028-01-01, certificate: X 1 }]',
      ),
    ).toEqual([]);
  });

  it('have a class and a diameter of their carrier', () => {
    expect(main('accuracyClass: "2.5"')[0]).toContain(
      "expected a class of electricity: 0.2S, 0.5S, 0.2, 0.5, 1, 2, found '2.5'",
    );
    expect(main('diameterMm: 50')[0]).toContain(
      "expected a meter of water or gas, found 'electricity'",
    );
  });

  it('go forward in time', () => {
    const [order] = main(
      'verification: [{ on: 2024-01-01, until: 2026-01-01 }, { on: 2023-12-01, until: 2028-01-01 }]',
    );
    expect(order).toContain('meters[0].verification[1].on: expected a date after 2024-01-01');
    const [end] = main('verification: [{ on: 2024-01-01, until: 2023-01-01 }]');
    expect(end).toContain('verification[0].until: expected a date after 2024-01-01');
  });
});

describe('limits of metering', () => {
  const limit = (facts: string, id = 'one') =>
    `  - { id: ${id}, from: 2020-01-01, source: none, verified: false, ${facts} }\n`;

  it('are one of a kind from a date on, in classes of their carrier', () => {
    const rate = 'kind: rate, level: 2, carrier: water, percent: 95';
    expect(faultsOf(`meteringLimits:\n${limit(rate)}`)).toEqual([]);
    expect(faultsOf(`meteringLimits:\n${limit(rate)}${limit(rate, 'two')}`)[0]).toContain(
      'expected a date other than that of one, a limit of the same',
    );
    const accuracy = 'kind: accuracy, carrier: heat, accuracyClass: 0.5S, aboveMm: 50, upToMm: 50';
    expect(faultsOf(`meteringLimits:\n${limit(accuracy)}`)).toEqual([
      expect.stringContaining('expected a class of heat: 1, 2, 3'),
      expect.stringContaining('expected more than aboveMm, 50, found 50'),
    ]);
  });

  it('of the demo say which were seen and which are recalled', async () => {
    const { meteringLimits } = await demoRegistry();
    const seen = meteringLimits.filter(({ verified }) => verified).map(({ id }) => id);
    expect(seen).toEqual(['rate-unit', 'rate-zone', 'rate-item']);
    for (const { verified, source } of meteringLimits) {
      expect(verified || /未核验/.test(source), source).toBe(true);
    }
  });
});
