/** Water schedules and uses name what exists, once. */
import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../registry/fault.ts';
import { registryOf } from '../../support/registry.ts';

const REGION = `
region: { id: test, name: { zh: 测试, en: Test }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
`;

function faultsOf(schedule: string): string[] {
  const text = `${REGION}waterSchedules:\n  - { id: frost, reason: frost-trickle, season: { from: 11-01, to: 03-31 }, from: 2026-01-01${schedule} }\n`;
  return registryOf({ 'a.yaml': text }).faults.map(formatFault);
}

describe('water schedules', () => {
  it('name a building or a meter that is there, not both and not neither', () => {
    expect(faultsOf(', building: hall')[0]).toContain('expected a name listed under buildings');
    expect(faultsOf(', meter: main')[0]).toContain('expected a name listed under meters');
    expect(faultsOf('')[0]).toContain('either a building or a meter');
    expect(faultsOf(', building: hall, meter: main')[0]).toContain('either a building or a meter');
  });
});
