/** All reliability trials in full length; adding one is a file in `trials/` and an entry here. */
import { join } from 'node:path';
import { MBAP } from '../../collector/drivers/modbus/mbap.ts';
import { RTU } from '../../collector/drivers/modbus/rtu.ts';
import { withLaxFraming } from './soak/lax.ts';
import { atLeast, atMost, noted, seen, type Trial } from './trial.ts';
import { fuzzFrames, weakFramings } from './trials/frames.ts';
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
    const growth = Math.max(...results.map(({ rssGrowthBytes }) => rssGrowthBytes));
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
      atMost('memory growth', growth / MB, 20, 'MB'),
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
      atMost('memory growth', result.rssGrowthBytes / MB, 50, 'MB'),
      seen('wrong values stored with a framing that checks nothing', control.wrong.length),
    ];
  },
};

export const TRIALS: readonly Trial[] = [frames, kills, soaked];
