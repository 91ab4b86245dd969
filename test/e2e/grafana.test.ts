/** Every query of every dashboard, asked of a real InfluxDB that simulators, collector and api filled. */
import type { Dashboard } from '@grafana/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDashboards } from '../../dashboards/generate.ts';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { HOUR_MS, localHour, periodAt } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import { demoNowMs, FAULTY_METER, type Filled, fillStore } from '../support/filled-influx.ts';
import {
  complaints,
  provisionedDatasources,
  type QueryOutcome,
  type RunOptions,
  resolveVariables,
  runDashboard,
} from '../support/grafana.ts';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import {
  authorizationOf,
  createSecrets,
  initInflux,
  type Secrets,
} from '../support/provisioning.ts';
import { demoRegistry } from '../support/registry.ts';

const ROOT = new URL('../../', import.meta.url);
const BOARDS = [...renderDashboards()].map(([path, text]) => ({ path, text }));

/** A fresh copy, as tests break it. */
function board(change: (text: string) => string = (text) => text): Dashboard {
  const [first] = BOARDS;
  if (!first) throw new Error('no dashboard is rendered');
  return JSON.parse(change(first.text));
}

function errorsOf(outcomes: readonly QueryOutcome[]): string[] {
  return complaints(outcomes.filter(({ error }) => error !== undefined));
}

describe.runIf(influxdAvailable())('dashboards on a filled store', () => {
  let influxd: Influxd;
  let registry: Registry;
  let secrets: Secrets;
  let filled: Filled;
  let nowMs: number;
  let options: RunOptions;

  beforeAll(async () => {
    influxd = await startInfluxd({ auth: true });
    registry = await demoRegistry();
    const { url } = influxd;
    secrets = await createSecrets();
    await initInflux(url, secrets);
    const startMs = demoNowMs(registry.region.zone);
    filled = await fillStore({ url, registry, nowMs: startMs, secrets });
    nowMs = filled.endMs;
    const provisioned = new URL('provisioning/grafana/datasources/jieyue.yaml', ROOT);
    const datasources = await provisionedDatasources(provisioned);
    options = { url, nowMs, datasources, authorization: await authorizationOf(secrets, 'grafana') };
  });

  afterAll(async () => {
    await filled?.close();
    await secrets?.remove();
    await influxd?.stop();
  });

  async function answerOf(where: string, change: Partial<RunOptions> = {}): Promise<QueryOutcome> {
    const outcomes = await runDashboard(board(), { ...options, ...change });
    const found = outcomes.find((each) => each.where === where);
    if (!found) throw new Error(`no query '${where}' among ${outcomes.map((each) => each.where)}`);
    return found;
  }

  it.each(BOARDS)('$path: every panel and variable has an answer', async ({ text }) => {
    expect(complaints(await runDashboard(JSON.parse(text), options))).toEqual([]);
  });

  it('offers every agency of the registry', async () => {
    const { found, chosen } = await resolveVariables(board(), options);
    expect(found.get('agency')?.toSorted()).toEqual(registry.agencies.map(({ id }) => id).sort());
    expect(Object.fromEntries(chosen)).toEqual({ agency: 'bureau', carrier: 'electricity' });
  });

  it('has no error for any agency, carrier or range', async () => {
    const choices = [
      ...registry.agencies.map(({ id }) => ({ choose: { agency: id } })),
      ...CARRIER_IDS.map((carrier) => ({ choose: { carrier } })),
      ...['now-1h', 'now-7d', 'now-365d', 'now/y'].map((from) => ({ from })),
    ];
    for (const choice of choices) {
      expect(errorsOf(await runDashboard(board(), { ...options, ...choice }))).toEqual([]);
    }
  });

  it('shows today as the sum of the stored hours since local midnight', async () => {
    const range = { fromMs: periodAt(nowMs, 'day', registry.region.zone).fromMs, toMs: nowMs };
    const rows = await filled.api.agencyConsumption({
      agencyIds: ['bureau'],
      resolution: 'hour',
      range,
    });
    const total = rows
      .filter(({ item }) => item === '01000')
      .reduce((sum, { value }) => sum + (value ?? 0), 0);
    const shown = await answerOf('今日电 (kWh) A');
    expect(total).toBeGreaterThan(0);
    expect(shown.series[0]?.values[0]?.[1]).toBeCloseTo(total, 6);
  });

  it('cuts days at local midnight, in rows and in the heat map of 24 hours', async () => {
    const { zone } = registry.region;
    for (const where of ['近30天逐日用量 · $carrier A', '日期 × 小时用量 · $carrier A']) {
      const { series } = await answerOf(where);
      const times = series.flatMap(({ values }) => values.map(([time]) => Number(time)));
      expect(times.length).toBeGreaterThan(0);
      expect(times.filter((time) => localHour(time, zone) !== 0 || time % HOUR_MS !== 0)).toEqual(
        [],
      );
    }
    const profile = await answerOf('日期 × 小时用量 · $carrier A');
    const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
    expect(profile.series.map(({ tags }) => tags.hour)).toEqual(hours);
  });

  it('counts the meters that are well and names those that are not', async () => {
    const ids = registry.meters.map(({ id }) => id);
    const states = await filled.api.latestStatuses(ids, { fromMs: nowMs - HOUR_MS, toMs: nowMs });
    const notWell = states.filter(({ state }) => state !== 'ok').map(({ meterId }) => meterId);
    const [well, all, bad] = await Promise.all([
      answerOf('表计在线（全部机构） A'),
      answerOf('表计在线（全部机构） B'),
      answerOf('需要处理的表计（全部机构） A'),
    ]);
    expect(all.series[0]?.values[0]?.[1]).toBe(ids.length);
    expect(well.series[0]?.values[0]?.[1]).toBe(ids.length - notWell.length);
    expect(bad.series.map(({ tags }) => tags.meter)).toEqual(notWell.sort());
    const faulty = bad.series.find(({ tags }) => tags.meter === FAULTY_METER);
    expect(faulty?.values[0]).toContainEqual(
      expect.stringMatching(/^(modbus\.timeout|unit\.backoff)$/),
    );
  });

  it('takes no old state for a present one', async () => {
    const later = await answerOf('表计在线（全部机构） B', { nowMs: nowMs + HOUR_MS });
    expect(later.values).toBe(0);
  });

  describe('control', () => {
    it.each([
      ['a misspelt measurement', 'load_profile', 'load_profiles', 'no value'],
      ['a misspelt field', 'sum(\\"value\\")', 'sum(\\"values\\")', 'no value'],
      ['a misspelt tag', '\\"carrier\\" =', '\\"medium\\" =', 'no value'],
      ['broken InfluxQL', 'GROUP BY \\"item\\"', 'GROUP \\"item\\"', 'error parsing query'],
    ])('%s is told', async (_, from, to, expected) => {
      const outcomes = await runDashboard(
        board((text) => text.replaceAll(from, to)),
        options,
      );
      expect(complaints(outcomes).join('\n')).toContain(expected);
    });

    it('a wrong password is told', async () => {
      const authorization = `Basic ${Buffer.from('jieyue_grafana:guess').toString('base64')}`;
      const outcomes = await runDashboard(board(), { ...options, authorization });
      expect(errorsOf(outcomes)).toHaveLength(outcomes.length);
    });
  });
});
