/** The limits of metering in force on a day: how much must be installed, and how accurate it must be. */
import { type AccuracyClass, isAsGoodAs } from '../domain/accuracy.ts';
import type { Carrier } from '../domain/carriers.ts';
import type { Level } from '../domain/places.ts';
import type { CountingMeter } from './registry.ts';
import type { MeteringLimit } from './schema.ts';

export type RateLimit = Extract<MeteringLimit, { kind: 'rate' }>;
export type AccuracyLimit = Extract<MeteringLimit, { kind: 'accuracy' }>;
export type ZonePowerLimit = Extract<MeteringLimit, { kind: 'zone-power' }>;

export interface MeteringLimits {
  /** Without a carrier, of all together. */
  rate(level: Level, carrier?: Carrier): RateLimit | undefined;
  /** All that may apply to a meter: several while its diameter is not on file. */
  accuracy(meter: CountingMeter): readonly AccuracyLimit[];
  zonePower(): ZonePowerLimit | undefined;
}

/** Those of the newest date. */
function newest<T extends MeteringLimit>(limits: readonly T[]): T[] {
  const from = limits.map((limit) => limit.from).reduce((a, b) => (a > b ? a : b), '');
  return limits.filter((limit) => limit.from === from);
}

function mayBe({ aboveMm = 0, upToMm = Number.POSITIVE_INFINITY }: AccuracyLimit, mm?: number) {
  return mm === undefined || (aboveMm < mm && mm <= upToMm);
}

export function meteringLimitsOn(all: readonly MeteringLimit[], date: string): MeteringLimits {
  const inForce = all.filter(({ from }) => from <= date);
  const rates = inForce.filter((limit) => limit.kind === 'rate');
  const accuracies = inForce.filter((limit) => limit.kind === 'accuracy');
  return {
    rate: (level, carrier) =>
      newest(rates.filter((limit) => limit.level === level && limit.carrier === carrier))[0],
    accuracy({ carrier, level, diameterMm }) {
      const own = accuracies.filter((limit) => limit.carrier === carrier);
      const ofLevel = own.filter((limit) => limit.level === level);
      const wanted = ofLevel.length > 0 ? ofLevel : own.filter((limit) => !limit.level);
      return newest(wanted).filter((limit) => mayBe(limit, diameterMm));
    },
    zonePower: () => newest(inForce.filter((limit) => limit.kind === 'zone-power'))[0],
  };
}

/** `undefined` when the class or a limit is not on file, or when it depends on an unknown diameter. */
export function isAccurate(
  own: AccuracyClass | undefined,
  limits: readonly AccuracyLimit[],
): boolean | undefined {
  if (own === undefined) return undefined;
  const [first, ...more] = limits.map(({ accuracyClass }) => isAsGoodAs(own, accuracyClass));
  return more.every((verdict) => verdict === first) ? first : undefined;
}
