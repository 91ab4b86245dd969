/** Keeps the heap of a command small; V8 reads these flags at each collection, so that they may be set late. */
import { setFlagsFromString } from 'node:v8';

/**
 * Without it V8 lets garbage grow to several times what is alive before it collects it: what the
 * collector brings to the store after an outage, above all.
 */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=60');
}

/**
 * For commands that make rows by the million and hold on to few of them: the young heap does not
 * grow either. Measured on a rebuild: half the memory for a fifth more CPU.
 */
export function keepHeapSmall(): void {
  collectEarly();
  setFlagsFromString('--semi-space-growth-factor=1');
}
