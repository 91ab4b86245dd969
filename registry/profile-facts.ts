/** What the registry and the api must know of a meter profile, without knowing how it is polled. */
import type { CounterId, QuantityId } from '../domain/quantities.ts';

export interface CounterFacts {
  /** Smallest step of the register in the canonical unit of its quantity. */
  readonly resolution: number;
  /** Register value at which it starts again from 0, in the canonical unit; absent: never seen to. */
  readonly modulus?: number;
}

export interface ProfileFacts {
  readonly id: string;
  readonly protocol: 'modbus' | 'opcua';
  readonly quantities: readonly QuantityId[];
  /** Names of groups that a meter may read at a period of their own. */
  readonly groups?: readonly string[];
  readonly counters: Readonly<Partial<Record<CounterId, CounterFacts>>>;
}

export type ProfileCatalogue = ReadonlyMap<string, ProfileFacts>;
