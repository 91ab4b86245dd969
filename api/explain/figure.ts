/** A figure over a range: the sum of its stored hours. */
import type { z } from 'zod';
import type { Amount } from '../../domain/consumption.ts';
import { HOUR_MS, type TimeRange } from '../../domain/period.ts';
import { addRows } from '../assessment/rows.ts';
import { classOf } from '../consumption/amounts.ts';
import type { figureSchema } from './shapes.ts';

export function figureOf(hours: readonly Amount[], range: TimeRange): z.infer<typeof figureSchema> {
  const amount = addRows(hours, range, () => HOUR_MS);
  const ruleVersion = Math.max(0, ...hours.map((row) => row.ruleVersion));
  return { ...amount, class: classOf(amount), ruleVersion };
}
