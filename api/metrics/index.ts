/** All metrics in the order of the articles; adding one is a file and a line here. */
import { budgetPace } from './article-24/budget-pace.ts';
import { carrierTotals } from './article-24/carrier-totals.ts';
import { co2PerArea } from './article-24/co2-per-area.ts';
import { comprehensiveEnergy } from './article-24/comprehensive-energy.ts';
import { dataCompleteness } from './article-24/data-completeness.ts';
import { energyPerArea } from './article-24/energy-per-area.ts';
import { energyPerPerson } from './article-24/energy-per-person.ts';
import { explainedOverQuota } from './article-24/explained-over-quota.ts';
import { meteringRate } from './article-24/metering-rate.ts';
import { peerBand } from './article-24/peer-band.ts';
import { quotaGrade } from './article-24/quota-grade.ts';
import { reportsOnTime } from './article-24/reports-on-time.ts';
import { rolledUpEnergy } from './article-24/rolled-up-energy.ts';
import { savingOrgans } from './article-24/saving-organs.ts';
import { statisticalWaterPerPerson } from './article-24/statistical-water-per-person.ts';
import { targetCompletion } from './article-24/target-completion.ts';
import { baseLoadRatio } from './article-25/base-load-ratio.ts';
import { carbonByScope } from './article-25/carbon-by-scope.ts';
import { consumablesPerPerson } from './article-25/consumables-per-person.ts';
import { dataRoomEfficiency } from './article-25/data-room-efficiency.ts';
import { electricityPerArea } from './article-25/electricity-per-area.ts';
import { electrification } from './article-25/electrification.ts';
import { energyChange } from './article-25/energy-change.ts';
import { energyContracts } from './article-25/energy-contracts.ts';
import { greenBuildingShare } from './article-25/green-building-share.ts';
import { greenProcurement } from './article-25/green-procurement.ts';
import { heatingPerArea } from './article-25/heating-per-area.ts';
import { heatingPerAreaNormalised } from './article-25/heating-per-area-normalised.ts';
import { loadFactor } from './article-25/load-factor.ts';
import { newEnergyVehicles } from './article-25/new-energy-vehicles.ts';
import { nonHeatingPerArea } from './article-25/non-heating-per-area.ts';
import { obsoleteEquipment } from './article-25/obsolete-equipment.ts';
import { offHoursShare } from './article-25/off-hours-share.ts';
import { renewableEnergyShare } from './article-25/renewable-energy-share.ts';
import { renewableShare } from './article-25/renewable-share.ts';
import { retrofitEconomics } from './article-25/retrofit-economics.ts';
import { retrofitSaving } from './article-25/retrofit-saving.ts';
import { retrofittedArea } from './article-25/retrofitted-area.ts';
import { roofCoverage } from './article-25/roof-coverage.ts';
import { roomTemperature } from './article-25/room-temperature.ts';
import { solarYield } from './article-25/solar-yield.ts';
import { unmeteredElectricity } from './article-25/unmetered-electricity.ts';
import { condensateReturn } from './article-26/condensate-return.ts';
import { coolingMakeUp } from './article-26/cooling-make-up.ts';
import { fixtureLeakRate } from './article-26/fixture-leak-rate.ts';
import { heatingMakeUp } from './article-26/heating-make-up.ts';
import { leakClosedLoop } from './article-26/leak-closed-loop.ts';
import { leakSuspicion } from './article-26/leak-suspicion.ts';
import { minimumNightFlow } from './article-26/minimum-night-flow.ts';
import { patrolExecution } from './article-26/patrol-execution.ts';
import { retrofitWaterSaving } from './article-26/retrofit-water-saving.ts';
import { timeToRepair } from './article-26/time-to-repair.ts';
import { unconventionalShare } from './article-26/unconventional-water-share.ts';
import { waterBalance } from './article-26/water-balance.ts';
import { waterContracts } from './article-26/water-contracts.ts';
import { waterMeteringRate } from './article-26/water-metering-rate.ts';
import { waterPerArea } from './article-26/water-per-area.ts';
import { waterPerPerson } from './article-26/water-per-person.ts';
import { waterQuotaGrade } from './article-26/water-quota-grade.ts';
import { waterSavingFixtures } from './article-26/water-saving-fixtures.ts';
import { waterSavingScore } from './article-26/water-saving-score.ts';
import type { Metric } from './metric.ts';
import { canteenElectricity } from './other-articles/canteen-electricity.ts';
import { canteenGas } from './other-articles/canteen-gas.ts';
import { canteenWater } from './other-articles/canteen-water.ts';
import { codeMapping } from './other-articles/code-mapping.ts';
import { connectedUnits } from './other-articles/connected-units.ts';
import { costChange } from './other-articles/cost-change.ts';
import { costPerArea } from './other-articles/cost-per-area.ts';
import { costPerPerson } from './other-articles/cost-per-person.ts';
import { dataAge } from './other-articles/data-age.ts';
import { disclosure } from './other-articles/disclosure.ts';
import { greenAreaChange } from './other-articles/green-area-change.ts';
import { greenDevelopmentScore } from './other-articles/green-development-score.ts';
import { irrigationPerArea } from './other-articles/irrigation-per-area.ts';
import { irrigationTiming } from './other-articles/irrigation-timing.ts';
import { nonTapIrrigation } from './other-articles/non-tap-irrigation.ts';
import { operatingCostShare } from './other-articles/operating-cost-share.ts';
import { performanceTrend } from './other-articles/performance-trend.ts';
import { planExecution } from './other-articles/plan-execution.ts';
import { plannedUnits } from './other-articles/planned-units.ts';
import { quotaInKind } from './other-articles/quota-in-kind.ts';
import { recoveredWaste } from './other-articles/recovered-waste.ts';
import { resourceCost } from './other-articles/resource-cost.ts';
import { satisfiedUsers } from './other-articles/satisfied-users.ts';
import { seenSources } from './other-articles/seen-sources.ts';
import { settledComplaints } from './other-articles/settled-complaints.ts';
import { sortedWaste } from './other-articles/sorted-waste.ts';
import { unitPrice } from './other-articles/unit-price.ts';
import { unitRanking } from './other-articles/unit-ranking.ts';
import { verifiedData } from './other-articles/verified-data.ts';

