/** Every kind of entry there is; a new one is a file beside this one and a line here. */
import type { z } from 'zod';
import type { Kind } from '../kind.ts';
import { annualPlan } from './annual-plan.ts';
import { bill } from './bill.ts';
import { canteenMeals } from './canteen-meals.ts';
import { certificate } from './certificate.ts';
import { complaint } from './complaint.ts';
import { consumables } from './consumables.ts';
import { emcProject } from './emc-project.ts';
import { equipment } from './equipment.ts';
import { evidence } from './evidence.ts';
import { fixtureInspection } from './fixture-inspection.ts';
import { fixtures } from './fixtures.ts';
import { greenBuilding } from './green-building.ts';
import { greenSpace } from './green-space.ts';
import { headCount } from './head-count.ts';
import { manualReading } from './manual-reading.ts';
import { operatingCost } from './operating-cost.ts';
import { otherFuel } from './other-fuel.ts';
import { overQuotaExplanation } from './over-quota-explanation.ts';
import { patrolRound } from './patrol-round.ts';
import { publication } from './publication.ts';
import { purchase } from './purchase.ts';
import { rainfall } from './rainfall.ts';
import { renewableEnergy } from './renewable-energy.ts';
import { reportSubmission } from './report-submission.ts';
import { retrofit } from './retrofit.ts';
import { reviewNote } from './review-note.ts';
import { roof } from './roof.ts';
import { satisfactionSurvey } from './satisfaction-survey.ts';
import { unconventionalWater } from './unconventional-water.ts';
import { vehicleFuel } from './vehicle-fuel.ts';
import { vehicles } from './vehicles.ts';
import { waste } from './waste.ts';
import { waterBalanceTest } from './water-balance-test.ts';
import { waterPlant } from './water-plant.ts';
import { workOrder } from './work-order.ts';

export const KINDS = [
  manualReading,
  bill,
  vehicleFuel,
  otherFuel,
  headCount,
  annualPlan,
  retrofit,
  emcProject,
  purchase,
  consumables,
  fixtures,
  fixtureInspection,
  patrolRound,
  workOrder,
  waterBalanceTest,
  unconventionalWater,
  waterPlant,
  equipment,
  greenBuilding,
  vehicles,
  roof,
  reportSubmission,
  publication,
  overQuotaExplanation,
  reviewNote,
  canteenMeals,
  greenSpace,
  certificate,
  evidence,
  complaint,
  operatingCost,
  renewableEnergy,
  rainfall,
  waste,
  satisfactionSurvey,
] as const;

export type KindId = (typeof KINDS)[number]['id'];

/** What an entry of a kind says. */
export type BodyOf<Id extends KindId> = z.output<
  Extract<(typeof KINDS)[number], { id: Id }>['schema']
>;

export const KIND_IDS: readonly KindId[] = KINDS.map(({ id }) => id);

const BY_ID: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.id, kind]));

/** @throws RangeError for an id that is none: input is checked before. */
export function kindOf(id: KindId): Kind {
  const kind = BY_ID.get(id);
  if (!kind) throw new RangeError(`no kind of entry is called '${id}'`);
  return kind;
}
