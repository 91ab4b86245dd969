/** An api over a real store that was filled by hand: nineteen days of the demo region, with trouble in it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recompute } from '../../api/consumption/recompute.ts';
import type { ApiContext } from '../../api/context.ts';
import { openLedger } from '../../api/ledger/open.ts';
import { startApi } from '../../api/main.ts';
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import { HOUR_MS, localHour, type TimeRange } from '../../domain/period.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { MeterStatus, Reading } from '../../domain/reading.ts';
import { loadRegistry } from '../../registry/loader.ts';
import { counterOf, isCounting } from '../../registry/registry.ts';
import type { Meter } from '../../registry/schema.ts';
import { createSqliteStore } from '../../store/sqlite.ts';

const DEMO_REGISTRY = fileURLToPath(new URL('../../registry/demo', import.meta.url));

/** Tuesday, 20 October 2026, 15:20 in Shanghai. */
const TEST_NOW_MS = Date.parse('2026-10-20T07:20:00Z');
const FIRST_MS = Date.parse('2026-09-30T16:00:00Z');
const STEP_MS = HOUR_MS / 2;

/** Meters with a story; the rest are well. */
export const TROUBLE = {
  /** Silent for three hours, and the collector says so. */
  offline: 'baiyan-court-e',
  /** The collector's last word on it is two minutes old. */
  late: 'luming-hall-w',
  /** Answers, with nonsense. */
  error: 'cangsong-service-e-b',
  /** Never seen at all. */
  unknown: 'yueliang-archive-w',
  /** Two days without readings, the amount known afterwards. */
  gap: 'baiyan-center-e',
} as const;

const GAP: TimeRange = {
  fromMs: Date.parse('2026-10-08T02:00:00Z'),
  toMs: Date.parse('2026-10-10T02:00:00Z'),
};

/** Share of the rating in use at a local hour; four sub-meters stay below their main. */
function load({ level }: Meter, hour: number): number {
  const day = hour >= 8 && hour < 18;
  const share = day ? 0.3 + 0.05 * Math.sin(((hour - 8) / 10) * Math.PI) : 0.06;
  return level === 1 ? share : share / 3.5;
}

const GAUGES: Partial<Record<Meter['carrier'], QuantityId>> = {
  electricity: 'activePower',
  solar: 'activePower',
  water: 'volumeFlow',
  heat: 'heatPower',
};

function lastSeenMs(meter: Meter): number {
  return meter.id === TROUBLE.offline ? TEST_NOW_MS - 3 * HOUR_MS : TEST_NOW_MS - 10_000;
}

function readingsOf(meter: Meter, zone: string): Reading[] {
  if (meter.id === TROUBLE.unknown) return [];
  const readings: Reading[] = [];
  let register = 1000;
  for (let atMs = FIRST_MS; atMs < lastSeenMs(meter) + STEP_MS; atMs += STEP_MS) {
    const share = load(meter, localHour(atMs, zone));
    const at = Math.min(atMs, lastSeenMs(meter));
    // The rating counts after the multiplier, the register before it.
    register += (meter.maxPerHour * share * 0.5) / (meter.multiplier.at(-1)?.factor ?? 1);
    if (meter.id === TROUBLE.gap && at > GAP.fromMs && at < GAP.toMs) continue;
    const gauge = GAUGES[meter.carrier];
    const values: Partial<Record<QuantityId, number>> = isCounting(meter)
      ? { [counterOf(meter)]: Number(register.toFixed(2)) }
      : { airTemperature: 4.5 };
    // What a main feeds back: nothing, which is a figure too.
    if (meter.carrier === 'electricity') values.activeEnergyExport = 12.5;
    if (gauge) values[gauge] = Number((meter.maxPerHour * share).toFixed(3));
    readings.push({ meterId: meter.id, atMs: at, quality: 0, values });
  }
  return readings;
}

function statusOf(meter: Meter): MeterStatus[] {
  const meterId = meter.id;
  if (meterId === TROUBLE.unknown) return [];
  const fresh = { meterId, atMs: TEST_NOW_MS - 10_000 };
  if (meterId === TROUBLE.offline)
    return [{ ...fresh, state: 'offline', reason: 'modbus.timeout', ageMs: 3 * HOUR_MS }];
  if (meterId === TROUBLE.error) return [{ ...fresh, state: 'error', reason: 'value.invalid' }];
  if (meterId === TROUBLE.late)
    return [{ meterId, atMs: TEST_NOW_MS - 2 * 60_000, state: 'ok', ageMs: 0 }];
  return [{ ...fresh, state: 'ok', ageMs: 0 }];
}

export interface TestApi {
  readonly url: string;
  readonly context: ApiContext;
  stop(): Promise<void>;
}

export interface TestApiOptions {
  /** Secures the api with this token. */
  readonly token?: string;
  /** Without it the store stays empty. */
  readonly filled?: boolean;
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-api-'));
  const registry = await loadRegistry(DEMO_REGISTRY, PROFILE_CATALOGUE);
  const store = createSqliteStore(
    { path: join(folder, 'store.db'), now: () => TEST_NOW_MS },
    registry,
  );
  await store.init();
  const ledger = openLedger(':memory:', { now: () => TEST_NOW_MS });
  const context = { registry, store, ledger, now: () => TEST_NOW_MS };
  if (options.filled) {
    const { zone } = registry.region;
    for (const meter of registry.meters) await store.writeReadings(readingsOf(meter, zone));
    await store.writeStatuses(registry.meters.flatMap(statusOf));
    await recompute(context, { fromMs: FIRST_MS, toMs: TEST_NOW_MS });
  }
  let tokenFile: string | undefined;
  if (options.token !== undefined) {
    tokenFile = join(folder, 'token.txt');
    await writeFile(tokenFile, `${options.token}\n`, { mode: 0o600 });
  }
  const api = await startApi({ context: () => context, host: '127.0.0.1', port: 0, tokenFile });
  return {
    url: api.url,
    context,
    async stop() {
      await api.stop();
      await store.close();
      ledger.close();
      await rm(folder, { recursive: true });
    },
  };
}
