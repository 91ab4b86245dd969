/** Groups of quantities that a meter may be told to read less often than the rest. */
import { QUANTITIES, type QuantityId } from '../domain/quantities.ts';
import type { Meter } from '../registry/schema.ts';
import type { MeterProfile } from './profile.ts';

/** Quantities that are due together. */
export interface Section {
  /** None: with each poll. */
  readonly group: string | undefined;
  readonly periodMs: number;
  readonly wanted: readonly QuantityId[];
}

export interface SectionOptions {
  readonly profile: MeterProfile;
  readonly periodMs: number;
  /** Periods of groups the profile names; all else is read with each poll. */
  readonly groupsMs?: ReadonlyMap<string, number>;
}

const quantitiesOf = ({ points }: MeterProfile) => Object.keys(points) as QuantityId[];

/** Every profile has `counters` and `gauges`; it may name more, or name these otherwise. */
export function groupsOf(profile: MeterProfile): Readonly<Record<string, readonly QuantityId[]>> {
  const ofKind = (kind: 'counter' | 'gauge') =>
    quantitiesOf(profile).filter((quantity) => QUANTITIES[quantity].kind === kind);
  return { counters: ofKind('counter'), gauges: ofKind('gauge'), ...profile.groups };
}

const NO_GROUPS: ReadonlyMap<string, number> = new Map();

/** Periods of the groups a meter reads apart. */
export function groupsMsOf({ groups }: Pick<Meter, 'groups'>): ReadonlyMap<string, number> {
  if (!groups) return NO_GROUPS;
  return new Map(Object.entries(groups).map(([group, seconds]) => [group, seconds * 1000]));
}

/** What is read with each poll, and the groups that have a period of their own. */
export function sectionsOf(options: SectionOptions): Section[] {
  const { profile, periodMs, groupsMs = new Map<string, number>() } = options;
  const groups = groupsOf(profile);
  const left = new Set(quantitiesOf(profile));
  // A quantity of two groups belongs to the first that the meter names.
  const apart = [...groupsMs].map(([group, groupMs]) => ({
    group,
    periodMs: Math.max(periodMs, groupMs),
    wanted: (groups[group] ?? []).filter((quantity) => left.delete(quantity)),
  }));
  return [{ group: undefined, periodMs, wanted: [...left] }, ...apart].filter(
    ({ wanted }) => wanted.length > 0,
  );
}

/** A poll comes a little early or late: half a period decides which one is the group's. */
export function isDue(
  { group, periodMs }: Pick<Section, 'group' | 'periodMs'>,
  sinceReadMs: number,
  pollMs: number,
): boolean {
  return group === undefined || sinceReadMs > periodMs - pollMs / 2;
}
