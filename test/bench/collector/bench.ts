/** A bench of the collector that is run by its name, and what several of them need. */
import type { Row } from '../table.ts';
import type { Figures } from './watch.ts';

export interface Bench {
  readonly name: string;
  /** How long, roughly. */
  readonly takes: string;
  /** What stands beside our figures. */
  readonly beside?: string;
  /** How to read the table. */
  readonly note: string;
  /** @throws when it cannot be measured here */
  run(folder: string): Promise<readonly Row[]>;
}

export function median(rounds: readonly Figures[], name: string): number {
  const sorted = rounds.map((round) => round[name] ?? Number.NaN).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
