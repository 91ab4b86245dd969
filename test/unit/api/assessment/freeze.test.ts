/** Frozen assessments over real stores and ledger: same data same bytes, what changes is named, nobody rewrites one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assess } from '../../../../api/assessment/assess.ts';
import {
  assessmentOf,
  changesOf,
  changesSince,
  freeze,
  knownNow,
  thaw,
} from '../../../../api/assessment/freeze.ts';
import { movingPeriods, storeAssessments } from '../../../../api/assessment/job.ts';
import { recomputeDirty } from '../../../../api/consumption/recompute.ts';
import type { ApiContext } from '../../../../api/context.ts';
import { csvExporter } from '../../../../api/export/csv.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { isAppError } from '../../../../domain/errors.ts';
import { DAY_MS, type Period, parsePeriod } from '../../../../domain/period.ts';
import { counterOf, isCounting } from '../../../../registry/registry.ts';
import { openStore } from '../../../../store/index.ts';
import type { Store } from '../../../../store/port.ts';
import { influxdAvailable, startInfluxd } from '../../../support/influxd.ts';
import { demoRegistry } from '../../../support/registry.ts';

const PERIOD = parsePeriod('2026-09', 'Asia/Shanghai') as Period;
const AGENCY = 'baiyan-fgj';
/** Its water main says nothing in the last ten days, until the readings come late. */
const LATE_METER = 'baiyan-center-w';
const LATE_FROM_MS = PERIOD.toMs - 10 * DAY_MS;
const SIGNED = { who: '张三', account: 'demo', note: '' };

const registry = await demoRegistry();
/** Meters of the agency's buildings. */
const METERS = registry.buildings
  .filter(({ occupancy }) => occupancy.some(({ shares }) => AGENCY in shares))
  .flatMap(({ id }) => registry.metersIn(id).map((meter) => meter.id));
const closers: (() => Promise<void> | void)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'jieyue-freeze-'));
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true });
});

/** Two readings a day of a meter, a step of ten or so between them. */
async function read(
  store: Store,
  meterId: string,
  { fromMs, toMs }: Pick<Period, 'fromMs' | 'toMs'>,
) {
  const meter = registry.meter(meterId);
  if (!isCounting(meter)) return;
  const step = 1 + (meterId.length % 7);
  const readings = [];
  for (let atMs = fromMs; atMs <= toMs; atMs += DAY_MS / 8) {
    const register = 1000 + (step * (atMs - PERIOD.fromMs)) / DAY_MS;
    readings.push({ meterId, atMs, quality: 0, values: { [counterOf(meter)]: register } });
  }
  await store.writeReadings(readings);
}

let nowMs = PERIOD.toMs + DAY_MS;

function recompute(context: ApiContext, meterIds: readonly string[] = METERS): Promise<void> {
  const dirty = meterIds.map((meterId) => ({ meterId, ...PERIOD }));
  return recomputeDirty(context, dirty, { cause: 'late' });
}

async function fill(store: Store, path: string): Promise<ApiContext> {
  await store.init();
  closers.push(() => store.close());
  for (const id of METERS) {
    await read(store, id, { ...PERIOD, toMs: id === LATE_METER ? LATE_FROM_MS : PERIOD.toMs });
  }
  const now = () => nowMs;
  const ledger = openLedger(path, { now });
  closers.push(() => ledger.close());
  const context = { registry, store, ledger, now };
  await recompute(context);
  return context;
}

const contents = new Map<string, string>();

