/** Node-RED beside us: the same meters, the same sink, in turns, each in its usual setting. */
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

/** The goals are parts of what Node-RED takes. */
const FIGURES = [
  { name: 'readsPerSecond', what: 'reads', unit: '1/s' },
  { name: 'cpuUsPerRead', what: 'CPU a read', unit: 'µs', goal: 0.2 },
  { name: 'rssMb', what: 'memory', unit: 'MB', goal: 0.5 },
  { name: 'intervalErrorP99Ms', what: 'interval error p99', unit: 'ms' },
  { name: 'pointsPerRead', what: 'points a read', unit: '' },
] as const;

export const nodeRed: Bench = {
  name: 'node-red',
  takes: 'four minutes',
  beside: 'Node-RED',
  note: 'Node-RED 4.1 with contrib-modbus 5.60, queue on, one post a second; ours with spool and quality',
  async run(folder) {
    const home = join(folder, 'node-red');
    installNodeRed(home);
    const options = { meters: METERS, seconds: SECONDS, warmUpMs: WARM_UP_MS, folder };
    const ours: Figures[] = [];
    const theirs: Figures[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await runPaced(options, startOurs));
      theirs.push(await runPaced(options, startNodeRed(home)));
    }
    return FIGURES.map(
      ({ name, what, ...rest }): Row => ({
        what: `${METERS} meters at 1 s: ${what}`,
        value: median(ours, name),
        beside: median(theirs, name),
        ...rest,
      }),
    );
  },
};
