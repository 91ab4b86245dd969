/** The state of meters: a mark whose shape differs as well as its colour, and the word. */
import { h } from './dom.ts';
import { t } from './language.ts';
import type { LiveState, StateCounts } from './types/meter.ts';

/** In the order a row of counts is read. */
export const STATES: readonly LiveState[] = ['ok', 'late', 'error', 'offline', 'unknown'];

/** In the order somebody has to look at them. */
export const WORST_FIRST: readonly LiveState[] = ['offline', 'error', 'late', 'unknown', 'ok'];

const MARKS: Readonly<Record<LiveState, string>> = {
  ok: '●',
  late: '◐',
  error: '▲',
  offline: '○',
  unknown: '◌',
};

export function stateBadge(state: LiveState, count?: number): HTMLElement {
  return h(
    'span',
    { class: `state state-${state}` },
    h('span', { 'aria-hidden': 'true' }, MARKS[state]),
    ` ${t(state)}`,
    count === undefined ? null : ` ${count}`,
  );
}

/** The states that occur, with how many meters are in each. */
export function countBadges(counts: StateCounts): HTMLElement {
  const present = STATES.filter((state) => counts[state] > 0);
  if (present.length === 0) return h('span', { class: 'muted' }, t('noMeters'));
  return h(
    'span',
    { class: 'states' },
    ...present.map((state) => stateBadge(state, counts[state])),
  );
}
