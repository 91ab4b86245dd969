/** The pages' idea of the api's answers is the api's own; checked by the compiler and, where words are data, here. */
import { readdirSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { getAgency, listAgencies } from '../../../api/routes/agencies.ts';
import type { getAgencyConsumption } from '../../../api/routes/agency-consumption.ts';
import type { getAgencyLedger } from '../../../api/routes/agency-ledger.ts';
import type { getAssessment } from '../../../api/routes/assessment.ts';
import type { explainAgencyFigure, explainMeterHours } from '../../../api/routes/explain.ts';
import type { getLastNight } from '../../../api/routes/last-night.ts';
import type { listLeaks } from '../../../api/routes/leaks.ts';
import type {
  getLedgerAudit,
  listLedgerEntries,
  listLedgerKinds,
} from '../../../api/routes/ledger.ts';
import type { importLedgerFile } from '../../../api/routes/ledger-files.ts';
import type { getMeterConsumption } from '../../../api/routes/meter-consumption.ts';
import type { getMeterNights } from '../../../api/routes/meter-nights.ts';
import type { getMeterReadings } from '../../../api/routes/meter-readings.ts';
import type { getMeter, listMeters } from '../../../api/routes/meters.ts';
import type { listPeriods } from '../../../api/routes/periods.ts';
import type { getRanking } from '../../../api/routes/ranking.ts';
import type { getRegion } from '../../../api/routes/region.ts';
import type { listSchemes } from '../../../api/routes/schemes.ts';
import type { getScore } from '../../../api/routes/score.ts';
import type { diffSnapshot, listSnapshots } from '../../../api/routes/snapshots.ts';
import { ERRORS } from '../../../domain/errors.ts';
import { METER_STATES } from '../../../domain/meter-state.ts';
import type * as web from '../../../web/types/index.ts';
import { WORDS } from '../../../web/words/index.ts';
import { REASONS } from '../../../web/words/reasons.ts';

type Answer<R extends { readonly response: z.ZodType }> = z.output<R['response']>;

test('every answer has the shape its page expects', () => {
  expectTypeOf<Answer<typeof getRegion>>().toExtend<web.Region>();
  expectTypeOf<Answer<typeof listAgencies>>().toExtend<web.AgencyRow[]>();
  expectTypeOf<Answer<typeof getAgency>>().toExtend<web.AgencyDetail>();
  expectTypeOf<Answer<typeof getAgencyConsumption>>().toExtend<web.AgencySeries[]>();
  expectTypeOf<Answer<typeof getAssessment>>().toExtend<web.Assessment>();
  expectTypeOf<Answer<typeof listSnapshots>>().toExtend<web.Snapshot[]>();
  expectTypeOf<Answer<typeof diffSnapshot>>().toExtend<web.Changes>();
  expectTypeOf<Answer<typeof listMeters>>().toExtend<web.MeterRow[]>();
  expectTypeOf<Answer<typeof getMeter>>().toExtend<web.MeterDetail>();
  expectTypeOf<Answer<typeof getMeterReadings>>().toExtend<web.MeterReading[]>();
  expectTypeOf<Answer<typeof getMeterConsumption>>().toExtend<web.MeterSeries[]>();
  expectTypeOf<Answer<typeof listPeriods>>().toExtend<web.Periods>();
  expectTypeOf<Answer<typeof explainAgencyFigure>>().toExtend<web.WhyAgency>();
  expectTypeOf<Answer<typeof explainMeterHours>>().toExtend<web.WhyMeter>();
  expectTypeOf<Answer<typeof listLeaks>>().toExtend<web.Leak[]>();
  expectTypeOf<Answer<typeof getLastNight>>().toExtend<web.LastNight>();
  expectTypeOf<Answer<typeof getMeterNights>>().toExtend<web.MeterNights>();
  expectTypeOf<Answer<typeof getRanking>>().toExtend<web.Ranking>();
  expectTypeOf<Answer<typeof listSchemes>>().toExtend<web.Scheme[]>();
  expectTypeOf<Answer<typeof getScore>>().toExtend<web.Score>();
  expectTypeOf<Answer<typeof getAgencyLedger>>().toExtend<web.AgencyLedger>();
  expectTypeOf<Answer<typeof listLedgerKinds>>().toExtend<web.LedgerKind[]>();
  expectTypeOf<Answer<typeof listLedgerEntries>>().toExtend<web.LedgerEntry[]>();
  expectTypeOf<Answer<typeof getLedgerAudit>>().toExtend<web.LedgerAudit[]>();
  expectTypeOf<Answer<typeof importLedgerFile>>().toExtend<web.Imported>();
  // The control: a shape the api does not answer is told apart.
  expectTypeOf<Answer<typeof listMeters>>().not.toExtend<web.AgencyRow[]>();
});

describe('words', () => {
  test('every cause a collector can give has words', () => {
    const causes = Object.keys(ERRORS).filter((code) =>
      /^(link|modbus|unit|value|opcua)\./.test(code),
    );
    expect(causes.length).toBeGreaterThan(5);
    expect(causes.filter((code) => !(code in REASONS))).toEqual([]);
  });

  test('states are called as the domain calls them', () => {
    for (const state of ['ok', 'late', 'offline', 'error'] as const) {
      const { zh, en } = METER_STATES[state];
      expect(WORDS[state]).toEqual({ zh, en });
    }
  });

  test('every file of words is merged, and no word stands in two', async () => {
    const folder = new URL('../../../web/words/', import.meta.url);
    const names = readdirSync(folder).filter((name) => !/^(index|reasons)\.ts$/.test(name));
    const files: object[] = await Promise.all(
      names.map(async (name) => Object.assign({}, ...Object.values(await import(folder + name)))),
    );
    const keys = files.flatMap((words) => Object.keys(words));
    expect(keys.toSorted()).toEqual(Object.keys(WORDS).toSorted());
  });

  test('both languages have the same blanks', () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [word, { zh, en }] of Object.entries(WORDS)) {
      expect(blanks(en), word).toEqual(blanks(zh));
    }
  });
});