describe.each(['sqlite', 'influx'] as const)('over %s', (kind) => {
  const isMissing = kind === 'influx' && !influxdAvailable();
  if (isMissing && process.env.CI) throw new Error('influxd is needed to run these tests');
  if (isMissing) console.log('influxd is not installed: not tested over InfluxDB');

  describe.skipIf(isMissing)('frozen', () => {
    const path = join(folder, `ledger-${kind}.db`);
    let context: ApiContext;
    const freezeIt = () => freeze(context, { agencyId: AGENCY, period: PERIOD }, SIGNED);

    beforeAll(async () => {
      nowMs = PERIOD.toMs + DAY_MS;
      if (kind === 'sqlite') {
        const store = openStore({ kind, path: join(folder, 'store.db') }, registry);
        context = await fill(store, path);
        return;
      }
      const server = await startInfluxd();
      closers.push(() => server.stop());
      context = await fill(openStore({ kind, url: server.url }, registry), path);
    }, 60_000);

    it('refuses a period that runs, and rows that wait', async () => {
      const early = { ...context, now: () => PERIOD.toMs - 1 };
      const asked = { agencyId: AGENCY, period: PERIOD };
      await expect(freeze(early, asked, SIGNED)).rejects.toThrow('runs until');
      const rows = () => ({
        waiting: 3,
        oldestCause: null,
        waitingSinceMs: null,
        rowsUntilMs: null,
      });
      await expect(freeze({ ...context, rows }, asked, SIGNED)).rejects.toThrow('3 ranges');
      expect(context.ledger.snapshots.list({ agencyId: AGENCY })).toEqual([]);
    });

    it('gives the same bytes again, whenever it is computed', async () => {
      const { snapshot, isNew } = await freezeIt();
      expect([isNew, snapshot.revision, changesOf(snapshot)]).toEqual([
        true,
        1,
        { figures: [], causes: [] },
      ]);
      nowMs += 40 * DAY_MS;
      await recompute(context, [LATE_METER]);
      const again = await knownNow(context, AGENCY, PERIOD);
      expect(JSON.stringify(again.content)).toBe(snapshot.content);
      expect((await freezeIt()).isNew).toBe(false);
      contents.set(kind, snapshot.content);
      expect(thaw(snapshot).totals.some(({ value }) => value !== null && value > 0)).toBe(true);
    });

    it('is what is exported, whatever the data say later; the draft is not', async () => {
      const frozen = csvExporter.render(await assessmentOf(context, AGENCY, PERIOD));
      await read(context.store, LATE_METER, { fromMs: LATE_FROM_MS, toMs: PERIOD.toMs });
      nowMs += 1000;
      await recompute(context, [LATE_METER]);
      expect(csvExporter.render(await assessmentOf(context, AGENCY, PERIOD))).toBe(frozen);
      const draft = await assess(context, AGENCY, PERIOD);
      expect(csvExporter.render(draft)).not.toBe(frozen);
    });

    it('a second revision names the figures and the restated rows, then the ledger entry', async () => {
      nowMs += 1000;
      const second = (await freezeIt()).snapshot;
      const { figures, causes } = changesOf(second);
      expect(second.revision).toBe(2);
      expect(figures.find(({ id }) => id === 'water/02000')).toMatchObject({ kind: 'total' });
      expect(causes.map((cause) => cause.kind)).toContain('restatement');
      expect(causes.map(({ id }) => id)).toContain(`meter ${LATE_METER} volume`);

      nowMs += 1000;
      const by = { who: '李四', why: '补录账单' };
      const days = { firstDay: '2026-09-01', lastDay: '2026-09-30' };
      const bill = {
        agency: AGENCY,
        carrier: 'electricity',
        ...days,
        quantity: 1000,
        unit: 'kWh',
        costYuan: 500,
      } as const;
      context.ledger.add('bill', bill, by);
      const third = (await freezeIt()).snapshot;
      const changes = changesOf(third);
      expect(changes.causes.map((cause) => cause.kind)).toEqual(['registry', 'ledger']);
      // The bill puts the price on file out of use, which has not changed.
      expect(changes.causes[0]?.text.zh).toBe('不再采用的登记：prices/demo-electricity');
      expect(changes.causes[1]?.text.zh).toContain('李四：补录账单');
      expect(changes.figures.find(({ id }) => id === 'unit-price')).toMatchObject({
        kind: 'metric',
        before: null,
        after: 0.5,
      });

      const [first] = context.ledger.snapshots.list({ agencyId: AGENCY, periodId: '2026-09' });
      if (!first) throw new Error('no first revision');
      const whole = await changesSince(context, first, third);
      expect(new Set(whole.causes.map((cause) => cause.kind))).toEqual(
        new Set(['registry', 'ledger', 'restatement']),
      );
      expect((await changesSince(context, third, third)).figures).toEqual([]);
    });

    it('stays what dashboards see', async () => {
      nowMs = PERIOD.toMs + 10 * DAY_MS;
      const frozen = await assessmentOf(context, AGENCY, PERIOD);
      const value = (id: string) => frozen.metrics.find((metric) => metric.id === id)?.value;
      await storeAssessments(context, movingPeriods(context).slice(1, 2));
      const points = await context.store.assessment([AGENCY], PERIOD);
      const point = points.find(({ metric }) => metric === 'unit-price');
      expect([point?.value, point?.revision]).toEqual([value('unit-price'), 3]);
    });

    it('cannot be changed, and a change behind the triggers is noticed', () => {
      const db = new DatabaseSync(path);
      const expected = /frozen/;
      expect(() => db.exec("UPDATE snapshot SET note = 'x'")).toThrow(expected);
      expect(() => db.exec('DELETE FROM snapshot')).toThrow(expected);
      expect(() => db.exec('REPLACE INTO snapshot SELECT * FROM snapshot')).toThrow(expected);
      // The control: without the trigger the file can be changed, and the seal tells.
      db.exec('DROP TRIGGER snapshot_keeps_update');
      db.exec("UPDATE snapshot SET who = '王五' WHERE revision = 2");
      db.close();
      try {
        context.ledger.snapshots.list({ agencyId: AGENCY });
        expect.unreachable('a broken seal was accepted');
      } catch (error) {
        expect(isAppError(error, 'store.denied')).toBe(true);
      }
    });
  });
});

it.skipIf(!influxdAvailable())('both stores freeze the same bytes', () => {
  expect(contents.get('influx')).toBe(contents.get('sqlite'));
});
