/** Watches the host's wall clock against the monotonic one: steps are told apart from time going by. */
import type { Logger } from 'pino';

export interface ClockOptions {
  /** Wall clock. */
  readonly now: () => number;
  readonly monotonic?: () => number;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
  /** The wall clock was set; it may be trusted or not. */
  onStep(): void;
  /** The clock jumped far ahead; until it is confirmed no instant is to be believed. */
  onSuspected(): void;
  /** A suspected jump turned out right: what was withheld counts. */
  onConfirmed(): void;
  /** The clock went back to where it was before: what was withheld carries wrong instants. */
  onRevoked(): void;
}

export interface Clock {
  /** Cheap; asked before every instant that is stored, so that no step goes unnoticed. */
  check(): void;
  /** What a second clock said just now; within five minutes of ours it settles the question. */
  compare(otherMs: number): void;
  /** What a device said just now: it confirms ours like a second clock, but may itself be wrong. */
  agree(otherMs: number): void;
  /** False after a jump far ahead that nothing has confirmed yet. */
  readonly isTrusted: boolean;
  figures(): Record<string, number>;
}

/** Slewing (500 ppm at most) stays far below this between two checks a second apart. */
const STEP_MS = 1_000;
/** A jump of more than a day ahead is more often a fault than a correction. */
const SUSPECT_MS = 24 * 3_600_000;
/** A clock that goes on evenly for so long is believed when nobody contradicts it. */
const CONSISTENT_MS = 10 * 60_000;
/** How far a second clock may be off and still confirm ours. */
const AGREEMENT_MS = 5 * 60_000;

interface Suspicion {
  /** Wall minus monotonic time before the jump. */
  readonly offsetMs: number;
  /** Monotonic instant since which the clock has been even and uncontradicted. */
  sinceMs: number;
  /** Said once. */
  isContradicted: boolean;
}

export function createClock(options: ClockOptions): Clock {
  const { now, monotonic = () => performance.now(), logger } = options;
  let offsetMs = now() - monotonic();
  let suspicion: Suspicion | undefined;
  const counts = { clock_steps_back: 0, clock_steps_forward: 0 };

  function confirm(by: string): void {
    suspicion = undefined;
    logger.warn({ event: 'clock.confirmed', by }, 'the jump of the clock is confirmed');
    options.onConfirmed();
  }

  function confirmIfNear(otherMs: number, by: string): void {
    if (suspicion && Math.abs(now() - otherMs) <= AGREEMENT_MS) confirm(by);
  }

  function judge(stepMs: number, before: number): void {
    if (suspicion) {
      suspicion.sinceMs = monotonic();
      if (Math.abs(offsetMs - suspicion.offsetMs) > SUSPECT_MS) return;
      suspicion = undefined;
      logger.warn({ event: 'clock.revoked' }, 'the clock is back where it was before its jump');
      options.onRevoked();
      return;
    }
    if (stepMs <= SUSPECT_MS) return;
    suspicion = { offsetMs: before, sinceMs: monotonic(), isContradicted: false };
    logger.warn({ event: 'clock.suspect', stepMs }, 'readings are withheld until it is confirmed');
    options.onSuspected();
  }

  function stepped(stepMs: number): void {
    const before = offsetMs;
    offsetMs += stepMs;
    if (stepMs < 0) counts.clock_steps_back += 1;
    else counts.clock_steps_forward += 1;
    const direction = stepMs < 0 ? 'backwards' : 'forwards';
    logger.warn({ event: 'clock.step', stepMs }, `the host's clock was set ${direction}`);
    judge(stepMs, before);
    options.onStep();
  }

  return {
    check() {
      const stepMs = Math.round(now() - monotonic() - offsetMs);
      if (Math.abs(stepMs) >= STEP_MS) stepped(stepMs);
      else offsetMs += stepMs;
      if (suspicion && monotonic() - suspicion.sinceMs >= CONSISTENT_MS)
        confirm('ten even minutes');
    },
    compare(otherMs) {
      confirmIfNear(otherMs, 'a second clock');
      if (!suspicion) return;
      suspicion.sinceMs = monotonic();
      if (suspicion.isContradicted) return;
      suspicion.isContradicted = true;
      const differenceMs = now() - otherMs;
      logger.warn({ event: 'clock.contradicted', differenceMs }, 'a second clock says otherwise');
    },
    agree: (otherMs) => confirmIfNear(otherMs, 'a device'),
    get isTrusted() {
      return suspicion === undefined;
    },
    figures: () => ({ ...counts, clock_trusted: suspicion ? 0 : 1 }),
  };
}
