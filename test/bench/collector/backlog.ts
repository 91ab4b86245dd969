/** Ten million readings wait on disk when the collector starts: how soon it polls, how it drains, what that costs. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeFlags } from '../../../cli/node-flags.ts';
import type { Row } from '../table.ts';
import type { Bench } from './bench.ts';
import { type Figures, type Helper, rssMb, startHelper } from './watch.ts';

const METERS = 500;
const READINGS = Number(process.env.BACKLOG_READINGS ?? 10_000_000);
const WATCH_S = 60;
/** Connecting: no meter has been polled yet. */
const FIRST_S = 2;
const POLL_MS = 20;
const POLL_TRIES = 3_000;

async function firstReadMs(server: Helper, fromMs: number): Promise<number> {
  for (let tries = 0; tries < POLL_TRIES; tries += 1) {
    const { reads = 0 } = await server.figures();
    if (reads > 0) return performance.now() - fromMs;
    await delay(POLL_MS);
  }
  return Number.NaN;
}

/** Looks once a second from the start on: the most memory, and how far the newest live point was behind. */
async function watch(subject: Helper, sink: Helper): Promise<Figures> {
  const [rss, ages]: [number[], number[]] = [[], []];
  const fromMs = performance.now();
  let drained = { points: 0, inMs: Number.NaN };
  for (let second = 0; second < WATCH_S; second += 1) {
    await delay(1_000);
    rss.push(rssMb(subject.pid));
    const { liveAgeMs = Number.NaN, oldPoints = 0 } = await sink.figures();
    if (second >= FIRST_S) ages.push(liveAgeMs);
    if (oldPoints > drained.points) {
      drained = { points: oldPoints, inMs: performance.now() - fromMs };
    }
  }
  const { points = Number.NaN, oldPoints = Number.NaN } = await sink.figures();
  return {
    rssMb: Math.max(...rss),
    liveAgeS: Math.max(...ages) / 1000,
    drained: drained.points,
    drainedPerSecond: (drained.points * 1000) / drained.inMs,
    livePerSecond: ((points - oldPoints) * 1000) / (performance.now() - fromMs),
  };
}

async function run(folder: string): Promise<Figures> {
  const server = await startHelper('server');
  const sink = await startHelper('sink');
  try {
    const fromMs = performance.now();
    const args = [folder, METERS, server.hello.port ?? 0, sink.hello.port ?? 0];
    const subject = await startHelper('pipeline', args, nodeFlags('collect'));
    try {
      const firstPollMs = await firstReadMs(server, fromMs);
      return { firstPollS: firstPollMs / 1000, ...(await watch(subject, sink)) };
    } finally {
      await subject.stop();
    }
  } finally {
    await Promise.all([server.stop(), sink.stop()]);
  }
}

export const backlog: Bench = {
  name: 'backlog',
  takes: 'four minutes for ten million readings',
  note: `real time: all points that ${METERS} meters at 1 s make live; memory: the most in any second, beside a start with an empty spool; fewer readings with BACKLOG_READINGS`,
  async run(folder) {
    const [empty, full] = [join(folder, 'empty'), join(folder, 'full')];
    for (const one of [empty, full]) mkdirSync(one, { recursive: true });
    const before = await run(empty);
    const fill = await startHelper('fill-spool', [join(full, 'spool.db'), READINGS, METERS]);
    await fill.stop();
    const { records = Number.NaN, bytes = Number.NaN } = fill.hello;
    const after = await run(full);
    const value = (name: string) => after[name] ?? Number.NaN;
    const row = (what: string, figure: number, rest: Omit<Row, 'what' | 'value'>): Row => ({
      what: `${(records / 1e6).toFixed(1)} million readings waiting: ${what}`,
      value: figure,
      ...rest,
    });
    return [
      row('on disk', bytes / 1e9, { unit: 'GB' }),
      row('start to first poll', value('firstPollS'), { unit: 's', goal: 5 }),
      row(
        'memory beyond that with nothing waiting',
        value('rssMb') - (before.rssMb ?? Number.NaN),
        {
          unit: 'MB',
          goal: 64,
        },
      ),
      row('live points', value('livePerSecond'), { unit: '1/s' }),
      row(`drained in ${WATCH_S} s`, value('drained') / 1e6, { unit: 'million' }),
      row('drained', value('drainedPerSecond'), { unit: '1/s' }),
      row('drained, times real time', value('drainedPerSecond') / value('livePerSecond'), {
        unit: '',
        least: 10,
      }),
      row('live data behind, the most', value('liveAgeS'), { unit: 's', goal: 5 }),
    ];
  },
};
