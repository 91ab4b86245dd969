/** A registry with many faults tells all of them at once, each with its place and what was expected. */
import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../registry/fault.ts';
import { demoRegistry, registryOf } from '../../support/registry.ts';

const SOUND = `
region: { id: test, name: { zh: 测试, en: Test }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
stations:
  - { id: station, name: { zh: 站, en: Station }, latitudeDeg: 40, longitudeDeg: 111 }
agencies:
  - { id: bureau, name: { zh: 局, en: Bureau }, tier: region }
  - { id: office, name: { zh: 办公室, en: Office }, tier: unit, parent: bureau }
buildings:
  - id: house
    name: { zh: 楼, en: House }
    code: 150102A001
    station: station
    floorM2: 1000
    occupancy: [{ from: 2024-01-01, basis: sole, shares: { office: 1 } }]
connections:
  - { id: line, kind: modbus-tcp, host: 127.0.0.1, port: 502 }
meters:
  - { id: main, name: { zh: 总表, en: Main }, building: house, connection: line, unit: 1, profile: eastron-sdm630, carrier: electricity, item: "01000", level: 1, pollSeconds: 10, maxPerHour: 100 }
`;

const FAULTY = `region: { id: test, name: { zh: 测试, en: Test }, zone: Asia/Kolkata, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
`;

