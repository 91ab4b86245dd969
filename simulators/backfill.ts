/** Writes the past as a collector would have stored it, had it been there: registers, not the truth. */

import { compileBlock } from '../collector/codec/decode.ts';
import { encodeImage } from '../collector/codec/encode.ts';
import { planReads } from '../collector/codec/plan.ts';
import type { MeterProfile, ModbusProfile } from '../collector/profile.ts';
import { PROFILES_BY_ID } from '../collector/profiles/index.ts';
import { QUALITY } from '../domain/quality.ts';
import type { QuantityId } from '../domain/quantities.ts';
import type { Reading } from '../domain/reading.ts';
import type { Registry } from '../registry/registry.ts';
import type { Meter } from '../registry/schema.ts';
import type { ReadingSink } from '../store/port.ts';
import { isIn, type Outage, type Stories } from './model/stories.ts';
import { createTruth } from './model/truth.ts';
import type { Values } from './model/values.ts';

export interface BackfillOptions {
  readonly registry: Registry;
  /** The shipped ones when absent. */
  readonly profiles?: ReadonlyMap<string, MeterProfile>;
  readonly store: Pick<ReadingSink, 'writeReadings'>;
  /** Half-open; readings stand at whole multiples of `everyMs`. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly everyMs?: number;
  readonly seed?: number;
  /** What happens on purpose; the demo region's when absent. */
  readonly stories?: Stories;
  /** All of the registry when absent. */
  readonly meters?: readonly Meter[];
  /** Gateways that brought nothing for a while. */
  readonly outages?: readonly Outage[];
  /** Nothing later is written. */
  readonly now?: () => number;
  /** Readings done and in all, and seconds still to go. */
  readonly onProgress?: (done: number, total: number, remainingS: number) => void;
}

const QUARTER_HOUR_MS = 900_000;
const BATCH_READINGS = 5000;

/** What a poll of a Modbus meter makes of what it shows: through its registers and back. */
function throughRegisters(profile: ModbusProfile): (shown: Values) => Values {
  const blocks = planReads(profile, 'tcp').map((block) => ({
    block,
    data: Buffer.alloc(block.count * 2),
    decode: compileBlock(profile, block),
  }));
  return (shown) => {
    const image = encodeImage(profile, shown);
    const values: Partial<Record<QuantityId, number>> = {};
    for (const { block, data, decode } of blocks) {
      for (const [address, word] of image) {
        const offset = address - block.address;
        if (offset >= 0 && offset < block.count) data.writeUInt16BE(word, offset * 2);
      }
      decode(data, values);
    }
    return values;
  };
}

/** What a poll of this meter would store of what it shows. */
export function polled(
  meter: Meter,
  profiles: ReadonlyMap<string, MeterProfile> = PROFILES_BY_ID,
): (shown: Values) => Values {
  const profile = profiles.get(meter.profile);
  return profile?.protocol === 'modbus' ? throughRegisters(profile) : (shown) => shown;
}

/** Meter by meter, each in order of time, since stores are fastest on long runs of one series. */
export async function backfill(options: BackfillOptions): Promise<void> {
  const { registry, store, everyMs = QUARTER_HOUR_MS, onProgress, outages = [] } = options;
  const { meters = registry.meters } = options;
  const truth = createTruth(options);
  const fromMs = Math.ceil(options.fromMs / everyMs) * everyMs;
  const toMs = Math.min(options.toMs, options.now?.() ?? options.toMs);
  const perMeter = Math.max(0, Math.ceil((toMs - fromMs) / everyMs));
  const total = perMeter * meters.length;
  const startedMs = performance.now();
  let done = 0;

  for (const meter of meters) {
    const silent = outages.filter(({ connection }) => connection === meter.connection);
    const { valuesAt } = truth.meter(meter.id);
    const poll = polled(meter, options.profiles);
    for (let first = 0; first < perMeter; first += BATCH_READINGS) {
      const count = Math.min(BATCH_READINGS, perMeter - first);
      const readings = Array.from(
        { length: count },
        (_, index) => fromMs + (first + index) * everyMs,
      )
        .filter((atMs) => !silent.some((outage) => isIn(atMs, outage)))
        .map((atMs): Reading => {
          return { meterId: meter.id, atMs, quality: QUALITY.good, values: poll(valuesAt(atMs)) };
        });
      await store.writeReadings(readings);
      done += count;
      const elapsedS = (performance.now() - startedMs) / 1000;
      onProgress?.(done, total, (elapsedS / done) * (total - done));
    }
  }
}
