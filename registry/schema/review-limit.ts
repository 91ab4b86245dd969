/** From where on the review asks why: the practice of whoever audits the region. */
import { z } from 'zod';
import { date, positive, slug, sourced } from './primitives.ts';

const REVIEW_LIMIT_IDS = [
  'energy-change',
  'water-change',
  'facts-change',
  'price-tolerance',
  'parts-excess',
] as const;

export const reviewLimit = z.strictObject({
  id: slug,
  limit: z.enum(REVIEW_LIMIT_IDS),
  from: date,
  percent: positive.max(1000),
  ...sourced,
});
