/** The right reading of a register is found among all wrong ones, whatever table, type or order it has. */
import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../../../collector/probe/candidates.ts';
import { judge } from '../../../../collector/probe/plausibility.ts';

function wordsOf(buffer: Buffer, address: number): ReadonlyMap<number, number> {
  const words = Array.from({ length: buffer.length / 2 }, (_, index) =>
    buffer.readUInt16BE(index * 2),
  );
  return new Map(words.map((word, index) => [address + index, word]));
}

const VOLTAGE = Buffer.alloc(4);
VOLTAGE.writeFloatBE(231.7);
const ORDERS = {
  ABCD: [0, 1, 2, 3],
  CDAB: [2, 3, 0, 1],
  BADC: [1, 0, 3, 2],
  DCBA: [3, 2, 1, 0],
} as const;

describe('candidates', () => {
  it.each(Object.entries(ORDERS))('find a float in order %s', (order, places) => {
    const bytes = Buffer.from(places.map((place) => VOLTAGE.readUInt8(place)));
    const tables = [{ functionCode: 4, at: wordsOf(bytes, 100) }] as const;
    const [best] = candidatesOf(tables, { address: 100, count: 1 }, { quantity: 'voltageL1' });
    expect(best).toMatchObject({
      address: 100,
      type: 'float32',
      order,
      value: Math.fround(231.7),
      rank: 3,
    });
  });

  it('find what the display shows one register aside, with its scale', () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(1_234_567);
    const tables = [{ functionCode: 3, at: wordsOf(bytes, 61) }] as const;
    const [best] = candidatesOf(tables, { address: 62, count: 1 }, { display: 12_345.7 });
    expect(best).toMatchObject({ address: 61, type: 'uint32', order: 'ABCD', value: 1_234_567 });
    expect(best?.hint).toEqual({ what: 'display', scale: 0.01 });
  });

  it('mark nothing where nothing is sought that is there (control)', () => {
    const tables = [{ functionCode: 3, at: wordsOf(VOLTAGE, 100) }] as const;
    const found = candidatesOf(tables, { address: 100, count: 1 }, { display: 98_765 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ rank }) => rank > 1)).toEqual([]);
  });
});

describe('plausibility', () => {
  it.each([
    ['voltageL1', 230, 'plausible'],
    ['voltageL1', 0, 'zero'],
    ['voltageL1', 23_000, 'implausible'],
    ['frequency', 50.01, 'plausible'],
    ['frequency', 66, 'implausible'],
    ['activeEnergyImport', -1, 'implausible'],
    ['activeEnergyImport', 1e-40, 'implausible'],
    ['activeEnergyImport', Number.NaN, 'implausible'],
  ] as const)('%s %d is %s', (quantity, value, verdict) => {
    expect(judge(quantity, value)).toBe(verdict);
  });
});
