/** Sweep over all shipped profiles: whoever adds one is held to the same rules. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileBlock, type Values } from '../../../collector/codec/decode.ts';
import { encodeImage } from '../../../collector/codec/encode.ts';
import {
  LINK_COSTS,
  type LinkKind,
  planReads,
  pointsOf,
  splitBlock,
} from '../../../collector/codec/plan.ts';
import { isInteger } from '../../../collector/codec/registers.ts';
import { encodedScaling } from '../../../collector/codec/scaling.ts';
import { functionCodeOf, registersOf } from '../../../collector/codec/span.ts';
import type { ModbusPoint, ModbusProfile } from '../../../collector/profile.ts';
import { lintProfile } from '../../../collector/profile-files/lint.ts';
import { styleOfProfile } from '../../../collector/profile-files/style.ts';
import { PROFILES } from '../../../collector/profiles/index.ts';
import { QUANTITIES, type QuantityId } from '../../../domain/quantities.ts';
import { conversionFactor } from '../../../domain/units.ts';
import { COUNTS } from './codec/counts.ts';

const LINKS = Object.keys(LINK_COSTS) as LinkKind[];
const modbus: readonly ModbusProfile[] = PROFILES.filter(
  (profile) => profile.protocol === 'modbus',
);

function canonicalStep(quantity: QuantityId, point: ModbusPoint): number {
  const unitStep =
    (point.resolution ?? 0) * conversionFactor(point.unit, QUANTITIES[quantity].unit);
  const fine = point.fraction && isInteger(point.fraction.type) ? (point.fraction.scale ?? 1) : 1;
  const count = encodedScaling(quantity, point).scaling.toCanonical(fine);
  return isInteger(point.type) ? Math.max(unitStep, count) : unitStep;
}

/** Values the register can hold, in canonical units. */
function arbitraryValue(quantity: QuantityId, point: ModbusPoint): fc.Arbitrary<number> {
  const [min, max] = COUNTS[point.type];
  const { toCanonical } = encodedScaling(quantity, point).scaling;
  const counts = isInteger(point.type)
    ? fc.maxSafeInteger().map((n) => min + (Math.abs(n) % (max - min + 1)))
    : fc.double({ min, max, noNaN: true });
  return counts.map((count) => toCanonical(Math.min(max, Math.max(min, count))));
}

function read(profile: ModbusProfile, link: LinkKind, image: ReadonlyMap<number, number>): Values {
  const values: Values = {};
  for (const block of planReads(profile, link)) {
    const data = Buffer.alloc(block.count * 2);
    for (let i = 0; i < block.count; i += 1)
      data.writeUInt16BE(image.get(block.address + i) ?? 0, i * 2);
    compileBlock(profile, block)(data, values);
  }
  return values;
}

describe.each(PROFILES)('profile $id', (profile) => {
  it('sits in a file of its name', () => {
    const files = readdirSync(new URL('../../../collector/profiles', import.meta.url));
    expect(files).toContain(`${profile.id}.ts`);
  });

  it('has no fault and keeps the house style', () => {
    expect([...lintProfile(profile), ...styleOfProfile(profile)]).toEqual([]);
  });
});

it('counts thirty Modbus meters and more, each under a name of its own', () => {
  expect(modbus.length).toBeGreaterThanOrEqual(30);
  expect(new Set(PROFILES.map(({ id }) => id)).size).toBe(PROFILES.length);
});

describe.each(modbus)('Modbus profile $id', (profile) => {
  const points = pointsOf(profile);

  it.each(LINKS)('has a legal plan on %s', (link) => {
    const blocks = planReads(profile, link);
    expect(blocks.flatMap((block) => block.quantities).toSorted()).toEqual(
      points.map(([quantity]) => quantity).toSorted(),
    );
    for (const block of [...blocks, ...blocks.flatMap((whole) => splitBlock(profile, whole))]) {
      expect(block.count).toBeLessThanOrEqual(Math.min(125, profile.maxRegisters));
      if (profile.evenOnly) expect([block.address % 2, block.count % 2]).toEqual([0, 0]);
      for (const quantity of block.quantities) {
        const point = profile.points[quantity];
        if (!point) throw new Error(`${quantity} is not in the profile`);
        expect(functionCodeOf(profile, point)).toBe(block.functionCode);
        for (const { address, words } of registersOf(point)) {
          const end = block.address + block.count;
          expect(address >= block.address && address + words <= end).toBe(true);
        }
      }
    }
  });

  it('decodes what it encodes', () => {
    const record = Object.fromEntries(
      points.map(([quantity, point]) => [quantity, arbitraryValue(quantity, point)]),
    );
    fc.assert(
      fc.property(fc.record(record), (values: Values) => {
        const decoded = read(profile, 'rtu', encodeImage(profile, values));
        for (const [quantity, point] of points) {
          const value = values[quantity] ?? Number.NaN;
          const tolerance = canonicalStep(quantity, point) / 2 + Math.abs(value) * 1.2e-7;
          expect(Math.abs((decoded[quantity] ?? Number.NaN) - value), quantity).toBeLessThanOrEqual(
            tolerance + 1e-9,
          );
        }
      }),
      { numRuns: 200, seed: 20260101 },
    );
  });
});
