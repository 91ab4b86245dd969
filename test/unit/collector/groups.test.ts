/** Groups of quantities, on whatever protocol. */
import { describe, expect, it } from 'vitest';
import { groupsOf, isDue, sectionsOf } from '../../../collector/groups.ts';
import { PROFILE_CATALOGUE } from '../../../collector/profile-facts.ts';
import { PROFILES_BY_ID } from '../../../collector/profiles/index.ts';
import { opcuaBuildingAutomation } from '../../../collector/profiles/opcua-building-automation.ts';

const profile = opcuaBuildingAutomation;

describe('groups', () => {
  it('are counters and gauges in every profile, and the registry knows them', () => {
    for (const [id, one] of PROFILES_BY_ID) {
      const { counters = [], gauges = [] } = groupsOf(one);
      if (one.groups === undefined)
        expect([...counters, ...gauges].sort(), id).toEqual(Object.keys(one.points).sort());
      expect(PROFILE_CATALOGUE.get(id)?.groups).toEqual(expect.arrayContaining(['counters']));
    }
  });

  it('leave the rest to each poll, and are never read more often than it', () => {
    const groupsMs = new Map([['counters', 1000]]);
    expect(sectionsOf({ profile, periodMs: 10_000, groupsMs })).toMatchObject([
      { group: undefined, periodMs: 10_000 },
      { group: 'counters', periodMs: 10_000, wanted: ['heatEnergy', 'activeEnergyExport'] },
    ]);
  });

  it('are due with the poll nearest to their period', () => {
    const section = { group: 'counters', periodMs: 60_000, wanted: [] };
    const dueAfter = (ms: number) => isDue(section, ms, 10_000);
    expect([54_000, 56_000, Number.POSITIVE_INFINITY].map(dueAfter)).toEqual([false, true, true]);
    expect(isDue({ ...section, group: undefined }, 0, 10_000)).toBe(true);
  });
});
