/** Tariffs: every hour of every month has exactly one slot, and a carrier one tariff from a date on. */
import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../registry/fault.ts';
import { demoRegistry, registryOf } from '../../support/registry.ts';

const REGION = `
region: { id: test, name: { zh: 测试, en: Test }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
`;
const ALL = Array.from({ length: 24 }, (_, hour) => hour);

function tariff(id: string, slots: string, from = '2026-01-01'): string {
  return `  - { id: ${id}, carrier: electricity, region: x, from: ${from}, source: none, verified: false, slots: [${slots}] }\n`;
}

function faultsOf(...tariffs: readonly string[]): string[] {
  return registryOf({ 'a.yaml': `${REGION}tariffs:\n${tariffs.join('')}` }).faults.map(formatFault);
}

const whole = `{ slot: flat, hours: [${ALL}] }`;

describe('tariffs', () => {
  it('are accepted when the table is whole', () => {
    const split = `{ slot: sharp, months: [7], hours: [18] }, { slot: peak, months: [1,2,3,4,5,6,8,9,10,11,12], hours: [18] }, { slot: flat, hours: [${ALL.filter((hour) => hour !== 18)}] }`;
    expect(faultsOf(tariff('one', split), tariff('two', whole, '2027-01-01'))).toEqual([]);
  });

  it('name the hour that has none, or two', () => {
    expect(faultsOf(tariff('one', `{ slot: flat, hours: [${ALL.slice(1)}] }`))[0]).toContain(
      'expected one slot for hour 0 of month 1, found none',
    );
    expect(
      faultsOf(tariff('one', `${whole}, { slot: sharp, months: [7], hours: [18] }`))[0],
    ).toContain("expected one slot for hour 18 of month 7, found 'flat' and 'sharp'");
  });

  it('do not start twice on a date', () => {
    expect(faultsOf(tariff('one', whole), tariff('two', whole))[0]).toContain(
      'expected a date other than that of one',
    );
  });

  it('of the demo are marked as an example without prices', async () => {
    const { tariffs } = await demoRegistry();
    expect(tariffs.map(({ verified, prices }) => ({ verified, prices }))).toEqual([
      { verified: false, prices: {} },
    ]);
  });
});