describe('registry', () => {
  it('accepts a sound one', () => {
    expect(registryOf({ 'a.yaml': SOUND }).faults).toEqual([]);
  });

  it('lets a meter count by its power where the profile shows it, and only there', () => {
    const power = SOUND.replace('pollSeconds: 10', 'counts: power, pollSeconds: 10');
    expect(registryOf({ 'a.yaml': power }).faults).toEqual([]);
    const solar = power.replace('carrier: electricity, item: "01000"', 'carrier: solar');
    expect(registryOf({ 'a.yaml': solar }).faults.map(({ path }) => path)).toEqual([
      'meters[0].counts',
    ]);
  });

  it('ships a demo region of the promised size', async () => {
    const registry = await demoRegistry();
    const tiers = Map.groupBy(registry.agencies, ({ tier }) => tier);
    expect([...tiers].map(([tier, list]) => [tier, list.length])).toEqual([
      ['region', 1],
      ['league', 2],
      ['banner', 4],
      ['unit', 12],
    ]);
    expect(registry.buildings).toHaveLength(8);
    const shared = registry.buildings.filter(
      ({ occupancy }) => Object.keys(occupancy[0]?.shares ?? {}).length > 1,
    );
    expect(shared).toHaveLength(2);
    expect(registry.meters.length).toBeGreaterThanOrEqual(40);
  });

  it('prints ten and more different faults at once, each at its line', () => {
    const broken = SOUND.replace('station: station', 'station: statoin')
      .replace('parent: bureau', 'parent: bureu')
      .replace('shares: { office: 1 }', 'shares: { office: 0.9 }')
      .replace('floorM2: 1000', 'floorM2: 1000\n    heatedM2: 900\n    solarKwp: 10')
      .replace(
        /meters:\n.*\n/,
        `meters:
  - { id: main, name: { zh: 总表, en: Main }, building: huose, connection: line, unit: 1, profile: eastron-smd630, carrier: electricity, item: "02000", level: 1, pollSeconds: 10, maxPerHour: 100 }
  - { id: main, name: { zh: 分表, en: Sub }, building: house, connection: line, unit: 1, profile: tuf-2000m, carrier: heat, level: 2, parent: main, pollSeconds: 10, maxPerHour: 100 }
  - { id: loop, name: { zh: 环, en: Loop }, building: house, connection: line, unit: 3, profile: eastron-sdm630, carrier: electricity, level: 2, parent: loop, pollSeconds: 10, maxPerHour: 100 }
`,
      );
    const { faults } = registryOf({ 'site.yaml': broken });
    const lines = faults.map(formatFault);
    expect(lines).toEqual([
      "site.yaml:7 agencies[1].parent: expected a name listed under agencies, found 'bureu'; did you mean 'bureau'?",
      "site.yaml:12 buildings[0].station: expected a name listed under stations, found 'statoin'; did you mean 'station'?",
      'site.yaml:16 buildings[0].occupancy[0].shares: expected shares that add up to 1, found a sum of 0.9',
      "site.yaml:20 meters[0].building: expected a name listed under buildings, found 'huose'; did you mean 'house'?",
      "site.yaml:20 meters[0].profile: expected a known meter profile, found 'eastron-smd630'; did you mean 'eastron-sdm630'?",
      "site.yaml:20 meters[0].item: expected an item of electricity (01…), found '02000'",
      "site.yaml:21 meters[1].id: expected an id used once (first at site.yaml:20), found 'main'",
      "site.yaml:21 meters[1].profile: expected a profile with the register heatEnergy, found 'tuf-2000m', which has volumeFlow, volume, supplyTemperature, returnTemperature",
      'site.yaml:21 meters[1].unit: expected an address of its own on line, found 1, which main has',
      "site.yaml:21 meters[1].parent: expected a meter of heat, found 'main', a meter of electricity",
      "site.yaml:21 meters[1].parent: expected a tree, found a circle through 'main'",
      "site.yaml:22 meters[2].parent: expected a tree, found a circle through 'loop'",
    ]);
  });

  it('names the line and the found value of a fault of shape', () => {
    const { faults } = registryOf({
      'region.yaml': FAULTY,
      'more.yaml': 'agencies:\n  - id: A b\n    teir: unit\n',
    });
    expect(faults.map(formatFault)).toEqual([
      "more.yaml:2 agencies[0].id: expected a slug: a–z, 0–9, - and _, a letter first, found 'A b'",
      'more.yaml:2 agencies[0].name: expected object, found nothing',
      'more.yaml:2 agencies[0].tier: expected one of "region"|"league"|"banner"|"unit", found nothing',
      "more.yaml:3 agencies[0].teir: expected a known key, found 'teir'",
      "region.yaml:1 region.zone: expected an IANA time zone whose clocks differ from UTC by whole hours, found 'Asia/Kolkata'",
    ]);
  });

  it('knows lines and groups', () => {
    const lines = SOUND.replace(
      'port: 502 }',
      `port: 502 }
  - { id: same, kind: rtu-over-tcp, host: 127.0.0.1, port: 502 }
  - { id: tty, kind: serial-rtu, path: /dev/ttyS0, baud: 9600, parity: none, stopBits: 1 }
  - { id: again, kind: serial-ascii, path: /dev/ttyS0, baud: 9600, parity: even, stopBits: 1 }`,
    );
    const grouped = lines.replace(
      'pollSeconds: 10',
      'pollSeconds: 10, groups: { counters: 300, gauge: 60, gauges: 5 }',
    );
    expect(registryOf({ 'a.yaml': grouped }).faults.map(formatFault)).toEqual([
      "a.yaml:17 connections[1].host: expected a line of its own; meters of one line belong to one connection, line, found '127.0.0.1:502'",
      "a.yaml:19 connections[3].path: expected a line of its own; meters of one line belong to one connection, tty, found '/dev/ttyS0'",
      "a.yaml:21 meters[0].groups.gauge: expected a group of eastron-sdm630, found 'gauge'; did you mean 'gauges'?",
      'a.yaml:21 meters[0].groups.gauges: expected at least pollSeconds, 10: a group is read with a poll, found 5',
    ]);
  });

  it('knows the units of a serial line', () => {
    const onLine = (unit: number) =>
      SOUND.replace('kind: modbus-tcp', 'kind: rtu-over-tcp').replace('unit: 1', `unit: ${unit}`);
    for (const unit of [1, 247]) expect(registryOf({ 'a.yaml': onLine(unit) }).faults).toEqual([]);
    for (const unit of [0, 248]) {
      expect(registryOf({ 'a.yaml': onLine(unit) }).faults.map(formatFault)).toEqual([
        `a.yaml:18 meters[0].unit: expected 1 to 247 on rtu-over-tcp, found ${unit}`,
      ]);
    }
    expect(registryOf({ 'a.yaml': SOUND.replace('unit: 1', 'unit: 255') }).faults).toEqual([]);
  });

  it('reports a YAML syntax error with its line', () => {
    const { faults } = registryOf({ 'bad.yaml': 'agencies:\n  - id: [\n' });
    expect(faults[0]).toMatchObject({ file: 'bad.yaml', expected: 'valid YAML' });
    expect(faults[0]?.line).toBeGreaterThanOrEqual(2);
  });
});
