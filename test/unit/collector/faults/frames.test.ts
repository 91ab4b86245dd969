/** F8: damaged frames by the ten thousand; `npm run bench:reliability` sends a million. */
import { describe, expect, it } from 'vitest';
import { MBAP } from '../../../../collector/drivers/modbus/mbap.ts';
import { RTU } from '../../../../collector/drivers/modbus/rtu.ts';
import { fuzzFrames, weakFramings } from '../../../bench-reliability/trials/frames.ts';

const SEED = 20_261_123;

describe('F8 garbage, truncated, oversized and mislabelled frames', () => {
  it.each([MBAP, RTU])('$name: no crash, no wrong value, no sound frame missed', (framing) => {
    const result = fuzzFrames({ framing, frames: 25_000, seed: SEED });
    expect(result).toMatchObject({ crashes: 0, wrong: 0, missed: 0 });
  });

  it.each(Object.entries(weakFramings(MBAP, RTU)))(
    'control: without the check of the %s a wrong value passes and is seen',
    (_check, framing) => {
      expect(fuzzFrames({ framing, frames: 5_000, seed: SEED }).wrong).toBeGreaterThan(0);
    },
  );
});
