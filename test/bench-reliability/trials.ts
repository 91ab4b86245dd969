/** All reliability trials in full length; adding one is a file in `trials/` and an entry here. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MBAP } from '../../collector/drivers/modbus/mbap.ts';
import { RTU } from '../../collector/drivers/modbus/rtu.ts';
import { opcuaTrial } from './opcua.ts';
import { withLaxFraming } from './soak/lax.ts';
import { atLeast, atMost, noted, seen, skipped, type Trial } from './trial.ts';
import { fillDisk } from './trials/disk-full.ts';
import { fuzzFrames, weakFramings } from './trials/frames.ts';
import { histories } from './trials/histories.ts';
import { killAgainAndAgain } from './trials/kills.ts';
import { soak } from './trials/soak.ts';

const MINUTE_MS = 60_000;
const MB = 1e6;

const frames: Trial = {
  name: 'frames',
  mostMs: 5 * MINUTE_MS,
  async run({ seed }) {
    const perFraming = 500_000;
    const results = [MBAP, RTU].map((framing) => fuzzFrames({ framing, frames: perFraming, seed }));
    const sum = (of: 'wrong' | 'missed' | 'crashes') =>
      results.reduce((total, result) => total + result[of], 0);
    const growth = Math.max(...results.map(({ heapGrowthBytes }) => heapGrowthBytes));
    const weak = Object.entries(weakFramings(MBAP, RTU)).map(([check, framing]) =>
      seen(
        `wrong values without the check of the ${check}`,
        fuzzFrames({ framing, frames: 20_000, seed }).wrong,
      ),
    );
    return [
      noted('frames sent, nine in ten damaged', 2 * perFraming),
      atMost('values taken from damaged frames', sum('wrong'), 0),
      atMost('sound frames missed', sum('missed'), 0),
      atMost('crashes', sum('crashes'), 0),
      atMost('heap growth', growth / MB, 5, 'MB'),
      ...weak,
    ];
  },
};

const kills: Trial = {
  name: 'kills',
  mostMs: 8 * MINUTE_MS,
  async run({ seed, folder }) {
    const storePath = join(folder, 'store.db');
    const result = await killAgainAndAgain({
      spoolPath: join(folder, 'spool.db'),
      storePath,
      rounds: 50,
      seed,
    });
    const control = await killAgainAndAgain({
      spoolPath: ':memory:',
      storePath: join(folder, 'control.db'),
      rounds: 5,
      seed,
    });
    return [
      noted('readings acknowledged in 50 lives at 2,500 a second', result.acknowledged),
      atMost('acknowledged and lost', result.lost.length, 0),
      atMost('stored twice', result.twice, 0),
      atMost('left in the spool after the drain', result.left, 0),
      atMost('slowest start to its first acknowledgement', result.slowestStartMs / 1000, 5, 's'),
      seen('lost with a spool in memory', control.lost.length),
    ];
  },
};

const soaked: Trial = {
  name: 'soak',
  mostMs: 12 * MINUTE_MS,
  async run({ seed, folder }) {
    const result = await soak({
      folder,
      seed,
      durationMs: 8 * MINUTE_MS,
      everyMs: 1000,
      mostMs: 12_000,
    });
    const control = await withLaxFraming(() =>
      soak({
        folder: join(folder, 'control'),
        seed,
        durationMs: 15_000,
        everyMs: 400,
        mostMs: 4000,
      }),
    );
    const kept = 1 - result.healthyMissing / result.healthyDue;
    return [
      noted('faults switched on and off, on 200 meters and 20 gateways', result.troubles),
      noted('readings stored', result.readings),
      atMost('stored values the meter did not show', result.wrong.length, 0),
      noted('oldest stored value at its time stamp', result.oldestMs, 'ms'),
      noted('polls due to healthy meters', result.healthyDue),
      atLeast('completeness of healthy meters', kept * 100, 99.9, '%'),
      noted('timeouts', result.timeouts),
      noted('late replies dropped', result.lateReplies),
      noted('broken frames refused', result.brokenFrames),
      atMost('heap growth in the last three quarters', result.heapGrowthBytes / MB, 10, 'MB'),
      seen('wrong values stored with a framing that checks nothing', control.wrong.length),
    ];
  },
};

/** A system call, an error, and which of its calls in a life gets it. */
const INJECTED = ['fdatasync', 'pwrite64'].flatMap((call) =>
  ['EIO', 'ENOSPC'].flatMap((error) =>
    Array.from({ length: 15 }, (_, nth) => `inject=${call}:error=${error}:when=${2 * nth + 1}`),
  ),
);

