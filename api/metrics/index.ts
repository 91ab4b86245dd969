/** All metrics in the order of the articles; adding one is a file and a line here. */
import { co2PerArea } from './co2-per-area.ts';
import { comprehensiveEnergy } from './comprehensive-energy.ts';
import { dataCompleteness } from './data-completeness.ts';
import { electricityPerArea } from './electricity-per-area.ts';
import { energyPerArea } from './energy-per-area.ts';
import { energyPerPerson } from './energy-per-person.ts';
import { heatingPerArea } from './heating-per-area.ts';
import type { Metric } from './metric.ts';
import { minimumNightFlow } from './minimum-night-flow.ts';
import { offHoursShare } from './off-hours-share.ts';
import { renewableShare } from './renewable-share.ts';
import { unmeteredElectricity } from './unmetered-electricity.ts';
import { waterBalance } from './water-balance.ts';
import { waterPerArea } from './water-per-area.ts';
import { waterPerPerson } from './water-per-person.ts';

export const METRICS: readonly Metric[] = [
  comprehensiveEnergy,
  energyPerArea,
  energyPerPerson,
  co2PerArea,
  dataCompleteness,
  electricityPerArea,
  heatingPerArea,
  offHoursShare,
  renewableShare,
  unmeteredElectricity,
  waterPerPerson,
  waterPerArea,
  minimumNightFlow,
  waterBalance,
];
