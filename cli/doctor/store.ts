/** Checks of the store: whether it answers, lets us write, and agrees on the time. */
import { messageOf } from '../../domain/errors.ts';
import type { Registry } from '../../registry/registry.ts';
import { openStore, type StoreOptions } from '../../store/index.ts';
import { createTransport } from '../../store/influx/transport.ts';
import { READING_DATABASE } from '../../store/schema.ts';
import { storeClockMs } from '../store-clock.ts';
import { type Finding, finding } from './finding.ts';

/** The `Date` header has whole seconds. */
const CLOCK_WARN_MS = 3_000;
/** From here on device times are called skewed and a jump of ours is contradicted. */
const CLOCK_FAIL_MS = 60_000;

export async function checkStore(
  options: StoreOptions,
  registry: Registry | undefined,
): Promise<Finding> {
  const store = openStore(options, { findAnyMeter: (id) => registry?.findAnyMeter(id) });
  try {
    const { ok, engine, version, detail } = await store.health();
    if (ok) return finding('store', 'ok', `${engine} ${version}`);
    return finding('store', 'fail', detail ?? 'does not answer', 'readings wait in the spool');
  } catch (error) {
    return finding('store', 'fail', messageOf(error));
  } finally {
    await store.close();
  }
}

export async function checkRights(options: StoreOptions): Promise<Finding[]> {
  if (options.kind !== 'influx') return [];
  const who = options.username ?? 'nobody (no JIEYUE_INFLUX_USER)';
  try {
    await createTransport(options).probe(READING_DATABASE);
    return [finding('rights', 'ok', `${who} may write to ${READING_DATABASE}`)];
  } catch (error) {
    const advice = 'the collector needs write rights; a missing database is made at its start';
    return [finding('rights', 'fail', `${who}: ${messageOf(error)}`, advice)];
  }
}

export async function checkClock(options: StoreOptions): Promise<Finding> {
  if (options.kind !== 'influx') {
    return finding('clock', 'ok', 'the store is a file here: no second clock to compare with');
  }
  try {
    const otherMs = await storeClockMs(options);
    if (otherMs === undefined) return finding('clock', 'warn', 'the store tells no time');
    const differenceMs = Math.abs(Date.now() - otherMs);
    const text = `${(differenceMs / 1000).toFixed(1)} s from the store's`;
    if (differenceMs > CLOCK_FAIL_MS) return finding('clock', 'fail', text, 'set up NTP on both');
    return finding('clock', differenceMs > CLOCK_WARN_MS ? 'warn' : 'ok', text);
  } catch (error) {
    return finding('clock', 'warn', `the store's time is unknown: ${messageOf(error)}`);
  }
}
