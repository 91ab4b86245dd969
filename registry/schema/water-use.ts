/** What a water meter's water is for, or where it comes from, when it is not tap water for people. */
import { z } from 'zod';

const WATER_USES = [
  'rain',
  'reclaimed',
  'irrigation',
  'cooling-make-up',
  'heating-make-up',
] as const;

export const waterUse = z.enum(WATER_USES);
