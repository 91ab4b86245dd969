/** A meter as metering equipment, as the api shows it: its plate, and whether its verification holds today. */
import { z } from 'zod';
import { localDate } from '../../domain/period.ts';
import { verificationOn, verificationState } from '../../registry/equipment.ts';
import { type AnyMeter, isVirtual } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';

export const equipmentSchema = z.object({
  accuracyClass: z.string().nullable(),
  diameterMm: z.number().nullable(),
  serialNumber: z.string().nullable(),
  verification: z.object({
    /** `unknown`: none of the installed device is on file. */
    state: z.enum(['valid', 'due-soon', 'overdue', 'unknown']),
    on: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    certificate: z.string().nullable(),
  }),
});

/** `null` for what is no device: a virtual meter. */
export function viewEquipment(
  { registry, now }: Pick<ApiContext, 'registry' | 'now'>,
  meter: AnyMeter,
): z.infer<typeof equipmentSchema> | null {
  if (isVirtual(meter)) return null;
  const { accuracyClass = null, diameterMm = null, serialNumber = null } = meter;
  const { zone } = registry.region;
  const day = { date: localDate(now(), zone), zone };
  const { on = null, until = null, certificate = null } = verificationOn(meter, day) ?? {};
  const state = verificationState(meter, day);
  return {
    accuracyClass,
    diameterMm,
    serialNumber,
    verification: { state, on, until, certificate },
  };
}
