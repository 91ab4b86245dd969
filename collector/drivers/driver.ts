/** The small interface every way of reaching meters implements, and what it hands back. */
import type { QuantityId } from '../../domain/quantities.ts';

/** Values of one meter as the device gave them, in canonical units, before quality checks. */
export interface RawSample {
  readonly meterId: string;
  /** Modbus: arrival of the (last) reply. OPC UA: source time if within 60 s of ours, else arrival. */
  readonly atMs: number;
  /** `QUALITY` bits the driver itself can tell (clock skew, uncertain). */
  readonly quality: number;
  readonly values: Readonly<Partial<Record<QuantityId, number>>>;
}
