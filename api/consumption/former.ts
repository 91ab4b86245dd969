/** Virtual meters that a registry had, as the facts kept of it tell: where the rows of one that is gone belong. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import type { VirtualMeter } from '../../registry/schema.ts';

const virtualFacts = z.object({
  rest: z.object({ building: z.string(), carrier: z.enum(CARRIER_IDS), formula: z.string() }),
});

export type FormerMeter = Pick<VirtualMeter, 'id' | 'building' | 'carrier'>;

/** @param facts texts by key, such as `meter east-w-rest`. */
export function formerVirtual(facts: ReadonlyMap<string, string>): Map<string, FormerMeter> {
  return new Map(
    [...facts].flatMap(([key, text]): [string, FormerMeter][] => {
      const [kind, id] = key.split(' ');
      if (kind !== 'meter' || id === undefined) return [];
      const { data } = virtualFacts.safeParse(JSON.parse(text));
      if (!data) return [];
      const { building, carrier } = data.rest;
      return [[id, { id, building, carrier }]];
    }),
  );
}
