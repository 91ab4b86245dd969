/** Lines as the server must get them: types fixed by the schema, tags sorted, everything escaped. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Point, toLine } from '../../../store/influx/line-protocol.ts';
import { MEASUREMENTS } from '../../../store/schema.ts';

const point: Point = {
  measurement: 'reading',
  tags: { meter: 'm1', building: 'b1', carrier: 'water' },
  fields: { quality: 3, volume: 5, activePower: null, volumeFlow: 0.1 },
  atMs: 1_700_000_000_123,
};

describe('toLine', () => {
  it('sorts tags, writes floats as floats and flags as integers, and leaves null out', () => {
    expect(toLine(point)).toBe(
      'reading,building=b1,carrier=water,meter=m1 quality=3i,volume=5,volumeFlow=0.1 1700000000123',
    );
  });

  it('writes each number as it is, whatever was written before', () => {
    // 0.001 and 0.257 share their thousandths modulo 256, as do many of the others.
    const close = fc.integer({ min: -2_000, max: 2_000 }).map((thousandths) => thousandths / 1_000);
    const number = fc.oneof(close, fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 200 }), (values) => {
        for (const volume of [...values, ...values]) {
          const line = toLine({ ...point, fields: { volume }, atMs: 1 });
          expect(line?.split(' ')[1]).toBe(`volume=${volume}`);
        }
      }),
      { numRuns: 50, seed: 20_261_124 },
    );
  });

  it('escapes names, tag values and texts', () => {
    const event: Point = {
      measurement: 'event',
      tags: { kind: 'a b', subject: 'x=1,y' },
      fields: { text: '"换表" C:\\' },
      atMs: 1,
    };
    expect(toLine(event)).toBe('event,kind=a\\ b,subject=x\\=1\\,y text="\\"换表\\" C:\\\\" 1');
    const odd = { measurement: 'collector', tags: { bus: '_all' }, atMs: 1 } as const;
    expect(toLine({ ...odd, fields: { 'a b,c=d': 1e21 } })).toBe(
      'collector,bus=_all a\\ b\\,c\\=d=1e+21 1',
    );
  });

  it('is nothing when nothing has a value', () => {
    expect(toLine({ ...point, fields: { activePower: null } })).toBeUndefined();
  });

  it.each([
    ['a missing tag', { tags: { building: 'b1', carrier: 'water' } }, "tag 'meter'"],
    ['an empty tag', { tags: { ...point.tags, meter: '' } }, "tag 'meter'"],
    ['a line break in a tag', { tags: { ...point.tags, meter: 'a\nb' } }, "tag 'meter'"],
    ['a trailing backslash', { tags: { ...point.tags, meter: 'a\\' } }, "tag 'meter'"],
    ['NaN', { fields: { volume: Number.NaN } }, 'volume of'],
    ['a broken flag', { fields: { quality: 1.5 } }, 'quality of'],
    ['a broken instant', { atMs: Number.NaN }, 'atMs of'],
  ])('refuses %s', (_, change, message) => {
    expect(() => toLine({ ...point, ...change })).toThrow(message);
  });

  it('relies on tag lists that are sorted', () => {
    for (const { tags } of Object.values(MEASUREMENTS)) expect([...tags].sort()).toEqual([...tags]);
  });
});
