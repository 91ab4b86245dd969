/** Meters as metering equipment on a date: which device was installed, and what is on file of it. */
import type { AccuracyClass } from '../domain/accuracy.ts';
import { DAY_MS, localDate } from '../domain/period.ts';
import type { Meter } from './schema.ts';

export type Verification = NonNullable<Meter['verification']>[number];

/** A day and the zone it is one of. */
export interface LocalDay {
  readonly date: string;
  readonly zone: string;
}

/** How many devices were installed before the one of that day. */
function deviceOn({ replacements }: Meter, { date, zone }: LocalDay): number {
  return replacements.filter(({ at }) => localDate(at, zone) <= date).length;
}

/** The newest verification, up to a day, of the device installed then, whether or not it still holds. */
export function verificationOn(meter: Meter, day: LocalDay): Verification | undefined {
  const device = deviceOn(meter, day);
  return meter.verification?.findLast(({ on, serialNumber }) => {
    const isPresent = serialNumber !== undefined && serialNumber === meter.serialNumber;
    const verified = isPresent ? meter.replacements.length : deviceOn(meter, { ...day, date: on });
    return on <= day.date && verified === device;
  });
}

/** What is on file is the plate of the present device: of one that was replaced since nothing is known. */
export function accuracyClassOn(meter: Meter, day: LocalDay): AccuracyClass | undefined {
  return deviceOn(meter, day) === meter.replacements.length ? meter.accuracyClass : undefined;
}

/** `unknown`: none of the installed device is on file. */
export const VERIFICATION_STATES = ['valid', 'due-soon', 'overdue', 'unknown'] as const;
export type VerificationState = (typeof VERIFICATION_STATES)[number];

/** Long enough to have a meter taken out and verified; ours, no standard says so. */
export const DUE_SOON_DAYS = 60;

/** Whether a meter is in date; the last day of a verification is one it holds on. */
export function verificationState(meter: Meter, day: LocalDay): VerificationState {
  const until = verificationOn(meter, day)?.until;
  if (until === undefined) return 'unknown';
  if (until < day.date) return 'overdue';
  const leftDays = (Date.parse(until) - Date.parse(day.date)) / DAY_MS;
  return leftDays <= DUE_SOON_DAYS ? 'due-soon' : 'valid';
}

/** Meters whose verification is overdue or soon due, in the order they fall due. */
export function dueVerifications(
  meters: readonly Meter[],
  day: LocalDay,
): { readonly meter: Meter; readonly until: string; readonly isOverdue: boolean }[] {
  return meters
    .flatMap((meter) => {
      const state = verificationState(meter, day);
      const until = verificationOn(meter, day)?.until;
      if (until === undefined || state === 'valid') return [];
      return [{ meter, until, isOverdue: state === 'overdue' }];
    })
    .toSorted((a, b) => a.until.localeCompare(b.until));
}
