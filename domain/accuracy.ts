/** Accuracy classes (准确度等级) of meters as their plates show them. Which one is good enough is data of the registry. */
import type { Carrier } from './carriers.ts';

const ELECTRICITY = ['0.2S', '0.5S', '0.2', '0.5', '1', '2'] as const;

export const ACCURACY_CLASSES = {
  electricity: ELECTRICITY,
  solar: ELECTRICITY,
  water: ['1', '1.5', '2', '2.5'],
  gas: ['1', '1.5', '2', '2.5'],
  heat: ['1', '2', '3'],
} as const satisfies Record<Carrier, readonly string[]>;

export type AccuracyClass = (typeof ACCURACY_CLASSES)[Carrier][number];

export const ACCURACY_CLASS_IDS = [
  ...new Set(Object.values(ACCURACY_CLASSES).flat()),
] as readonly AccuracyClass[];

/** A smaller number is a smaller error; of two equal ones S holds at low loads too. */
export function isAsGoodAs(own: AccuracyClass, wanted: AccuracyClass): boolean {
  const [is, limit] = [Number.parseFloat(own), Number.parseFloat(wanted)];
  return is < limit || (is === limit && (own.endsWith('S') || !wanted.endsWith('S')));
}
