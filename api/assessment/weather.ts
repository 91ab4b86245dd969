/** Degree days of the buildings an agency occupies. */
import type { TimeRange } from '../../domain/period.ts';
import type { Agency } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';
import type { DegreeDays } from '../metrics/input.ts';

export async function weatherOf(
  _context: ApiContext,
  _agency: Agency,
  _elapsed: TimeRange,
): Promise<DegreeDays | undefined> {
  return undefined;
}
