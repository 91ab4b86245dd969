/** What was published stays: late readings after the close are restatements, and nothing else is. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeEnded, closePeriod } from '../../../../api/consumption/closings.ts';
import { recompute, recomputeDirty } from '../../../../api/consumption/recompute.ts';
import { DAY_MS, HOUR_MS } from '../../../../domain/period.ts';
import { spanAt } from '../../../../domain/season.ts';
import {
  allRows,
  differences,
  openPipeline,
  type Pipeline,
  readingsOf,
} from '../../../support/pipeline.ts';

const NOW_MS = Date.parse('2026-10-11T17:20:00Z');
const RANGE = { fromMs: Date.parse('2026-09-24T00:00:00Z'), toMs: NOW_MS };
const EVER = { fromMs: 0, toMs: NOW_MS + 400 * DAY_MS };
const HOLE = {
  fromMs: Date.parse('2026-09-25T00:00:00Z'),
  toMs: Date.parse('2026-09-25T06:00:00Z'),
};
const METERS = ['shared-e', 'shared-e-a', 'own-e'];
const late = readingsOf('own-e', RANGE, (index) => (index % 2 === 0 ? 3 : 1));
const isHole = ({ atMs }: { atMs: number }) => atMs > HOLE.fromMs && atMs < HOLE.toMs;

let pipeline: Pipeline;

beforeEach(async () => {
  pipeline = await openPipeline(NOW_MS);
  await pipeline.write(METERS.slice(0, 2).flatMap((id) => readingsOf(id, RANGE)));
  await pipeline.write(late.filter((reading) => !isHole(reading)));
  await recompute(pipeline.context, RANGE);
});

afterEach(() => pipeline.close());

async function restated(kind: 'meter' | 'building' | 'agency', subject: string) {
  return pipeline.context.store.restatements({
    subjectKind: kind,
    subjects: [subject],
    range: EVER,
  });
}

async function eventsOf(kind: string) {
  return pipeline.context.store.events(EVER, 1000, { kind });
}

async function deliverLate(): Promise<void> {
  await pipeline.write(late.filter(isHole));
  const dirty = [{ meterId: 'own-e', ...HOLE }];
  await recomputeDirty(pipeline.context, dirty, { cause: 'late' });
}

describe('a closed period', () => {
  it('is one that ended ten days ago, and is closed once', async () => {
    await closeEnded(pipeline.context, 10);
    await closeEnded(pipeline.context, 10);
    const closed = await eventsOf('period-closed');
    expect(closed.map(({ subject }) => subject)).toEqual(['month-2026-09']);
  });

  it('is none before its days are over', async () => {
    await closeEnded(pipeline.context, 30);
    expect(await eventsOf('period-closed')).toEqual([]);
  });

  it('keeps what was published and says what holds now, by which cause', async () => {
    const published = await allRows(pipeline);
    await closeEnded(pipeline.context, 10);
    await deliverLate();
    const after = await allRows(pipeline);
    const hours = await restated('meter', 'own-e');
    expect(hours.filter(({ resolution }) => resolution === 'hour')).toHaveLength(6);
    expect(hours.every(({ revision, cause }) => revision === 1 && cause === 'late')).toBe(true);
    expect(hours.map(({ resolution }) => resolution)).toEqual(
      expect.arrayContaining(['hour', 'day', 'month']),
    );
    for (const subject of ['right', 'bureau'])
      expect((await restated('agency', subject)).length).toBeGreaterThan(6);
    expect((await restated('building', 'own')).length).toBeGreaterThan(6);
    // The year is open: its row moves on.
    const isYear = (row: string) => row.includes('"resolution":"year"');
    const kept = (await allRows(pipeline, true)).filter((row) => !isYear(row));
    expect(
      differences(
        kept,
        published.filter((row) => !isYear(row)),
      ),
    ).toEqual([]);
    expect(differences(after, published)).not.toEqual([]);
    const events = await eventsOf('restatement');
    expect(events.map(({ subject }) => subject).sort()).toEqual([
      'bureau',
      'own',
      'own-e',
      'right',
    ]);
  });

  it('has the same figures as if the readings had come in time', async () => {
    await closeEnded(pipeline.context, 10);
    await deliverLate();
    const figures = (rows: string[]) => rows.map((row) => row.replace(/"revision":\d+/, ''));
    const found = figures(await allRows(pipeline));
    const other = await openPipeline(NOW_MS);
    await other.write([...METERS.slice(0, 2).flatMap((id) => readingsOf(id, RANGE)), ...late]);
    await recompute(other.context, RANGE);
    expect(differences(found, figures(await allRows(other)))).toEqual([]);
    await other.close();
  });

  it('is not restated when nothing changed, however often it is computed', async () => {
    await closeEnded(pipeline.context, 10);
    const before = await allRows(pipeline);
    await recompute(pipeline.context, RANGE);
    expect(differences(await allRows(pipeline), before)).toEqual([]);
    expect(await eventsOf('restatement')).toEqual([]);
    await deliverLate();
    const once = await allRows(pipeline);
    await recompute(pipeline.context, RANGE);
    expect(differences(await allRows(pipeline), once)).toEqual([]);
    expect(await eventsOf('restatement')).toHaveLength(4);
  });

  it('control: while it is open the rows are replaced', async () => {
    await deliverLate();
    expect(await restated('meter', 'own-e')).toEqual([]);
    expect(differences(await allRows(pipeline, true), await allRows(pipeline))).toEqual([]);
  });

  it('may be closed for one agency: its own rows and those they rest on', async () => {
    const september = spanAt(HOLE.fromMs, 'month', pipeline.context.registry.region);
    if (!september) throw new Error('September is a month');
    await closePeriod(pipeline.context, september, { cause: 'frozen', agencyId: 'right' });
    await deliverLate();
    expect(await restated('meter', 'own-e')).not.toEqual([]);
    expect(await restated('agency', 'right')).not.toEqual([]);
    expect(await restated('agency', 'bureau')).toEqual([]);
  });

  it('closed for a parent, is closed for every unit below it', async () => {
    const september = spanAt(HOLE.fromMs, 'month', pipeline.context.registry.region);
    if (!september) throw new Error('September is a month');
    await closePeriod(pipeline.context, september, { cause: 'frozen', agencyId: 'bureau' });
    await deliverLate();
    for (const unit of ['bureau', 'right']) expect(await restated('agency', unit)).not.toEqual([]);
    expect(await restated('building', 'own')).not.toEqual([]);
    expect(await restated('meter', 'own-e')).not.toEqual([]);
  });
});

describe('findings', () => {
  it('are told once when they are new, and once when they are over', async () => {
    const gaps = async () => (await eventsOf('gap')).filter(({ subject }) => subject === 'own-e');
    expect(await gaps()).toMatchObject([{ atMs: HOLE.fromMs, kind: 'gap' }]);
    await recompute(pipeline.context, RANGE);
    expect(await gaps()).toHaveLength(1);
    expect(await eventsOf('gap-over')).toEqual([]);
    await deliverLate();
    expect(await eventsOf('gap-over')).toMatchObject([{ subject: 'own-e' }]);
    expect(HOLE.toMs - HOLE.fromMs).toBe(6 * HOUR_MS);
  });
});
