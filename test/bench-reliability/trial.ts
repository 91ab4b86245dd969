/** What a reliability trial is, and how its figures are shown. */

export interface TrialContext {
  readonly seed: number;
  /** Its own, removed afterwards. */
  readonly folder: string;
}

export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly goal: string;
  readonly isMet: boolean;
}

export interface Trial {
  readonly name: string;
  /** A trial that takes longer has failed. */
  readonly mostMs: number;
  run(context: TrialContext): Promise<readonly Figure[]>;
}

export function atMost(what: string, value: number, most: number, unit = ''): Figure {
  return {
    what,
    value: show(value, unit),
    goal: most === 0 ? '0' : `≤ ${show(most, unit)}`,
    isMet: value <= most,
  };
}

export function atLeast(what: string, value: number, least: number, unit = ''): Figure {
  return { what, value: show(value, unit), goal: `≥ ${show(least, unit)}`, isMet: value >= least };
}

/** A control is in order when it fails: a trial that cannot see a fault proves nothing. */
export function seen(what: string, value: number): Figure {
  return { what: `control: ${what}`, value: show(value, ''), goal: '> 0', isMet: value > 0 };
}

export function noted(what: string, value: number, unit = ''): Figure {
  return { what, value: show(value, unit), goal: '', isMet: true };
}

export function skipped(reason: string): Figure {
  return { what: `skipped: ${reason}`, value: '', goal: '', isMet: true };
}

function show(value: number, unit: string): string {
  const text = value.toLocaleString('en', { maximumFractionDigits: 3 });
  return unit === '' ? text : `${text} ${unit}`;
}

export function formatFigures(name: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, goal, isMet }) => {
    const verdict = goal === '' ? '' : isMet ? 'ok' : 'MISSED';
    return [name, what, value, goal, verdict];
  });
  const widths = [8, 62, 14, 12, 6];
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 2 ? cell.padStart(14) : cell.padEnd(widths[at] ?? 0))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
