/** Explanations in a terminal: every level is there, and what does not add up is said. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainAgency } from '../../../api/explain/agency.ts';
import { explainMeter } from '../../../api/explain/meter.ts';
import { agencyTree, meterTree } from '../../../cli/explain-text.ts';
import { isCounting } from '../../../registry/registry.ts';
import { startTestApi, type TestApi, TROUBLE } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ filled: true });
}, 60_000);
afterAll(() => api.stop());

const DAY = {
  fromMs: Date.parse('2026-10-08T00:00:00+08:00'),
  toMs: Date.parse('2026-10-09T00:00:00+08:00'),
};

test('an account names its meters, shares and what is taken off', async () => {
  const agency = api.context.registry.agency('baiyan-fgj');
  const question = { carrier: 'water', item: '02000', range: DAY } as const;
  const why = await explainAgency(api.context, agency, question);
  const text = agencyTree(why);
  expect(text).toContain('表 meter baiyan-center-w ');
  expect(text).toContain('× 0.347');
  expect(text).toContain('− baiyan-center-w-fgj');
  expect(text).toContain('the parts add up to the figure');
  expect(agencyTree({ ...why, agrees: false })).toContain('the parts do not add up');
});

test('a meter shows hours, segments, readings and what was found', async () => {
  const meter = api.context.registry.meter(TROUBLE.gap);
  if (!isCounting(meter)) throw new Error('no counting meter');
  const text = meterTree(await explainMeter(api.context, meter, DAY));
  expect(text).toMatch(/2026-10-07T16:00:00.000Z +36 +=/);
  expect(text).toContain('插值 interpolated');
  expect(text).toContain('gap');
});
