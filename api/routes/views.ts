/** Parts that several answers share. */
import { z } from 'zod';
import { LIVE_STATES } from '../live.ts';

/** Media type of a workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const namedSchema = z.object({
  id: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
});

export const stateSchema = z.enum(LIVE_STATES);

export const countsSchema = z.object({
  ok: z.number().int(),
  late: z.number().int(),
  offline: z.number().int(),
  error: z.number().int(),
  unknown: z.number().int(),
});

export function named({ id, name }: { id: string; name: { zh: string; en: string } }) {
  return { id, name };
}

export function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
