/** Metering points: which carriers one needs meters of, and whether it is there on a day. */
import type { Carrier } from '../domain/carriers.ts';
import { placeOf } from '../domain/places.ts';
import type { MeteringPoint } from './schema.ts';

/** Its own word goes before that of its place. */
export function carriersOf({
  place,
  carriers,
}: Pick<MeteringPoint, 'place' | 'carriers'>): readonly Carrier[] {
  return [...new Set(carriers ?? placeOf(place).carriers)];
}

export function existsOn({ from = '', until }: MeteringPoint, date: string): boolean {
  return from <= date && (until === undefined || date < until);
}
