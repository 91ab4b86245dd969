/** The meters as the collector knows them: what each said last, across reloads and rebuilt buses. */
import type { Meter } from '../registry/schema.ts';
import {
  createMeterTrack,
  type MeterTrack,
  type Settled,
  settle,
  useProfile,
} from './meter-track.ts';
import { type Profiles, profileOf } from './open-source.ts';
import type { PollOutcome } from './source.ts';

export interface RosterEntry {
  readonly meter: Meter;
  readonly track: MeterTrack;
  /** Monotonic instant of its last outcome; NaN before the first. */
  settledMs: number;
}

export interface Roster {
  readonly size: number;
  /** Other meters from now on; one that stays goes on where it was. */
  replace(meters: readonly Meter[], profiles: Profiles): void;
  settle(outcome: PollOutcome, nowMs: number): Settled | undefined;
  entries(): Iterable<RosterEntry>;
  /** Meters of which something was heard within three periods, at least a minute. */
  running(): number;
}

const RUNNING_PERIODS = 3;
const RUNNING_MIN_MS = 60_000;

export function createRoster(): Roster {
  let entries = new Map<string, RosterEntry>();

  function entryOf(meter: Meter, profiles: Profiles): RosterEntry {
    const profile = profileOf(meter, profiles);
    const before = entries.get(meter.id);
    if (!before)
      return { meter, track: createMeterTrack(meter.id, profile), settledMs: Number.NaN };
    useProfile(before.track, profile);
    return { ...before, meter };
  }

  return {
    get size() {
      return entries.size;
    },
    replace(meters, profiles) {
      entries = new Map(meters.map((meter) => [meter.id, entryOf(meter, profiles)]));
    },
    settle(outcome, nowMs) {
      const entry = entries.get(outcome.meterId);
      if (!entry) return undefined;
      entry.settledMs = performance.now();
      return settle(entry.track, outcome, nowMs);
    },
    entries: () => entries.values(),
    running() {
      const nowMs = performance.now();
      let running = 0;
      for (const { meter, settledMs } of entries.values()) {
        const limitMs = Math.max(RUNNING_MIN_MS, RUNNING_PERIODS * meter.pollSeconds * 1000);
        if (nowMs - settledMs <= limitMs) running += 1;
      }
      return running;
    },
  };
}
