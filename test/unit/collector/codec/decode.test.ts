/** What registers mean, and what they must not be taken for. */
import { describe, expect, it } from 'vitest';
import { compileBlock, type Values } from '../../../../collector/codec/decode.ts';
import { encodeImage } from '../../../../collector/codec/encode.ts';
import { planReads } from '../../../../collector/codec/plan.ts';
import { defineMeterProfile, type ModbusProfile } from '../../../../collector/profile.ts';
import { abbB23 } from '../../../../collector/profiles/abb-b23.ts';
import { eastronSdm630 } from '../../../../collector/profiles/eastron-sdm630.ts';
import { tuf2000m } from '../../../../collector/profiles/tuf-2000m.ts';

function profileWith(
  points: ModbusProfile['points'],
  order: 'ABCD' | 'CDAB' = 'ABCD',
): ModbusProfile {
  return defineMeterProfile({
    id: 'bench',
    vendor: 'none',
    model: 'none',
    status: 'unverified',
    source: 'made for this test only',
    protocol: 'modbus',
    functionCode: 3,
    order,
    maxRegisters: 125,
    points,
  });
}

function decode(profile: ModbusProfile, hex: string): Values {
  const [block] = planReads(profile, 'tcp');
  if (!block) throw new Error('the profile has no block');
  const values: Values = {};
  compileBlock(profile, block)(Buffer.from(hex.replaceAll(' ', ''), 'hex'), values);
  return values;
}

describe('compileBlock', () => {
  it.each([
    { name: 'scale as a division', type: 'uint16', scale: 0.1, hex: '0903', expected: 230.7 },
    { name: 'the short decimal of a float', type: 'float32', hex: '4366199a', expected: 230.1 },
    {
      name: 'a float counter to its last step',
      type: 'float32',
      hex: '48000001',
      expected: 131072.02,
    },
    { name: 'a NaN', type: 'float32', hex: '7fc00000', expected: undefined },
    { name: 'an infinity', type: 'float32', hex: '7f800000', expected: undefined },
    { name: 'a real zero', type: 'uint16', hex: '0000', expected: 0 },
    {
      name: 'an integer no double holds',
      type: 'uint64',
      hex: '0020000000000001',
      expected: undefined,
    },
    {
      name: 'the largest exact integer',
      type: 'uint64',
      hex: '001fffffffffffff',
      expected: 2 ** 53 - 1,
    },
  ] as const)('reads $name', ({ type, hex, expected, ...rest }) => {
    const scale = 'scale' in rest ? { scale: rest.scale } : {};
    const values = decode(
      profileWith({ voltageL1: { address: 0, type, unit: 'V', ...scale } }),
      hex,
    );
    expect(values.voltageL1).toBe(expected);
  });

  it('reads low word first, as in the TUF-2000M manual', () => {
    const point = { address: 0, type: 'float32', unit: '°C' } as const;
    const hex = '0000 4212';
    expect(decode(profileWith({ supplyTemperature: point }, 'CDAB'), hex).supplyTemperature).toBe(
      36.5,
    );
    expect(decode(profileWith({ supplyTemperature: point }), hex).supplyTemperature).not.toBe(36.5);
  });

  it('takes a sentinel for no value, and the same bits without a sentinel for one', () => {
    const bare = { address: 0, type: 'uint32', unit: 'V', scale: 0.1 } as const;
    const hex = 'ffffffff';
    expect(decode(profileWith({ voltageL1: { ...bare, sentinels: ['all-ones'] } }), hex)).toEqual(
      {},
    );
    expect(decode(profileWith({ voltageL1: bare }), hex)).toEqual({ voltageL1: 429496729.5 });
    const numbered = { address: 0, type: 'int16', unit: '1', sentinels: [0x7fff] } as const;
    expect(decode(profileWith({ powerFactor: numbered }), '7fff')).toEqual({});
  });
});

describe('planReads', () => {
  it('fills holes of up to 24 registers at 9600 baud, and all of them on TCP', () => {
    const at = (gap: number) =>
      profileWith({
        voltageL1: { address: 0, type: 'uint16', unit: 'V' },
        voltageL2: { address: 1 + gap, type: 'uint16', unit: 'V' },
      });
    expect(planReads(at(24), 'rtu')).toHaveLength(1);
    expect(planReads(at(25), 'rtu')).toHaveLength(2);
    expect(planReads(at(100), 'tcp')).toHaveLength(1);
    expect(planReads(at(124), 'tcp')).toHaveLength(2);
  });

  it('keeps an even start and count, and finds the cheapest cut at the maximum of the device', () => {
    expect(planReads(eastronSdm630, 'tcp').map(({ address, count }) => [address, count])).toEqual([
      [0, 12],
      [52, 24],
    ]);
  });

  it('reads a fraction together with its integer part', () => {
    const volume = planReads(tuf2000m, 'rtu').find((block) => block.quantities.includes('volume'));
    expect(volume).toMatchObject({ count: expect.any(Number) });
    expect((volume?.address ?? 0) + (volume?.count ?? 0)).toBeGreaterThanOrEqual(12);
  });

  it('refuses a value larger than one read', () => {
    const narrow = { ...abbB23, maxRegisters: 2 };
    expect(() => planReads(narrow, 'tcp')).toThrow(/abb-b23.*activeEnergyImport.*2 registers/);
  });
});

describe('encodeImage', () => {
  it('splits a volume into its integer and fraction registers', () => {
    const image = encodeImage(tuf2000m, { volume: 70000.25 });
    expect([...image]).toEqual([
      [8, 70000 & 0xffff],
      [9, 1],
      [10, 0],
      [11, 0x3e80],
    ]);
  });

  it('names the quantity a register cannot hold', () => {
    expect(() => encodeImage(abbB23, { voltageL1: -1 })).toThrow(/abb-b23: voltageL1 -1.*uint32/);
  });
});
