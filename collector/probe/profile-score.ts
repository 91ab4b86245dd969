/** How well a profile's map fits what a device answered: the share of its quantities that read like themselves. */
import type { QuantityId } from '../../domain/quantities.ts';
import type { Values } from '../codec/decode.ts';
import { pointsOf } from '../codec/plan.ts';
import type { ModbusProfile } from '../profile.ts';
import { expectationOf, judge, type Plausibility } from './plausibility.ts';

export interface QuantityVerdict {
  readonly quantity: QuantityId;
  readonly value?: number;
  readonly verdict: Plausibility | 'missing';
}

export interface ProfileScore {
  /** 0 nothing fits, 1 everything does. */
  readonly score: number;
  readonly quantities: readonly QuantityVerdict[];
}

/** Zero is neither for nor against, but a map full of zeros must not win by one lucky value. */
const ZERO_WEIGHT = 0.5;
/** Power exceeds the sum of U × I by metering error and by values read a moment apart. */
const POWER_MARGIN = 1.2;
const POWER_FLOOR_KW = 0.05;

/** The apparent power of the phases, where all of them were read. */
function apparentKw(values: Readonly<Values>): number | undefined {
  let voltAmperes = 0;
  for (const phase of ['1', '2', '3'] as const) {
    const voltage = values[`voltageL${phase}`];
    const current = values[`currentL${phase}`];
    if (voltage === undefined || current === undefined) return undefined;
    voltAmperes += Math.abs(voltage * current);
  }
  return voltAmperes / 1000;
}

function verdictOf(quantity: QuantityId, values: Readonly<Values>): QuantityVerdict {
  const value = values[quantity];
  if (value === undefined) return { quantity, verdict: 'missing' };
  const verdict = judge(quantity, value);
  const limitKw = quantity === 'activePower' ? apparentKw(values) : undefined;
  const isTooMuch =
    limitKw !== undefined && Math.abs(value) > limitKw * POWER_MARGIN + POWER_FLOOR_KW;
  return { quantity, value, verdict: isTooMuch ? 'implausible' : verdict };
}

export function scoreProfile(profile: ModbusProfile, values: Readonly<Values>): ProfileScore {
  const quantities = pointsOf(profile).map(([quantity]) => verdictOf(quantity, values));
  let good = 0;
  let total = 0;
  for (const { quantity, verdict } of quantities) {
    const { weight } = expectationOf(quantity);
    if (verdict === 'plausible') good += weight;
    total += verdict === 'zero' ? weight * ZERO_WEIGHT : weight;
  }
  return { score: total === 0 ? 0 : good / total, quantities };
}
