/** A month or year as an address names it. */
import { z } from 'zod';
import { type Period, parsePeriod } from '../../domain/period.ts';
import type { ApiContext } from '../context.ts';
import { invalidRequest } from '../problem.ts';

export const periodText = z
  .string()
  .regex(/^\d{4}(-\d{2})?$/, 'a month such as 2026-10 or a year such as 2026');

/** @throws AppError `request.invalid` */
export function findPeriod({ registry }: ApiContext, id: string): Period {
  const period = parsePeriod(id, registry.region.zone);
  if (period) return period;
  const expected = 'a month or year that exists';
  throw invalidRequest([{ path: 'query.period', expected, found: `'${id}'` }]);
}
