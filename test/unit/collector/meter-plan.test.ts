/** What one meter is asked for, poll after poll: groups with their own period, and refusals that are remembered. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../collector/groups.ts';
import { createMeterPlan, type MeterPlan } from '../../../collector/meter-plan.ts';
import { chintDtsu666 } from '../../../collector/profiles/chint-dtsu666.ts';
import { openRefusals, type Refusals } from '../../../collector/refusals.ts';

const COST = { transactionMs: 51, registerMs: 2.08 };
const PERIOD_MS = 10_000;
const ENERGY = ['activeEnergyImport', 'activeEnergyExport'] as const;

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
const file = join(folder, 'refusals.json');
afterEach(() => rmSync(file, { force: true }));

function planOf(refusals: Refusals, groupsMs?: ReadonlyMap<string, number>): MeterPlan {
  return createMeterPlan({
    connection: 'bus',
    profile: { ...chintDtsu666, groups: { slow: ENERGY } },
    cost: COST,
    periodMs: PERIOD_MS,
    refusals,
    ...(groupsMs ? { groupsMs } : {}),
  });
}

const addresses = (plan: MeterPlan, atMs: number) =>
  plan.blocks(atMs).map(({ address, count }) => `${address}+${count}`);

/** Polls that all succeed; which reads each of them makes. */
function pollAll(plan: MeterPlan, atMs: readonly number[]): string[][] {
  return atMs.map((at) => {
    const reads = addresses(plan, at);
    for (const block of plan.blocks(at)) plan.accept(block, at);
    return reads;
  });
}

it('of two meters of a model share their blocks, and neither what the other refuses', () => {
  const options = { connection: 'bus', profile: chintDtsu666, cost: COST, periodMs: PERIOD_MS };
  const [refusing, other] = ['a', 'b'].map(() =>
    createMeterPlan({ ...options, refusals: openRefusals() }),
  );
  const [whole] = other?.blocks(0) ?? [];
  expect(whole).toBeDefined();
  expect(refusing?.blocks(0)).toBe(other?.blocks(0));
  if (whole) refusing?.refuse(whole, 0);
  expect(refusing?.blocks(0)).not.toContain(whole);
  expect(other?.blocks(0)).toContain(whole);
  expect([refusing?.hasRefused, other?.hasRefused]).toEqual([false, false]);
});

describe('groups', () => {
  const ENERGY_READ = '4126+12';
  const REST_READ = '8198+64';
  const polls = Array.from({ length: 7 }, (_, index) => (index + 1) * PERIOD_MS);

  it('are read with every poll until a meter says otherwise (control)', () => {
    const reads = pollAll(planOf(openRefusals()), polls);
    for (const read of reads) expect(read).toEqual([ENERGY_READ, REST_READ]);
  });

  it('are read with the poll at their period, although polls are early or late', () => {
    const jittered = polls.map((at, index) => at + (index % 2 ? 400 : -400));
    const reads = pollAll(planOf(openRefusals(), new Map([['slow', 3 * PERIOD_MS]])), jittered);
    expect(reads.map((read) => read.includes(ENERGY_READ))).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
    for (const read of reads) expect(read).toContain(REST_READ);
  });

  it('exist in every profile, and a quantity belongs to the first that names it', () => {
    const counters = pollAll(planOf(openRefusals(), new Map([['counters', 3 * PERIOD_MS]])), polls);
    expect(counters.map((read) => read.includes(ENERGY_READ)).slice(0, 4)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const both = new Map([
      ['slow', 2 * PERIOD_MS],
      ['counters', 3 * PERIOD_MS],
    ]);
    const sections = sectionsOf({
      profile: { ...chintDtsu666, groups: { slow: ENERGY } },
      periodMs: PERIOD_MS,
      groupsMs: both,
    });
    expect(sections.map(({ group }) => group)).toEqual([undefined, 'slow']);
  });

  it('come again with the next poll when their read failed', () => {
    const plan = planOf(openRefusals(), new Map([['slow', 3 * PERIOD_MS]]));
    expect(addresses(plan, 0)).toContain(ENERGY_READ);
    expect(addresses(plan, PERIOD_MS)).toContain(ENERGY_READ);
  });
});

describe('refusals', () => {
  it('survive a restart, so that the device is not asked again', () => {
    const first = planOf(openRefusals(file));
    const [, whole] = first.blocks(0);
    if (!whole) throw new Error('no block');
    const parts = first.refuse(whole, 0);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) first.accept(part, 0);
    const learnt = addresses(first, 0);
    expect(addresses(planOf(openRefusals(file)), 0)).toEqual(learnt);
    expect(addresses(planOf(openRefusals()), 0)).not.toEqual(learnt);
  });

  it('are not learnt from a device that refuses everything', () => {
    const refusals = openRefusals(file);
    const plan = planOf(refusals);
    const before = addresses(plan, 0);
    for (let round = 0; round < 3; round += 1) {
      for (const block of plan.blocks(0)) plan.refuse(block, 0);
    }
    expect(plan.blocks(0)).toEqual([]);
    expect(addresses(planOf(openRefusals(file)), 0)).toEqual(before);
  });

  it('belong to one connection and one profile', () => {
    const refusals = openRefusals(file);
    const block = { functionCode: 3, address: 1, count: 2 } as const;
    refusals.add({ connection: 'bus', profile: 'a', block });
    expect(refusals.has({ connection: 'bus', profile: 'a', block })).toBe(true);
    expect(refusals.has({ connection: 'bus', profile: 'b', block })).toBe(false);
    expect(refusals.has({ connection: 'other', profile: 'a', block })).toBe(false);
  });

  it('start anew from a damaged file, and say so', () => {
    writeFileSync(file, '{ "half":');
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(line) });
    const refusals = openRefusals(file, logger);
    expect(lines.join()).toContain('refusals.unusable');
    const block = { functionCode: 3, address: 1, count: 2 } as const;
    refusals.add({ connection: 'bus', profile: 'a', block });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['bus a 3/1/2']);
  });

  it('leave a block without parts alone for an hour', () => {
    const fixedBlocks = [{ address: 0x101e, count: 12 }];
    const plan = createMeterPlan({
      connection: 'bus',
      profile: { ...chintDtsu666, fixedBlocks },
      cost: COST,
      periodMs: PERIOD_MS,
      refusals: openRefusals(),
    });
    const [block] = plan.blocks(0);
    if (!block) throw new Error('no block');
    expect(plan.refuse(block, 0)).toEqual([]);
    expect(addresses(plan, 1_800_000)).toHaveLength(1);
    expect(addresses(plan, 3_600_000)).toHaveLength(2);
  });
});
