/** What registers mean, and what they must not be taken for. */
import { describe, expect, it } from 'vitest';
import { compileBlock, type Values } from '../../../../collector/codec/decode.ts';
import { encodeImage } from '../../../../collector/codec/encode.ts';
import { planReads, splitBlock } from '../../../../collector/codec/plan.ts';
import type { WordOrder } from '../../../../collector/codec/registers.ts';
import { defineMeterProfile, type ModbusProfile } from '../../../../collector/profile.ts';
import { abbB23 } from '../../../../collector/profiles/abb-b23.ts';
import { eastronSdm630 } from '../../../../collector/profiles/eastron-sdm630.ts';
import { tuf2000m } from '../../../../collector/profiles/tuf-2000m.ts';

function profileWith(points: ModbusProfile['points'], order: WordOrder = 'ABCD'): ModbusProfile {
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

describe('registers read along', () => {
  const volts = (point: Partial<ModbusProfile['points']['voltageL1']>) =>
    profileWith({ voltageL1: { address: 0, type: 'uint16', unit: 'V', ...point } });

  it.each([
    { name: 'an exponent of -1', hex: '08ff ffff', expected: 230.3 },
    { name: 'an exponent of 2', hex: '08ff 0002', expected: 230300 },
    { name: 'an exponent not implemented', hex: '08ff 8000', expected: undefined },
    { name: 'an exponent beyond SunSpec', hex: '08ff 000b', expected: undefined },
  ])('takes $name', ({ hex, expected }) => {
    const profile = volts({ exponent: { address: 1, type: 'int16' } });
    expect(decode(profile, hex).voltageL1).toBe(expected);
  });

  it('takes a factor, and none that is 0', () => {
    const profile = volts({ factor: { address: 1, type: 'uint16' } });
    expect(decode(profile, '0002 000a').voltageL1).toBe(20);
    expect(decode(profile, '0002 0000')).toEqual({});
  });

  it('adds a scaled fraction from a register before the value', () => {
    const fraction = { address: 0, type: 'uint16', scale: 0.001 } as const;
    const profile = profileWith({ volume: { address: 1, type: 'uint16', unit: 'm³', fraction } });
    expect(decode(profile, '00fa 0007').volume).toBe(7.25);
  });

  it.each([
    { name: 'kWh', hex: '0000 0064 0003', expected: 0.36 },
    { name: 'MWh × 0.1', hex: '0000 0064 0004', expected: 36 },
    { name: 'GJ', hex: '0000 0064 0008', expected: 100 },
    { name: 'a code that is not in the table', hex: '0000 0064 0009', expected: undefined },
  ])('takes the unit of a code: $name', ({ hex, expected }) => {
    const codes = {
      3: { unit: 'kWh' },
      4: { unit: 'MWh', scale: 0.1 },
      8: { unit: 'GJ' },
    } as const;
    const unitCode = { address: 2, type: 'uint16', codes } as const;
    const profile = profileWith({
      heatEnergy: { address: 0, type: 'uint32', unit: 'GJ', unitCode },
    });
    const { heatEnergy } = decode(profile, hex);
    if (expected === undefined) expect(heatEnergy).toBeUndefined();
    else expect(heatEnergy).toBeCloseTo(expected, 12);
  });

  it.each([
    { text: 'MWh ', order: 'ABCD', expected: 360 },
    { text: 'GJ\0\0', order: 'ABCD', expected: 100 },
    { text: 'JG  ', order: 'BADC', expected: 100 },
    { text: 'kcal', order: 'ABCD', expected: undefined },
  ] as const)('takes the unit from the text $text in $order', ({ text, order, expected }) => {
    const codes = { MWh: { unit: 'MWh' }, GJ: { unit: 'GJ' } } as const;
    const unitCode = { address: 1, type: 'ascii4', order, codes } as const;
    const profile = profileWith({
      heatEnergy: { address: 0, type: 'uint16', unit: 'GJ', unitCode },
    });
    const hex = `0064${Buffer.from(text, 'latin1').toString('hex')}`;
    expect(decode(profile, hex).heatEnergy).toBe(expected);
  });

  it('keeps them in the block of their value, even when it is split', () => {
    const far = { address: 90, type: 'int16' } as const;
    const profile = profileWith({
      voltageL1: { address: 0, type: 'uint16', unit: 'V', exponent: far },
      voltageL2: { address: 1, type: 'uint16', unit: 'V' },
      voltageL3: { address: 2, type: 'uint16', unit: 'V', exponent: far },
    });
    const blocks = planReads(profile, 'rtu').flatMap((block) => splitBlock(profile, block));
    for (const block of blocks.filter(({ quantities }) => quantities.includes('voltageL1'))) {
      expect(block.address + block.count).toBeGreaterThan(90);
    }
    const tooFar = { ...profile, maxRegisters: 60 };
    expect(() => planReads(tooFar, 'tcp')).toThrow(/voltageL1.*60 registers/);
  });
});

describe('bits', () => {
  const flag = { type: 'bit', unit: '1' } as const;

  it('reads coils and discrete inputs by their own function codes', () => {
    const profile = profileWith({
      powerFactor: { ...flag, address: 9, functionCode: 1 },
      voltageL1: { address: 3, type: 'uint16', unit: 'V' },
      voltageL2: { address: 3, type: 'uint16', unit: 'V', functionCode: 4 },
    });
    const blocks = planReads(profile, 'tcp').toSorted((a, b) => a.functionCode - b.functionCode);
    expect(
      blocks.map(({ functionCode, address, count }) => [functionCode, address, count]),
    ).toEqual([
      [1, 9, 1],
      [3, 3, 1],
      [4, 3, 1],
    ]);
    const [coils] = blocks;
    if (!coils) throw new Error('no block of coils');
    const wide = compileBlock(profile, { ...coils, address: 0, count: 16 });
    for (const [hex, expected] of [
      ['0002', 1],
      ['ff01', 0],
    ] as const) {
      const values: Values = {};
      wide(Buffer.from(hex, 'hex'), values);
      expect(values.powerFactor, hex).toBe(expected);
    }
    expect([...encodeImage(profile, { powerFactor: 1, voltageL1: 7 }, 1)]).toEqual([[9, 1]]);
    expect([...encodeImage(profile, { powerFactor: 1, voltageL1: 7 })]).toEqual([[3, 7]]);
  });

  it.each(['ABCD', 'BADC'] as const)(
    'reads one bit of a register in %s and writes no other',
    (order) => {
      const profile = profileWith(
        {
          powerFactor: { ...flag, address: 0, bit: 9 },
          voltageL1: { address: 0, type: 'uint8lo', unit: 'V' },
        },
        order,
      );
      for (const powerFactor of [0, 1]) {
        const image = encodeImage(profile, { powerFactor, voltageL1: 0xff });
        const hex = (image.get(0) ?? 0).toString(16).padStart(4, '0');
        expect(decode(profile, hex)).toEqual({ powerFactor, voltageL1: 0xff });
      }
    },
  );
});

it('reads a block without allocating', () => {
  const profile = profileWith(
    {
      activeEnergyImport: { address: 0, type: 'uint64', unit: 'kWh', scale: 0.01 },
      voltageL1: { address: 4, type: 'float32', unit: 'V' },
      currentL1: { address: 6, type: 'bcd32', unit: 'A', exponent: { address: 8, type: 'int16' } },
      activePower: { address: 9, type: 'ascii8', unit: 'W' },
    },
    'DCBA',
  );
  const shown = { activeEnergyImport: 12.34, voltageL1: 230.1, currentL1: 5, activePower: 1.5 };
  const image = encodeImage(profile, shown);
  const [block] = planReads(profile, 'tcp');
  if (!block) throw new Error('no block');
  const data = Buffer.alloc(block.count * 2);
  for (const [address, word] of image) data.writeUInt16BE(word, address * 2);
  const decodeInto = compileBlock(profile, block);
  const values: Values = {};
  const rounds = 200_000;
  for (let round = 0; round < rounds; round += 1) decodeInto(data, values);
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < rounds; round += 1) decodeInto(data, values);
  const bytesARead = (process.memoryUsage().heapUsed - before) / rounds;
  expect(values).toEqual(shown);
  // Doubles stored in the result may be boxed; an object or a closure a value would be hundreds.
  expect(bytesARead).toBeLessThan(100);
});