const STRACE = ['strace', '-f', '-qq', '-o', '/dev/null', '-e'];
/** The fifteenth of its kind: by then the life has begun. */
const LATEST = 14;

const errors: Trial = {
  name: 'errors',
  mostMs: 8 * MINUTE_MS,
  async run({ seed, folder }) {
    if (spawnSync('strace', ['-V']).status !== 0) return [skipped('strace is not installed')];
    const under = (round: number) => [...STRACE, INJECTED[round] ?? ''];
    const result = await killAgainAndAgain({
      spoolPath: join(folder, 'spool.db'),
      storePath: join(folder, 'store.db'),
      rounds: INJECTED.length,
      seed,
      under,
    });
    const control = await killAgainAndAgain({
      spoolPath: join(folder, 'control-spool.db'),
      storePath: join(folder, 'control-store.db'),
      rounds: 5,
      seed,
      under: (round) => under(LATEST - round),
      acknowledgesEarly: true,
    });
    return [
      noted('lives with one injected I/O error each, then killed', INJECTED.length),
      noted('of them ended at the start, before anything was acknowledged', result.neverBegan),
      atMost('ended by the error while running', result.crashed, 0),
      noted('readings acknowledged', result.acknowledged),
      atMost('acknowledged and lost', result.lost.length, 0),
      atMost('stored twice', result.twice, 0),
      atMost('left in the spool after the drain', result.left, 0),
      seen('lost when acknowledged before the commit', control.lost.length),
    ];
  },
};

const disk: Trial = {
  name: 'disk',
  mostMs: 4 * MINUTE_MS,
  async run({ folder }) {
    if (process.getuid?.() !== 0) return [skipped('mounting a tmpfs needs root')];
    const rounds = 20;
    const result = await fillDisk({ folder, rounds });
    const control = await fillDisk({ folder, rounds: 2, maxPending: 500 });
    return [
      noted('readings recorded while a disk of 16 MB was full', result.recorded),
      atMost('lost', result.lost, 0),
      atLeast('times of 20 the disk refused', result.refused, rounds),
      atMost('slowest, from room on the disk to all on disk', result.slowestMs / 1000, 10, 's'),
      seen('lost where memory keeps 500 of what the disk refuses', control.lost),
    ];
  },
};

const opcua: Trial = {
  name: 'opcua',
  mostMs: 6 * MINUTE_MS,
  async run({ seed }) {
    const result = await opcuaTrial({ restarts: 20, seed });
    const control = await opcuaTrial({ restarts: 1, seed, givesUp: true });
    const { SignAndEncrypt: _encrypted, ...insecure } = result.sessions;
    return [
      noted('times the server was killed, frozen or dropped its clients', result.rounds),
      noted('readings', result.samples),
      atMost('readings that are not what the server had', result.wrong, 0),
      atMost('readings before the server was trusted', result.beforeTrust, 0),
      atMost('sessions without encryption', Object.keys(insecure).length, 0),
      atMost('longest until values came again, in periods', result.worstGapPeriods, 2),
      seen('the gap of a collector that gives up', control.worstGapPeriods),
    ];
  },
};

export const TRIALS: readonly Trial[] = [frames, histories, kills, errors, disk, opcua, soaked];
