/** A meter as metering equipment, as the api shows it: its plate, and whether its verification holds today. */
import { z } from 'zod';
import { localDate } from '../../domain/period.ts';
import {
  type LocalDay,
  VERIFICATION_STATES,
  type VerificationState,
  verificationOn,
  verificationState,
} from '../../registry/equipment.ts';
import { type AnyMeter, isCounting, isVirtual } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';

export const equipmentSchema = z.object({
  accuracyClass: z.string().nullable(),
  diameterMm: z.number().nullable(),
  serialNumber: z.string().nullable(),
  verification: z.object({
    state: z.enum(VERIFICATION_STATES),
    on: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    certificate: z.string().nullable(),
  }),
});

type Clocked = Pick<ApiContext, 'registry' | 'now'>;

function today({ registry, now }: Clocked): LocalDay {
  const { zone } = registry.region;
  return { date: localDate(now(), zone), zone };
}

/** `null` for what is no device: a virtual meter. */
export function viewEquipment(
  context: Clocked,
  meter: AnyMeter,
): z.infer<typeof equipmentSchema> | null {
  if (isVirtual(meter)) return null;
  const { accuracyClass = null, diameterMm = null, serialNumber = null } = meter;
  const day = today(context);
  const { on = null, until = null, certificate = null } = verificationOn(meter, day) ?? {};
  const state = verificationState(meter, day);
  return {
    accuracyClass,
    diameterMm,
    serialNumber,
    verification: { state, on, until, certificate },
  };
}

/** Whether a meter's verification is in a state today; what counts nothing needs none. */
export function isInState(
  context: Clocked,
  meter: AnyMeter,
  wanted: VerificationState | undefined,
): boolean {
  if (wanted === undefined) return true;
  const day = today(context);
  return isCounting(meter) && verificationState(meter, day) === wanted;
}
