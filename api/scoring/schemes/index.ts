/** All schemes; adding one is a file and a line here. */
import type { Scheme } from '../scheme.ts';
import { demonstration } from './demonstration.ts';
import { savingOrgan } from './saving-organ.ts';
import { waterSavingOrgan } from './water-saving-organ.ts';
import { waterSavingUnit } from './water-saving-unit.ts';

export const SCHEMES: readonly Scheme[] = [
  waterSavingUnit,
  waterSavingOrgan,
  savingOrgan,
  demonstration,
];
