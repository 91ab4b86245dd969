/** A period as an address names it. */
import { z } from 'zod';
import { type Period, parsePeriod } from '../../domain/period.ts';
import type { ApiContext } from '../context.ts';
import { invalidRequest } from '../problem.ts';

export const periodText = z
  .string()
  .regex(/^\d{4}(-\d{2})?$/, 'a month such as 2026-10 or a year such as 2026');

/** Years that others come before and after, all of four digits: figures are held against theirs. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 9998];

/** @throws AppError `request.invalid` */
export function findPeriod({ registry }: ApiContext, id: string): Period {
  const period = parsePeriod(id, registry.region.zone);
  const year = Number(id.slice(0, 4));
  if (period && year >= FIRST_YEAR && year <= LAST_YEAR) return period;
  const expected = `a period that exists, from ${FIRST_YEAR} to ${LAST_YEAR}`;
  throw invalidRequest([{ path: 'query.period', expected, found: `'${id}'` }]);
}
