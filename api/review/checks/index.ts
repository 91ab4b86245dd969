/** All checks of the review in the order they are printed; adding one is a file and a line here. */
import type { Check } from '../check.ts';
import { childrenAboveParent } from './children-above-parent.ts';
import { completeness } from './completeness.ts';
import { dataRoomAboveTotal } from './data-room-above-total.ts';
import { factsChanged } from './facts-changed.ts';
import { heatingFormWithoutArea, heatWithoutArea } from './heated-area.ts';
import { missingMonth } from './missing-month.ts';
import { outOfVerification } from './out-of-verification.ts';
import { overlappingBills } from './overlapping-bills.ts';
import { periodOnPeriod } from './period-on-period.ts';
import { aboveConstraint, belowGuide } from './quota-level.ts';
import { quotaOver } from './quota-over.ts';
import { sameValue } from './same-value.ts';
import { subItemsAboveTotal } from './sub-items-above-total.ts';
import { unitPrice } from './unit-price.ts';
import { unverifiedFactor } from './unverified-factor.ts';
import { vehicleFuelWithoutVehicles } from './vehicle-fuel.ts';
import { yearOnYear } from './year-on-year.ts';

export const CHECKS: readonly Check[] = [
  completeness,
  missingMonth,
  sameValue,
  yearOnYear,
  periodOnPeriod,
  factsChanged,
  unitPrice,
  overlappingBills,
  subItemsAboveTotal,
  childrenAboveParent,
  dataRoomAboveTotal,
  outOfVerification,
  vehicleFuelWithoutVehicles,
  heatWithoutArea,
  heatingFormWithoutArea,
  aboveConstraint,
  belowGuide,
  quotaOver,
  unverifiedFactor,
];
