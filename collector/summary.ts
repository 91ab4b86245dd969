/** One line every few minutes instead of one a poll: what was read, who is offline, what waits to be stored. */
import type { Logger } from 'pino';
import type { BusFigures } from './source.ts';

export interface SummaryInput {
  /** Of the whole collector since its start. */
  readonly figures: BusFigures;
  readonly offline: readonly string[];
  readonly meters: number;
}

const NAMED = 10;

/** Returns the function that logs what happened since its last call. */
export function createSummary(logger: Logger): (input: SummaryInput) => void {
  let before = { polls: 0, ok: 0, failed: 0 };
  return ({ figures, offline, meters }) => {
    const { polls = 0, ok = 0, failed = 0 } = figures;
    const rest = offline.length - NAMED;
    logger.info(
      {
        event: 'collector.summary',
        // A rebuilt bus counts from nought again.
        polls: Math.max(0, polls - before.polls),
        ok: Math.max(0, ok - before.ok),
        failed: Math.max(0, failed - before.failed),
        meters,
        offlineMeters: offline.length,
        offline: offline.slice(0, NAMED),
        ...(rest > 0 ? { andOthers: rest } : {}),
        backlog: figures.spool_records,
        backlogAgeMs: figures.spool_oldest_age_ms,
      },
      `${offline.length} of ${meters} meters offline`,
    );
    before = { polls, ok, failed };
  };
}
