/** The published samples as tables: what a reviewer gets is the published answer. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { report } from './made.ts';

const FOLDER = fileURLToPath(new URL('../../../../../../shared/data/caltrack/', import.meta.url));
const present = existsSync(`${FOLDER}golden.json`);
if (!present)
  console.log('skipped: the CalTRACK tables are not beside the project (../shared/data)');

const SAMPLES = [
  { name: 'il-electricity-cdd-hdd-daily', carrier: 'electricity' },
  { name: 'il-gas-hdd-only-daily', carrier: 'gas' },
] as const;

describe.runIf(present || process.env.CI)('published samples as tables', () => {
  it.each(SAMPLES)('$name', ({ name, carrier }) => {
    const answer = JSON.parse(readFileSync(`${FOLDER}golden.json`, 'utf8'))[name];
    const found = report(readFileSync(`${FOLDER}${name}.csv`, 'utf8'), { carrier });
    const [segment, ...more] = found.model?.segments ?? [];
    expect([found.status, segment?.kind, more]).toEqual(['computed', answer.model_type, []]);
    const { intercept, ...params } = answer.params;
    expect(Math.abs((segment?.intercept ?? 0) - intercept)).toBeLessThan(1e-6);
    for (const { kind, perUnit, balancePoint } of segment?.slopes ?? []) {
      expect(Math.abs(perUnit - params[`beta_${kind}`])).toBeLessThan(1e-6);
      const point = kind === 'hdd' ? 'heating_balance_point' : 'cooling_balance_point';
      expect(balancePoint?.fahrenheit).toBe(params[point]);
    }
    expect(segment?.slopes.length).toBe(answer.num_params);
    const { avoided } = found;
    const figures = [
      [avoided?.predicted, answer.counterfactual_sum],
      [avoided?.measured, answer.reporting_observed_sum],
      [avoided?.avoided, answer.metered_savings],
      [avoided?.bands?.fsu, answer.bands['FSU Error Band']],
      [avoided?.bands?.ols, answer.bands['OLS Error Band']],
    ];
    for (const [ours, theirs] of figures) expect(Math.abs(ours - theirs)).toBeLessThan(1e-3);
    const months = found.months.reduce((sum, month) => sum + month.avoided, 0);
    expect(months).toBeCloseTo(avoided?.avoided ?? 0, 6);
  });

  it('control: another day begins the year, and the answer is another', () => {
    const { name } = SAMPLES[0];
    const [head = '', ...lines] = readFileSync(`${FOLDER}${name}.csv`, 'utf8').trim().split('\n');
    const shifted = [
      head,
      ...lines.map((line) => line.replace('00:00:00+00:00', '16:00:00+00:00')),
    ];
    const cut = shifted.filter((line) => !line.startsWith('2015-12-27'));
    expect(report(cut.join('\n')).model?.segments[0]?.intercept).not.toBeCloseTo(13.472_386, 4);
  });
});
