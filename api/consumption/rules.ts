/** Configuration of the rule set for one register; the rules themselves are in `rules/`, a file a group. */
import type { Finding } from '../../domain/finding.ts';
import type { TimeRange } from '../../domain/period.ts';

/** A registered swap: the old meter's last index and the new one's first. */
export interface Replacement {
  readonly atMs: number;
  readonly finalReading: number;
  readonly initialReading: number;
}

/** A confirmed change of the register's unit: from then on one count is `factor` of the former. */
export interface UnitChange {
  readonly atMs: number;
  readonly factor: number;
}

/** When a register that does not move is suspicious. */
export interface StuckRule {
  /** A longer run without movement is stuck; learned from the meter, see `learnHabits`. */
  readonly afterMs?: number;
  /** Whether this meter usually moves then; learned from the meter. */
  readonly usuallyMoves?: (range: TimeRange) => boolean;
  /** Whether siblings or the parent move meanwhile; where it is given, it decides. */
  readonly othersMove?: (range: TimeRange) => boolean;
}

/** The rules by name, in the order of the list in `docs/methodology.md`. */
export const RULE_NAMES = [
  'order',
  'last-write',
  'no-value',
  'future',
  'jitter',
  'rollover',
  'reset',
  'spike',
  'transient',
  'unit-change',
  'break',
  'open-end',
  'rate',
  'stale',
  'replacement',
  'gap',
  'boundary',
  'precedence',
  'power-cap',
  'stuck',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

export interface CurveRules {
  /** A longer step between two readings is a gap: amount known, shape not. */
  readonly gapMs: number;
  /** The most the register can count in an hour. */
  readonly maxPerHour: number;
  /** Smallest step of the register. */
  readonly resolution: number;
  /** Register value at which it starts again from 0. */
  readonly modulus?: number;
  readonly replacements: readonly Replacement[];
  readonly unitChanges?: readonly UnitChange[];
  /** Readings more than five minutes ahead of it are quarantined; without it none are. */
  readonly nowMs?: number;
  /**
   * What comes before is context, which may begin in the middle of anything: a unit change
   * suspected there is not believed. So start no later than an open one that is to be believed.
   */
  readonly sinceMs?: number;
  /** Power is integrated over two of it at most; the gap limit / 2.5 by default. */
  readonly intervalMs?: number;
  readonly stuck?: StuckRule;
  /** Rules that are switched off: how tests and trials show what each one is worth. */
  readonly without?: ReadonlySet<RuleName>;
}

/** What the curve says of itself; whose register it is, the caller knows. */
export type CurveFinding = Omit<Finding, 'meterId' | 'counter'>;

export function isOff(rules: CurveRules, name: RuleName): boolean {
  return rules.without?.has(name) ?? false;
}
