/** Every profile turned round: what a simulated meter shows survives its registers and the decoder. */
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../collector/profiles/index.ts';
import type { QuantityId } from '../../../domain/quantities.ts';
import { polled } from '../../../simulators/backfill.ts';
import { createTruth } from '../../../simulators/model/truth.ts';
import { demoRegistry } from '../../support/registry.ts';

const registry = await demoRegistry();
const truth = createTruth({ registry });
const INSTANTS = ['2025-01-15T03:07:11', '2025-07-13T12:00:00', '2026-10-20T09:59:59'].map(
  (local) => Date.parse(`${local}+08:00`),
);

/** Half a step of an integer register, or the rounding of a float32. */
function tolerance(profileId: string, quantity: QuantityId, value: number): number {
  const profile = PROFILES.find(({ id }) => id === profileId);
  const point = profile?.protocol === 'modbus' ? profile.points[quantity] : undefined;
  const integer = point?.type.startsWith('float') === false && !point.fraction;
  return (integer ? 0.5 * (point.scale ?? 1) : 0) + Math.abs(value) * 1.2e-7;
}

const used = [...new Set(registry.meters.map(({ profile }) => profile))];

it('has meters of every protocol and of most carriers', () => {
  expect(used.length).toBeGreaterThanOrEqual(7);
});

describe.each(used)('profile %s', (profileId) => {
  const meters = registry.meters.filter((meter) => meter.profile === profileId);

  it('gives back every value its meters show', () => {
    for (const meter of meters) {
      const poll = polled(meter);
      for (const atMs of INSTANTS) {
        const shown = truth.meter(meter.id).valuesAt(atMs);
        const stored = poll(shown);
        for (const [quantity, value] of Object.entries(shown) as [QuantityId, number][]) {
          const difference = Math.abs((stored[quantity] ?? Number.NaN) - value);
          expect(difference, `${meter.id} ${quantity} ${value}`).toBeLessThanOrEqual(
            tolerance(profileId, quantity, value) + 1e-9,
          );
        }
      }
    }
  });

  it('leaves no register of its meters unexplained', () => {
    const [meter] = meters;
    if (!meter || profileId === 'opcua-building-automation') return;
    const shown = Object.keys(truth.meter(meter.id).valuesAt(INSTANTS[0] ?? 0)).sort();
    expect(shown).toEqual([...(registry.profiles.get(profileId)?.quantities ?? [])].sort());
  });
});

it('notices a profile that does not fit (control)', () => {
  const [meter] = registry.meters.filter(({ profile }) => profile === 'abb-b23');
  if (!meter) throw new Error('the demo has no abb-b23');
  const shown = truth.meter(meter.id).valuesAt(INSTANTS[0] ?? 0);
  const stored = polled({ ...meter, profile: 'tuf-2000m' })(shown);
  expect(stored.activeEnergyImport).toBeUndefined();
});
