/** Trap 14: in a shared building the tenant's own meter goes first, the rest by dated shares, and each part says which it is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../../../../support/audit-world.ts';
import { REGION, readingsOf } from '../../../../support/pipeline.ts';

const DAY = {
  fromMs: Date.parse('2026-09-07T00:00+08:00'),
  toMs: Date.parse('2026-09-09T00:00+08:00'),
};

let world: World | undefined;
beforeAll(async () => {
  world = await openWorld({
    now: '2026-09-09T00:00+08:00',
    registry: REGION,
    readings: ['shared-e', 'shared-e-a'].flatMap((id) => readingsOf(id, DAY)),
  });
});
afterAll(async () => {
  await world?.close();
});

it('14. what is allocated is marked as such, with its share', async () => {
  const answer = await fetch(`${world?.url}/api/agencies/left/assessment?period=2026-09`);
  const { contributions } = (await answer.json()) as {
    contributions: { meterId: string; basis: string; factor: number }[];
  };
  const parts = contributions.map(({ meterId, basis, factor }) => `${meterId} ${basis} ${factor}`);
  expect(parts.sort()).toEqual([
    'shared-e area 0.6',
    'shared-e-a area -0.6',
    'shared-e-a own-meter 1',
  ]);
});
