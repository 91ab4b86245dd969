/** A profile as it is often mistaken: the other table, the other word order, counted from 1 instead of 0. */
import type { QuantityId } from '../../domain/quantities.ts';
import { pointsOf } from '../codec/plan.ts';
import type { WordOrder } from '../codec/registers.ts';
import type { ModbusPoint, ModbusProfile } from '../profile.ts';

export interface Variant {
  readonly functionCode: 3 | 4;
  readonly isSwapped: boolean;
  /** Added to every address. */
  readonly offset: -1 | 0 | 1;
  readonly profile: ModbusProfile;
}

/** The low word where the high word was. */
const SWAPPED = {
  ABCD: 'CDAB',
  CDAB: 'ABCD',
  BADC: 'DCBA',
  DCBA: 'BADC',
} as const satisfies Record<WordOrder, WordOrder>;
const TABLES = [3, 4] as const;
const OFFSETS = [0, -1, 1] as const;

interface Move {
  readonly offset: number;
  readonly isSwapped: boolean;
}

function moved<R extends { readonly address: number; readonly order?: WordOrder }>(
  register: R,
  { offset, isSwapped }: Move,
): R {
  const { address, order } = register;
  return {
    ...register,
    address: address + offset,
    ...(order && isSwapped && { order: SWAPPED[order] }),
  };
}

function movedPoint(point: ModbusPoint, move: Move): ModbusPoint {
  const { fraction, exponent, factor, unitCode } = point;
  return {
    ...moved(point, move),
    ...(fraction && { fraction: moved(fraction, move) }),
    ...(exponent && { exponent: moved(exponent, move) }),
    ...(factor && { factor: moved(factor, move) }),
    ...(unitCode && { unitCode: moved(unitCode, move) }),
  };
}

function variantOf(profile: ModbusProfile, how: Omit<Variant, 'profile'>): Variant {
  const { functionCode, isSwapped, offset } = how;
  const points = pointsOf(profile).map(([quantity, point]): [QuantityId, ModbusPoint] => [
    quantity,
    movedPoint(point, how),
  ]);
  const order = isSwapped ? SWAPPED[profile.order] : profile.order;
  return {
    ...how,
    profile: {
      ...profile,
      functionCode,
      order,
      points: Object.fromEntries(points),
      ...(profile.fixedBlocks && {
        fixedBlocks: profile.fixedBlocks.map((block) => ({
          ...block,
          address: block.address + offset,
        })),
      }),
    },
  };
}

/**
 * The profile itself is not among them, nor what would start below address 0. What a profile
 * forbids to read is not stepped on: such a one keeps its addresses.
 */
export function variantsOf(profile: ModbusProfile): Variant[] {
  const lowest = Math.min(...pointsOf(profile).map(([, { address }]) => address));
  const offsets = profile.forbidden ? OFFSETS.slice(0, 1) : OFFSETS;
  return TABLES.flatMap((functionCode) =>
    [false, true].flatMap((isSwapped) =>
      offsets
        .filter((offset) => lowest + offset >= 0)
        .filter((offset) => functionCode !== profile.functionCode || isSwapped || offset !== 0)
        .map((offset) => variantOf(profile, { functionCode, isSwapped, offset })),
    ),
  );
}
