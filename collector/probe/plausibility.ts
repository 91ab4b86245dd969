/** What a quantity reads on a building's meters: wide enough for the odd one, narrow enough to tell a wrong register. */
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import { UNITS } from '../../domain/units.ts';

export type Plausibility = 'plausible' | 'zero' | 'implausible';

interface Expectation {
  /** In the canonical unit. */
  readonly min: number;
  readonly max: number;
  /** How much a value inside says: a voltage hits its range by chance less often than an energy does. */
  readonly weight: number;
}

const EXPECTED: Readonly<Record<string, Expectation>> = {
  voltage: { min: 80, max: 300, weight: 3 },
  frequency: { min: 45, max: 65, weight: 3 },
  temperature: { min: -50, max: 150, weight: 2 },
  ratio: { min: -1, max: 1, weight: 1 },
  current: { min: -6000, max: 6000, weight: 1 },
  power: { min: -50_000, max: 50_000, weight: 1 },
  energy: { min: 0, max: 1e9, weight: 1 },
  volume: { min: 0, max: 1e8, weight: 1 },
  volumeFlow: { min: -10_000, max: 10_000, weight: 1 },
};
const ANYTHING: Expectation = { min: -1e9, max: 1e9, weight: 1 };
/** No meter resolves less; small integers taken for a float come out far below. */
const SMALLEST = 1e-6;

export function expectationOf(quantity: QuantityId): Expectation {
  return EXPECTED[UNITS[QUANTITIES[quantity].unit].dimension] ?? ANYTHING;
}

/** Whether a canonical value can be this quantity. Zero may be true and says nothing. */
export function judge(quantity: QuantityId, value: number): Plausibility {
  if (value === 0) return 'zero';
  const { min, max } = expectationOf(quantity);
  const isInside = Math.abs(value) >= SMALLEST && value >= min && value <= max;
  return isInside ? 'plausible' : 'implausible';
}
