/** What a water meter's water is for, or where it comes from; without one it is tap water for people. */
import { z } from 'zod';

const WATER_USES = [
  'rain',
  'reclaimed',
  'irrigation',
  'cooling-make-up',
  'heating-make-up',
  /** Tap water for people too, held against meals. */
  'canteen',
] as const;

export const waterUse = z.enum(WATER_USES);
