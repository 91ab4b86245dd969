/** The queue keeps what is dirty until it is done, across restarts, merged and in order of its causes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asWorker } from '../../../../api/consumption/job.ts';
import { openQueue, type RecomputeQueue } from '../../../../api/consumption/queue.ts';
import { dirtyBetween, factsOf } from '../../../../api/consumption/registry-facts.ts';
import { dateStartMs } from '../../../../domain/period.ts';
import { testRegistry } from '../../../support/pipeline.ts';

let folder: string;
let path: string;
let queue: RecomputeQueue;
let nowMs = 1000;
const now = () => nowMs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-queue-'));
  path = join(folder, 'recompute.db');
  queue = openQueue(path, now);
});

afterEach(async () => {
  queue.close();
  await rm(folder, { recursive: true });
});

const meter = (subject: string, fromMs: number, toMs: number) => {
  return { kind: 'meter' as const, subject, fromMs, toMs };
};
const ranges = () => queue.next(10).map(({ subject, fromMs, toMs }) => [subject, fromMs, toMs]);

describe('the queue', () => {
  it('merges what overlaps or touches, and keeps the rest apart', () => {
    queue.add({
      cause: 'late',
      dirty: [meter('a', 10, 20), meter('a', 40, 50), meter('b', 15, 25)],
    });
    queue.add({ cause: 'late', dirty: [meter('a', 20, 30), meter('a', 5, 5)] });
    expect(ranges()).toEqual([
      ['a', 10, 30],
      ['a', 40, 50],
      ['b', 15, 25],
    ]);
    queue.add({ cause: 'late', dirty: [meter('a', 25, 45)] });
    expect(ranges()).toEqual([
      ['a', 10, 50],
      ['b', 15, 25],
    ]);
  });

  it('hands out the oldest cause first, one cause at a time', () => {
    queue.add({ cause: 'late', dirty: [meter('a', 1, 2)] });
    queue.add({ cause: 'ledger', dirty: [meter('a', 1, 2)] });
    queue.add({ cause: 'late', dirty: [meter('b', 1, 2)] });
    const first = queue.next(10);
    expect(first.map(({ subject, cause }) => [subject, cause])).toEqual([
      ['a', 'late'],
      ['b', 'late'],
    ]);
    queue.done(first);
    expect(queue.next(10)).toMatchObject([{ cause: 'ledger' }]);
  });

  it('keeps what has grown while it was worked off', () => {
    queue.add({ cause: 'late', dirty: [meter('a', 1, 2)] });
    const working = queue.next(10);
    queue.add({ cause: 'late', dirty: [meter('a', 2, 3)] });
    queue.done(working);
    expect(ranges()).toEqual([['a', 1, 3]]);
    queue.done(queue.next(10));
    expect(queue.state()).toEqual({ length: 0, oldest: undefined });
  });

  it('survives a restart, with its marks and facts', () => {
    queue.add({
      cause: 'late',
      dirty: [meter('a', 1, 2)],
      marks: { arrivals: 7 },
      facts: new Map([['all', 'x']]),
    });
    queue.close();
    queue = openQueue(path, now);
    expect(ranges()).toEqual([['a', 1, 2]]);
    expect(queue.mark('arrivals')).toBe(7);
    expect(queue.facts()).toEqual(new Map([['all', 'x']]));
    expect(queue.mark('ledger')).toBeUndefined();
  });

  it('has one worker at a time, and is followed when that one died', async () => {
    const other = openQueue(path, now);
    let inner: boolean | undefined;
    const done = await asWorker(queue, now, async () => {
      inner = await asWorker(other, now, async () => undefined);
    });
    expect([done, inner]).toEqual([true, false]);
    expect(await asWorker(other, now, async () => undefined)).toBe(true);
    queue.claim('dead', nowMs + 60_000);
    expect(await asWorker(other, now, async () => undefined)).toBe(false);
    nowMs += 60_001;
    expect(await asWorker(other, now, async () => undefined)).toBe(true);
    other.close();
  });
});

describe('a change of the registry', () => {
  const changed = (change: (text: string) => string) =>
    dirtyBetween(factsOf(testRegistry()), factsOf(testRegistry(change)), 5e12).map(
      ({ subject, fromMs }) => [subject, fromMs],
    );
  const dayMs = (date: string) => dateStartMs(date, 'Asia/Shanghai');

  it('that touches no figure makes nothing dirty', () => {
    expect(changed((text) => text.replaceAll('总表', '主表'))).toEqual([]);
  });

  it('of a rating makes all of that meter dirty', () => {
    expect(
      changed((text) =>
        text.replace('pollSeconds: 900, maxPerHour: 100 }', 'pollSeconds: 900, maxPerHour: 90 }'),
      ),
    ).toEqual([['shared-e', 0]]);
  });

  it('of a dated multiplier makes it dirty from that date on', () => {
    const next = (text: string) =>
      text.replace('factor: 0.5 }', 'factor: 0.5 }, { from: 2026-10-05, factor: 3 }');
    expect(changed(next)).toEqual([['shared-e-a', dayMs('2026-10-05')]]);
  });

  it('of a registered replacement makes it dirty from then on', () => {
    const at = '2026-10-06T08:00:00+08:00';
    const next = (text: string) =>
      text.replace(
        'agency: left,',
        `agency: left, replacements: [{ at: "${at}", finalReading: 5, initialReading: 0 }],`,
      );
    expect(changed(next)).toEqual([['shared-e-a', Date.parse(at)]]);
  });

  it('of shares makes the accounts of that building dirty from that date on', () => {
    const next = (text: string) => text.replace('left: 0.5, right: 0.5', 'left: 0.7, right: 0.3');
    expect(changed(next)).toEqual([['shared', dayMs('2026-10-17')]]);
  });

  it('of a tariff makes the accounts of all buildings dirty', () => {
    const next = (text: string) =>
      text.replace('from: 2024-01-01\n    source', 'from: 2023-01-01\n    source');
    expect(changed(next)).toEqual([
      ['shared', dayMs('2023-01-01')],
      ['own', dayMs('2023-01-01')],
    ]);
  });
});
