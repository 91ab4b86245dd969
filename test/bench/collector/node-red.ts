/** Node-RED beside us: the same meters, the same sink, each in its usual setting. */
import { join } from 'node:path';
import type { Row } from '../table.ts';
import { type Bench, median } from './bench.ts';
import { installNodeRed } from './node-red/install.ts';
import { startNodeRed } from './node-red/subject.ts';
import { runPaced, startOurs } from './paced.ts';
import type { Figures } from './watch.ts';

const METERS = 500;
const ROUNDS = 3;
const SECONDS = 20;
const WARM_UP_MS = 10_000;
/** Its Modbus library keeps the last 256 answers of a connection: only then has it all its memory. */
const SETTLED_MS = 270_000;

/** The goals are parts of what Node-RED takes. */
const FIGURES = [
  { name: 'readsPerSecond', what: 'reads', unit: '1/s' },
  { name: 'cpuUsPerRead', what: 'CPU a read', unit: 'µs', goal: 0.2 },
  { name: 'rssMb', what: 'memory', unit: 'MB' },
  { name: 'intervalErrorP99Ms', what: 'interval error p99', unit: 'ms' },
  { name: 'pointsPerRead', what: 'points a read', unit: '' },
] as const;

function rowOf(name: string, ours: readonly Figures[], theirs: readonly Figures[]) {
  return { value: median(ours, name), beside: median(theirs, name) };
}

export const nodeRed: Bench = {
  name: 'node-red',
  takes: 'nine minutes',
  beside: 'Node-RED',
  note: 'Node-RED 4.1 with contrib-modbus 5.60, queue on, one post a second; ours with spool and quality. In turns, medians; for the settled memory both at once',
  async run(folder) {
    const home = join(folder, 'node-red');
    installNodeRed(home);
    const startTheirs = startNodeRed(home);
    const options = { meters: METERS, seconds: SECONDS, warmUpMs: WARM_UP_MS, folder };
    const ours: Figures[] = [];
    const theirs: Figures[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await runPaced(options, startOurs));
      theirs.push(await runPaced(options, startTheirs));
    }
    const settled = { ...options, seconds: 5, warmUpMs: SETTLED_MS };
    const [ourLast, theirLast] = await Promise.all([
      runPaced(settled, startOurs),
      runPaced(settled, startTheirs),
    ]);
    const about = `${METERS} meters at 1 s`;
    return [
      ...FIGURES.map(
        ({ name, what, ...rest }): Row => ({
          what: `${about}: ${what}`,
          ...rowOf(name, ours, theirs),
          ...rest,
        }),
      ),
      {
        what: `${about}: memory after ${SETTLED_MS / 1000} reads a meter`,
        ...rowOf('rssMb', [ourLast], [theirLast]),
        unit: 'MB',
        goal: 0.5,
      },
    ];
  },
};
