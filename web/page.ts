/** What every page is given to draw itself. */
import type { Clock } from './format.ts';

export interface Page {
  readonly main: HTMLElement;
  /** What the address names, if anything. */
  readonly id: string;
  /** What it names below that, if anything. */
  readonly sub: string;
  readonly clock: Clock;
  /** The server's clock when the page was opened. */
  readonly nowMs: number;
}
