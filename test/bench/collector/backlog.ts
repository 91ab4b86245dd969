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
/** Connecting and compiling. */
const WARM_UP_MS = 5_000;
/** Less where everything is drained before. */
const WATCH_S = 60;
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

/** Looks once a second: the most memory, and how far the newest live point was behind. */
async function watch(subject: Helper, sink: Helper, isDrained: (left: Figures) => boolean) {
  const [rss, ages]: [number[], number[]] = [[], []];
  sink.begin();
  const fromMs = performance.now();
  for (let second = 0; second < WATCH_S; second += 1) {
    await delay(1_000);
    rss.push(rssMb(subject.pid));
    ages.push((await sink.figures()).liveAgeMs ?? Number.NaN);
    if (isDrained(await subject.figures())) break;
  }
  const elapsedS = (performance.now() - fromMs) / 1000;
  const { points = Number.NaN, oldPoints = Number.NaN } = await sink.figures();
  return {
    rssMb: Math.max(...rss),
    liveAgeS: Math.max(...ages) / 1000,
    oldPerSecond: oldPoints / elapsedS,
    livePerSecond: (points - oldPoints) / elapsedS,
  };
}

async function run(folder: string, isDrained: (left: Figures) => boolean): Promise<Figures> {
  const server = await startHelper('server');
  const sink = await startHelper('sink');
  try {
    const fromMs = performance.now();
    const args = [folder, METERS, server.hello.port ?? 0, sink.hello.port ?? 0];
    const subject = await startHelper('pipeline', args, nodeFlags('collect'));
    try {
      const firstPollMs = await firstReadMs(server, fromMs);
      await delay(WARM_UP_MS);
      return { firstPollS: firstPollMs / 1000, ...(await watch(subject, sink, isDrained)) };
    } finally {
      await subject.stop();
    }
  } finally {
    await Promise.all([server.stop(), sink.stop()]);
  }
}

export const backlog: Bench = {
  name: 'backlog',
  takes: 'seven minutes for ten million readings',
  note: `real time: all points that ${METERS} meters at 1 s make live; memory: the most in any second, beside a start with an empty spool; fewer readings with BACKLOG_READINGS`,
  async run(folder) {
    const [empty, full] = [join(folder, 'empty'), join(folder, 'full')];
    for (const one of [empty, full]) mkdirSync(one, { recursive: true });
    const before = await run(empty, () => false);
    const fill = await startHelper('fill-spool', [join(full, 'spool.db'), READINGS, METERS]);
    await fill.stop();
    const { records = Number.NaN, bytes = Number.NaN } = fill.hello;
    const after = await run(full, ({ backlog: left = 0 }) => left < METERS * 10);
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
      row('drained', value('oldPerSecond'), { unit: '1/s' }),
      row('drained, times real time', value('oldPerSecond') / value('livePerSecond'), {
        unit: '',
        least: 10,
      }),
      row('live data behind, the most', value('liveAgeS'), { unit: 's', goal: 5 }),
    ];
  },
};
