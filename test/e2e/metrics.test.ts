/** What the collector tells of itself while one unit is silent, one refuses and one bus is healthy. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Collecting, type Park, startCollecting, startPark } from '../support/collecting.ts';

const BUSES = ['gw-luming', 'tcp-luming'] as const;

let park: Park;
let collecting: Collecting;
let silent = { bus: '', meter: '' };
let refusing = { bus: '', meter: '' };
let healthy = { bus: '', meter: '' };

beforeAll(async () => {
  park = await startPark(BUSES);
  const [first, second] = park.meters.filter((meter) => meter.connection === BUSES[0]);
  const other = park.meters.find((meter) => meter.connection === BUSES[1]);
  if (!first || !second || !other) throw new Error('the park is too small');
  silent = { bus: BUSES[0], meter: first.id };
  refusing = { bus: BUSES[0], meter: second.id };
  healthy = { bus: BUSES[1], meter: other.id };
  Object.assign(park.units.get(first.id) ?? {}, { behaviour: 'silent' });
  Object.assign(park.units.get(second.id) ?? {}, { behaviour: 4 });
  collecting = await startCollecting(park);
  await vi.waitFor(
    async () => expect(await collecting.metric('jieyue_meter_breaker_open', silent)).toBe(1),
    { timeout: 20_000, interval: 200 },
  );
});

afterAll(async () => {
  await collecting?.stop();
  await park?.stop();
});

describe('/metrics', () => {
  it('parses as Prometheus text', async () => {
    const response = await fetch(`${collecting.metricsUrl}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    const sample = /^[a-z][a-z0-9_]*(\{([a-z]+="[^"\\]*",?)+\})? -?[\d.]+(e[+-]?\d+)?$/;
    for (const line of lines)
      expect(line).toMatch(line.startsWith('#') ? /^# (HELP|TYPE) / : sample);
    const names = lines
      .filter((line) => line.startsWith('# TYPE'))
      .map((line) => line.split(' ')[2]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells a silent unit, a refusing one and a good one apart', async () => {
    const { metric } = collecting;
    expect(await metric('jieyue_meter_timeouts_total', silent)).toBeGreaterThanOrEqual(2);
    expect(await metric('jieyue_meter_age_ms', silent)).toBeUndefined();
    expect(await metric('jieyue_meter_round_trip_p50_ms', silent)).toBeUndefined();
    expect(await metric('jieyue_meter_state', silent)).toBe(2);
    expect(
      await metric('jieyue_meter_exceptions_total', { ...refusing, code: '4' }),
    ).toBeGreaterThanOrEqual(1);
    expect(await metric('jieyue_meter_breaker_open', refusing)).toBe(0);
    expect(await metric('jieyue_meter_timeouts_total', healthy)).toBe(0);
    expect(await metric('jieyue_meter_state', healthy)).toBe(0);
    expect(await metric('jieyue_meter_age_ms', healthy)).toBeLessThan(10_000);
    const p50 = (await metric('jieyue_meter_round_trip_p50_ms', healthy)) ?? 0;
    const p95 = (await metric('jieyue_meter_round_trip_p95_ms', healthy)) ?? 0;
    expect(p50).toBeGreaterThan(0);
    expect(p95).toBeGreaterThanOrEqual(p50);
  });

  it('tells of buses, spool, writer and process', async () => {
    const { metric } = collecting;
    for (const bus of BUSES) {
      expect(await metric('jieyue_bus_polls_total', { bus })).toBeGreaterThan(0);
      expect(await metric('jieyue_bus_link_up', { bus })).toBe(1);
      expect(await metric('jieyue_bus_queue_wait_p95_ms', { bus })).toBeGreaterThanOrEqual(0);
    }
    expect(await metric('jieyue_bus_open_breakers', { bus: BUSES[0] })).toBe(1);
    expect(await metric('jieyue_collector_meters_configured')).toBe(park.meters.length);
    await expect
      .poll(() => metric('jieyue_collector_meters_running'), { timeout: 10_000 })
      .toBe(park.meters.length);
    await expect
      .poll(() => metric('jieyue_collector_writer_written_total'), { timeout: 10_000 })
      .toBeGreaterThan(0);
    expect(await metric('jieyue_collector_spool_bytes')).toBeGreaterThan(0);
    expect(await metric('jieyue_collector_rss_bytes')).toBeGreaterThan(1e7);
    expect(await metric('jieyue_collector_loop_lag_p99_ms')).toBeGreaterThanOrEqual(0);
    expect(await metric('jieyue_collector_clock_trusted')).toBe(1);
  });

  it('refuses other methods and paths, and survives paths that are none', async () => {
    const { metricsUrl } = collecting;
    const status = async (path: string, method = 'GET') =>
      (await fetch(metricsUrl + path, { method })).status;
    expect(await status('/metrics', 'POST')).toBe(405);
    expect(await status('/nothing')).toBe(404);
    expect(await status('//')).toBe(404);
    expect(await status('/healthz')).toBe(200);
  });
});

it('answers /healthz while it works, and is gone after the end', async () => {
  const answer = await fetch(`${collecting.metricsUrl}/healthz`);
  expect(await answer.json()).toEqual({ ok: true });
  const ended = once(collecting.process, 'exit');
  collecting.process.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  await expect(fetch(`${collecting.metricsUrl}/healthz`)).rejects.toThrow();
});
