/** Every route of the api. */
import type { Route } from '../route.ts';
import { getAgency, listAgencies } from './agencies.ts';
import { getAgencyConsumption } from './agency-consumption.ts';
import { getAgencyLedger } from './agency-ledger.ts';
import { getAgencyMetering } from './agency-metering.ts';
import { getAssessment } from './assessment.ts';
import { getBuildingConsumption } from './building-consumption.ts';
import { listBuildings } from './buildings.ts';
import { explainAgencyFigure, explainMeterHours } from './explain.ts';
import { getHealth } from './health.ts';
import { getLastNight } from './last-night.ts';
import { listLeaks } from './leaks.ts';
import {
  addLedgerEntry,
  getLedgerAudit,
  listLedgerEntries,
  listLedgerKinds,
  reviseLedgerEntry,
  voidLedgerEntry,
} from './ledger.ts';
import { exportLedgerFile, importLedgerFile } from './ledger-files.ts';
import { getMeterBalance } from './meter-balance.ts';
import { getMeterConsumption } from './meter-consumption.ts';
import { getMeterNights } from './meter-nights.ts';
import { getMeterReadings } from './meter-readings.ts';
import { getMeter, listMeters } from './meters.ts';
import { listMetrics } from './metrics.ts';
import { listPeriods } from './periods.ts';
import { listProposals } from './proposals.ts';
import { getRanking } from './ranking.ts';
import { getRegion } from './region.ts';
import { getRegistryFile } from './registry-file.ts';
import { getReview } from './review.ts';
import { listSchemes } from './schemes.ts';
import { getScore } from './score.ts';
import { diffSnapshot, freezeAssessment, getSnapshot, listSnapshots } from './snapshots.ts';

export const ROUTES: readonly Route[] = [
  getHealth,
  getRegion,
  getRegistryFile,
  listAgencies,
  getAgency,
  getAgencyConsumption,
  getAgencyMetering,
  getAgencyLedger,
  getAssessment,
  getReview,
  freezeAssessment,
  listSnapshots,
  getSnapshot,
  diffSnapshot,
  explainAgencyFigure,
  listBuildings,
  getBuildingConsumption,
  listMeters,
  getMeter,
  getMeterReadings,
  getMeterConsumption,
  getMeterBalance,
  getMeterNights,
  explainMeterHours,
  listProposals,
  listMetrics,
  listPeriods,
  getRanking,
  listSchemes,
  getScore,
  listLeaks,
  getLastNight,
  listLedgerKinds,
  // Before those of a kind: an address is the first route's that it fits.
  exportLedgerFile,
  importLedgerFile,
  listLedgerEntries,
  addLedgerEntry,
  reviseLedgerEntry,
  voidLedgerEntry,
  getLedgerAudit,
];
