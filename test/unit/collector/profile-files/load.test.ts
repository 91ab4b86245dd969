/** Profiles of a site: a file in a folder is polled like a shipped one, a wrong one says what and where. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCollector } from '../../../../collector/collector.ts';
import { lintProfile } from '../../../../collector/profile-files/lint.ts';
import { lintProfiles, loadProfiles } from '../../../../collector/profile-files/load.ts';
import { styleOfProfile } from '../../../../collector/profile-files/style.ts';
import { PROFILES } from '../../../../collector/profiles/index.ts';
import type { CollectorRecord } from '../../../../collector/recorder.ts';
import { messageOf } from '../../../../domain/errors.ts';
import { createRegistry } from '../../../../registry/registry.ts';
import { startSimulators } from '../../../../simulators/index.ts';
import { demoRegistry } from '../../../support/registry.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-profiles-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const SITE_METER = `id: site-meter
vendor: Site
model: Own gateway
status: unverified
source: register list of the site's own gateway, revision 2
protocol: modbus
functionCode: 4
order: DCBA
maxRegisters: 40
points:
  powerFactor: { address: 5, functionCode: 1, type: bit, unit: "1", range: [0, 1] }
  voltageL1: { address: 0x10, type: int16, unit: V, exponent: { address: 0x12, type: int16 }, range: [0, 500] }
  activeEnergyImport: { address: 0x20, functionCode: 3, type: bcd32, order: ABCD, unit: kWh, scale: 0.1 }
`;

async function messageFor(files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return loadProfiles(folder).then(
    () => '',
    (error: unknown) => messageOf(error),
  );
}

describe('loadProfiles', () => {
  it('has the shipped profiles when there is no folder', async () => {
    const { profiles, catalogue } = await loadProfiles();
    expect([...profiles.keys()]).toEqual(PROFILES.map(({ id }) => id));
    expect([...catalogue.keys()]).toEqual([...profiles.keys()]);
  });

  it('takes groups of an OPC UA point list', async () => {
    const listed = PROFILES.find(({ protocol }) => protocol === 'opcua');
    const groups = { slow: ['supplyTemperature', 'returnTemperature'] };
    const profile = { ...listed, id: 'site-points', groups };
    await writeFile(join(folder, 'site-points.json'), JSON.stringify(profile, null, 2));
    const { catalogue } = await loadProfiles(folder);
    expect(catalogue.get('site-points')?.groups).toEqual(['counters', 'gauges', 'slow']);
  });

  it('adds YAML and JSON files, with what the registry may know of them', async () => {
    const other = { ...PROFILES.find(({ id }) => id === 'abb-b23'), id: 'site-b23' };
    await writeFile(join(folder, 'site-meter.yaml'), SITE_METER);
    await writeFile(join(folder, 'site-b23.json'), JSON.stringify(other, null, 2));
    const { profiles, catalogue } = await loadProfiles(folder);
    expect(profiles.size).toBe(PROFILES.length + 2);
    expect(profiles.get('site-b23')).toEqual(other);
    expect(catalogue.get('site-meter')?.counters.activeEnergyImport).toEqual({
      resolution: 0.1,
      modulus: 10_000_000,
    });
  });

  it('tells all faults of all files at once, each with its line', async () => {
    const message = await messageFor({
      'a.yaml': SITE_METER.replace('unit: kWh', 'unit: kW')
        .replace('0x10', '0x1ffff')
        .replace('type: bcd32', 'type: bcd33'),
      'b.yaml': SITE_METER.replace('id: site-meter', 'id: abb-b23').replace(
        'voltageL1: { address',
        'voltageL1: { colour: red, address',
      ),
      'c.json': '{ "id": ',
      'd.yaml': SITE_METER.replace('activeEnergyImport', 'activeEnergyImprt'),
      'e.yaml': SITE_METER.replace('id: site-meter', 'id: abb-b23').replace('unit: V', 'unit: A'),
    });
    expect(message).toMatch(/a\.yaml:12 points\.voltageL1\.address: expected .*found 131071/);
    expect(message).toMatch(
      /a\.yaml:13 points\.activeEnergyImport\.type: expected .*found 'bcd33'; did you mean 'bcd32'/,
    );
    expect(message).toMatch(/b\.yaml:12 points\.voltageL1\.colour: expected a known key/);
    expect(message).toMatch(/c\.json:1 /);
    expect(message).toMatch(/d\.yaml:13 points\.activeEnergyImprt: expected a known key/);
    expect(message).toMatch(
      /e\.yaml:1 id: expected an id of its own \(a shipped profile has it\), found 'abb-b23'/,
    );
    expect(message).toMatch(/e\.yaml:12 points\.voltageL1\.unit: expected a unit of voltageL1/);
  });

  it('names a folder that is not there', async () => {
    await expect(loadProfiles(join(folder, 'nowhere'))).rejects.toThrow(/readable folder.*nowhere/);
  });

  it.each(['modbus-tcp', 'rtu-over-tcp'] as const)(
    'makes the collector read a meter of it over %s',
    async (kind) => {
      await writeFile(join(folder, 'site-meter.yaml'), SITE_METER);
      const { profiles, catalogue } = await loadProfiles(folder);
      const demo = await demoRegistry();
      const connection = demo.connections.find((candidate) => candidate.kind === kind);
      const [first] = demo
        .metersOn(connection?.id ?? '')
        .filter(({ carrier }) => carrier === 'electricity');
      if (!connection || !first)
        throw new Error('the demo has no electricity meter on this kind of bus');
      const { parent: _, ...meter } = first;
      const small = {
        ...demo,
        connections: [connection],
        meters: [{ ...meter, profile: 'site-meter', pollSeconds: 1, replacements: [] }],
      };
      const simulators = await startSimulators({
        registry: createRegistry(small, catalogue),
        profiles,
        ports: 'ephemeral',
        pkiFolder: folder,
      });
      const records: CollectorRecord[] = [];
      const collector = createCollector({
        registry: simulators.registry,
        profiles,
        recorder: { record: (record) => records.push(record), flush: async () => {} },
      });
      await collector.start();
      const readings = () => records.filter((record) => record.kind === 'reading');
      await vi.waitFor(() => expect(readings().length).toBeGreaterThan(0), 10_000);
      await collector.stop();
      await simulators.stop();
      const reading = readings()[0]?.reading;
      const shown = simulators.truth.meter(meter.id).valuesAt(reading?.atMs ?? 0);
      expect(reading?.values.activeEnergyImport).toBeCloseTo(shown.activeEnergyImport ?? 0, 1);
      // A coil: 0.9-something rounds to a set bit.
      expect(reading?.values.powerFactor).toBe(1);
      expect(reading?.values.voltageL1).toBeCloseTo(shown.voltageL1 ?? 0, -1);
    },
  );
});

describe('lintProfile', () => {
  const point = { address: 0, type: 'uint16', unit: 'V' } as const;
  const base = PROFILES.find(({ id }) => id === 'abb-b23');
  if (base?.protocol !== 'modbus') throw new Error('no abb-b23');
  const linted = (over: object) =>
    lintProfile({ ...base, ...over }).map(({ at, expected }) => `${at.join('.')}: ${expected}`);

  it.each([
    { name: 'no points', over: { points: {} }, fault: /points: at least one/ },
    {
      name: 'a bit number on a whole register',
      over: { points: { voltageL1: { ...point, bit: 3 } } },
      fault: /voltageL1\.bit: nothing/,
    },
    {
      name: 'a register type in a table of bits',
      over: { points: { voltageL1: { ...point, functionCode: 1 } } },
      fault: /voltageL1\.type: bit/,
    },
    {
      name: 'registers that run into each other',
      over: {
        points: { voltageL1: { ...point, type: 'uint32' }, voltageL2: { ...point, address: 1 } },
      },
      fault: /voltageL2\.address: registers apart from voltageL1/,
    },
    {
      name: 'a value at the end of the addresses',
      over: { points: { voltageL1: { ...point, type: 'uint32', address: 0xffff } } },
      fault: /voltageL1\.address/,
    },
    {
      name: 'an exponent too far away to be read along',
      over: { points: { voltageL1: { ...point, exponent: { address: 200, type: 'int16' } } } },
      fault: /voltageL1: registers one legal read can hold/,
    },
    {
      name: 'a float counter of unknown step',
      over: { points: { activeEnergyImport: { ...point, type: 'float32', unit: 'kWh' } } },
      fault: /resolution: the smallest step/,
    },
    {
      name: 'a unit code of another dimension',
      over: {
        points: {
          voltageL1: {
            ...point,
            unitCode: { address: 1, type: 'uint16', codes: { 1: { unit: 'A' }, x: { unit: 'V' } } },
          },
        },
      },
      fault: /codes\.1\.unit: a unit of voltageL1.*codes\.x: a whole number/s,
    },
    {
      name: 'a rollover where other registers scale',
      over: {
        points: {
          volume: {
            ...point,
            unit: 'm³',
            modulus: 100,
            factor: { address: 1, type: 'uint16' },
          },
        },
      },
      fault: /modulus: nothing/,
    },
    {
      name: 'a range upside down',
      over: { points: { voltageL1: { ...point, range: [500, 0] } } },
      fault: /range: the smaller/,
    },
  ])('finds $name', ({ over, fault }) => {
    expect(linted({}), 'the profile without it (control)').toEqual([]);
    expect(linted(over).join('\n')).toMatch(fault);
  });

  it('holds the house style apart from faults', () => {
    const untidy = {
      ...base,
      source: 'heard from a friend of ours',
      quirks: ['ends in a full stop.'],
      points: {
        voltageL2: { ...point, address: 9 },
        voltageL1: { unit: 'V', address: 0, type: 'uint16' },
      },
    } as const;
    expect(lintProfile(untidy)).toEqual([]);
    expect(styleOfProfile(base)).toEqual([]);
    expect(styleOfProfile(untidy).map(({ at }) => at.join('.'))).toEqual([
      'source',
      'quirks.0',
      'points.voltageL2.range',
      'points.voltageL1.address',
      'points.voltageL1.range',
      'points.voltageL1.address',
    ]);
  });

  it('looks at the shipped profiles and at a folder', async () => {
    expect(await lintProfiles()).toEqual({ checked: PROFILES.length, faults: [] });
    await writeFile(
      join(folder, 'x.yaml'),
      SITE_METER.replace('0x10', '0x30').replace('0x12', '0x32'),
    );
    const { checked, faults } = await lintProfiles(folder);
    expect(checked).toBe(PROFILES.length + 1);
    expect(faults).toEqual([]);
  });
});
