/** Between outcomes and the recorder: the clock is asked first, state changes are told, and doubtful instants wait. */
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { createClock } from './clock.ts';
import { mark, rewind } from './meter-track.ts';
import type { CollectorRecord, Recorder } from './recorder.ts';
import type { Roster } from './roster.ts';
import type { PollOutcome } from './source.ts';
import { createWithheld } from './withheld.ts';

export interface IntakeOptions {
  readonly roster: Roster;
  readonly recorder: Recorder;
  readonly now: () => number;
  readonly monotonic: (() => number) | undefined;
  readonly logger: Logger;
  /** The wall clock was set. */
  onStep(): void;
}

export interface Intake {
  readonly clock: Clock;
  accept(outcome: PollOutcome): void;
  record(record: CollectorRecord): void;
  figures(): Record<string, number>;
}

export function createIntake(options: IntakeOptions): Intake {
  const { roster, recorder, now, logger } = options;
  const withheld = createWithheld();
  const clock = createClock({
    now,
    ...(options.monotonic ? { monotonic: options.monotonic } : {}),
    logger,
    onStep: options.onStep,
    onSuspected() {
      for (const { track } of roster.entries()) mark(track);
    },
    onConfirmed: () => withheld.release(recorder.record),
    onRevoked() {
      withheld.drop();
      for (const { track } of roster.entries()) rewind(track);
    },
  });

  function record(one: CollectorRecord): void {
    if (clock.isTrusted) recorder.record(one);
    else withheld.add(one);
  }

  return {
    clock,
    record,
    accept(outcome) {
      clock.check();
      const settled = roster.settle(outcome, now());
      if (!settled) return;
      const { reading, status, changedFrom } = settled;
      if (reading) record({ kind: 'reading', reading });
      record({ kind: 'status', status });
      if (changedFrom === undefined) return;
      const { meterId, state, reason } = status;
      const facts = { event: 'meter.state', meter: meterId, from: changedFrom, to: state };
      if (state === 'ok') logger.info(facts, 'meter answers');
      else logger.warn({ ...facts, reason }, outcome.error?.message ?? 'meter gives no values');
    },
    figures: () => ({ ...clock.figures(), ...withheld.figures() }),
  };
}
