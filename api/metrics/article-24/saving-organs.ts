/** A24-15: state organs that hold the title of a resource-saving organ at the period's end. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { registeredUnits } from '../parts/unit-input.ts';
import { SOURCES } from '../sources.ts';

/** Goal of the plan for county-and-above organs by 2025; a goal, nothing is computed with it. */
const GOAL_PERCENT = 80;

export const savingOrgans = defineMetric({
  id: 'saving-organs',
  code: 'A24-15',
  clause: CLAUSES.guidance,
  name: { zh: '节约型机关建成率', en: 'Resource-saving organs' },
  unit: '%',
  formula: '期末持有“节约型机关”称号的机关 / 登记的国家机关',
  inputs: [
    { zh: '台账称号与证书、登记的单位性质', en: 'certificates of the ledger, types on file' },
  ],
  source: SOURCES.carbonPeak,
  insufficient: {
    zh: '没有登记国家机关，或台账中没有一份节约型机关证书',
    en: 'no state organ on file, or not one certificate of the kind in the ledger',
  },
  better: 'higher',
  compute(input) {
    const organs = registeredUnits(input).filter(({ type }) => type === 'state-organ');
    const entries = input.records('certificate').filter(
      ({ body, toMs }) =>
        // What ran out within the period is no longer held at its end.
        body.title === 'saving-organ' && toMs >= input.elapsed.toMs,
    );
    const holders = new Set(entries.map(({ body }) => body.agency));
    const built = organs.filter(({ id }) => holders.has(id));
    const terms = [
      {
        name: { zh: '节约型机关', en: 'with the title' },
        value: built.length,
        unit: '个',
        source: `ledger certificate：${entries.map(({ id }) => id).join('、') || '—'}`,
      },
      {
        name: { zh: '国家机关', en: 'state organs' },
        value: organs.length,
        unit: '个',
        source: 'agencies.type',
      },
      {
        name: { zh: '2025 年目标（县级及以上机关）', en: 'goal for 2025, county and above' },
        value: GOAL_PERCENT,
        unit: '%',
        source: SOURCES.carbonPeak.text,
        verified: true,
      },
    ];
    if (organs.length === 0) {
      return insufficient(
        { zh: '没有登记国家机关（agencies.type）', en: 'no state organ on file (agencies.type)' },
        terms,
      );
    }
    if (holders.size === 0) {
      // An empty ledger means that nobody entered certificates, not that nobody holds one.
      return insufficient(
        {
          zh: '台账中没有有效的节约型机关证书（称号与证书）',
          en: 'the ledger holds no valid certificate of a resource-saving organ (certificates)',
        },
        terms,
      );
    }
    return { value: (built.length / organs.length) * 100, completeness: 1, terms, reasons: [] };
  },
});
