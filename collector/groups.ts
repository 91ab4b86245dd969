/** Groups of quantities that a meter may be told to read less often than the rest. */
import { QUANTITIES, type QuantityId } from '../domain/quantities.ts';
import type { MeterProfile } from './profile.ts';

/** Every Modbus profile has `counters` and `gauges`; a profile may name more, or name these otherwise. */
export function groupsOf(profile: MeterProfile): Readonly<Record<string, readonly QuantityId[]>> {
  if (profile.protocol !== 'modbus') return {};
  const quantities = Object.keys(profile.points) as QuantityId[];
  const ofKind = (kind: 'counter' | 'gauge') =>
    quantities.filter((quantity) => QUANTITIES[quantity].kind === kind);
  return { counters: ofKind('counter'), gauges: ofKind('gauge'), ...profile.groups };
}
