/** Meters as metering equipment: what is on the plate, and their verifications. */
import { z } from 'zod';
import { ACCURACY_CLASS_IDS } from '../../domain/accuracy.ts';
import { date, positive } from './primitives.ts';

/** Of the device that is installed now; `replacements` says since when. */
export const equipment = {
  accuracyClass: z.enum(ACCURACY_CLASS_IDS).optional(),
  /** Nominal diameter, of water and gas meters. */
  diameterMm: positive.optional(),
  serialNumber: z.string().min(1).max(64).optional(),
  /** Verification or calibration (检定、校准): the newest one of the installed device counts. */
  verification: z
    .array(
      z.strictObject({
        on: date,
        /** The last day it holds. */
        until: date,
        certificate: z.string().min(1).max(128).optional(),
        /** Of a device verified before it was installed; absent: the one installed that day. */
        serialNumber: z.string().min(1).max(64).optional(),
      }),
    )
    .min(1)
    .optional(),
};