const LISTED: readonly Metric[] = [
  connectedUnits,
  dataAge,
  planExecution,
  plannedUnits,
  quotaInKind,
  resourceCost,
  costPerArea,
  costPerPerson,
  unitPrice,
  costChange,
  operatingCostShare,
  carrierTotals,
  comprehensiveEnergy,
  energyPerArea,
  energyPerPerson,
  statisticalWaterPerPerson,
  co2PerArea,
  targetCompletion,
  budgetPace,
  quotaGrade,
  peerBand,
  rolledUpEnergy,
  reportsOnTime,
  meteringRate,
  dataCompleteness,
  savingOrgans,
  explainedOverQuota,
  nonHeatingPerArea,
  heatingPerArea,
  heatingPerAreaNormalised,
  electricityPerArea,
  unmeteredElectricity,
  baseLoadRatio,
  dataRoomEfficiency,
  loadFactor,
  offHoursShare,
  retrofitEconomics,
  energyChange,
  greenProcurement,
  consumablesPerPerson,
  renewableShare,
  renewableEnergyShare,
  solarYield,
  roofCoverage,
  newEnergyVehicles,
  electrification,
  retrofittedArea,
  retrofitSaving,
  energyContracts,
  greenBuildingShare,
  obsoleteEquipment,
  roomTemperature,
  carbonByScope,
  waterPerPerson,
  waterQuotaGrade,
  waterPerArea,
  waterMeteringRate,
  patrolExecution,
  timeToRepair,
  fixtureLeakRate,
  minimumNightFlow,
  leakSuspicion,
  leakClosedLoop,
  waterBalance,
  waterSavingFixtures,
  retrofitWaterSaving,
  coolingMakeUp,
  condensateReturn,
  waterSavingScore,
  unconventionalShare,
  waterContracts,
  heatingMakeUp,
  irrigationPerArea,
  nonTapIrrigation,
  greenAreaChange,
  irrigationTiming,
  canteenElectricity,
  canteenGas,
  canteenWater,
  sortedWaste,
  recoveredWaste,
  verifiedData,
  codeMapping,
  greenDevelopmentScore,
  unitRanking,
  settledComplaints,
  performanceTrend,
  satisfiedUsers,
  disclosure,
];

export const METRICS: readonly Metric[] = LISTED.flatMap((metric) =>
  metric === verifiedData ? [metric, seenSources(LISTED)] : [metric],
);
