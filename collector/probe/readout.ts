/** What one read of one configured meter came to: each value with what the device really sent. */
import type { QuantityId } from '../../domain/quantities.ts';

export interface ReadoutValue {
  readonly quantity: QuantityId;
  /** In the canonical unit, before the dated multiplier; absent when the device gave none. */
  readonly value?: number;
  /** As received: words in hex, or the OPC UA value. */
  readonly raw?: string;
  /** Where it lies: `FC3 0x0C83 int64 ABCD`, or a node id. */
  readonly where: string;
  /** Outside the profile's range, or why there is no value. */
  readonly note?: string;
}

export interface ReadoutRequest {
  readonly what: string;
  readonly outcome: string;
  readonly isOk: boolean;
  readonly roundTripMs?: number;
}

export interface Readout {
  readonly meter: string;
  readonly connection: string;
  readonly profile: string;
  /** Arrival of the last reply. */
  readonly atMs: number;
  /** Names of the `QUALITY` bits that are set; `good` when none is. */
  readonly quality: readonly string[];
  /** What was asked, in order. */
  readonly requests: readonly ReadoutRequest[];
  readonly values: readonly ReadoutValue[];
  /** The first thing that went wrong; absent when every request was answered. */
  readonly problem?: string;
}
