/** A24-16: of the figures over their quota, how many the unit has explained to the authority. */
import type { Agency } from '../../../registry/schema.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import {
  isWholeYear,
  NOT_A_WHOLE_YEAR,
  type QuotaCheck,
  quotaChecks,
  zoneConflict,
} from '../parts/quota-check.ts';
import { insufficient, tooLittle } from '../parts/terms.ts';
import { unitInputs } from '../parts/unit-input.ts';
import { SOURCES } from '../sources.ts';

interface UnitCheck extends QuotaCheck {
  readonly agency: Agency;
}

export const explainedOverQuota = defineMetric({
  id: 'explained-over-quota',
  code: 'A24-16',
  clause: CLAUSES.supervision,
  name: { zh: '超定额说明提交率', en: 'Over-quota figures explained' },
  unit: '%',
  formula: '已提交说明的超定额项 / 超定额项（各单位 × 有定额的指标）',
  inputs: [
    { zh: '各单位指标、登记的定额', en: 'figures of the units, quotas on file' },
    { zh: '台账超定额说明', en: 'over-quota explanations of the ledger' },
  ],
  source: SOURCES.savingRegulation,
  insufficient: {
    zh: '不是整年，没有定额，九成以上的指标未知，没有单位超定额，或台账中没有一份说明',
    en: 'not a whole year, no quota, less than 90 % of the figures known, nothing is over quota, or not one explanation in the ledger',
  },
  better: 'higher',
  yearly: true,
  compute(input) {
    if (!isWholeYear(input)) return insufficient(NOT_A_WHOLE_YEAR);
    const below = unitInputs(input);
    const units = below.length > 0 ? below : [input];
    const conflicts = units.flatMap((unit) => zoneConflict(unit) ?? []);
    const checks = units.flatMap((unit): UnitCheck[] =>
      quotaChecks(unit).map((check) => ({ ...check, agency: unit.agency })),
    );
    if (checks.length === 0) {
      const [conflict] = conflicts;
      const none = {
        zh: '登记中没有适用于各单位层级的定额（quotas）',
        en: 'the registry has no quota for the tiers of the units (quotas)',
      };
      return insufficient(conflict ?? none);
    }
    const graded = checks.filter(({ grade }) => grade !== undefined);
    const completeness = graded.length / checks.length;
    const over = graded.filter(({ grade }) => grade === 'over');
    const entries = input.records('over-quota-explanation');
    const entryOf = ({ agency, metric }: UnitCheck) =>
      entries.find(({ body }) => body.agency === agency.id && body.metric === metric.id);
    const explained = over.filter((check) => entryOf(check) !== undefined);
    const ids = explained.flatMap((check) => entryOf(check)?.id ?? []);
    const terms = [
      {
        name: { zh: '超定额项', en: 'figures over quota' },
        value: over.length,
        unit: '项',
        source: 'A24-09',
      },
      {
        name: { zh: '已提交说明', en: 'explained' },
        value: explained.length,
        unit: '项',
        source: `ledger over-quota-explanation：${ids.join('、') || '—'}`,
      },
    ];
    if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), terms, completeness);
    if (over.length === 0) {
      const reason = { zh: '没有超定额的单位，无需说明', en: 'nothing is over quota' };
      return insufficient(reason, terms, completeness);
    }
    const silent = over
      .filter((check) => entryOf(check) === undefined)
      .map(({ agency, metric }) => ({
        zh: `${agency.name.zh}的${metric.name.zh}超定额，台账中没有说明（超定额说明）`,
        en: `${agency.name.en}: ${metric.name.en} is over quota, and the ledger holds no explanation`,
      }));
    const reasons = [...silent, ...conflicts];
    // An empty ledger means that nobody entered explanations, not that nobody filed one.
    const value = entries.length === 0 ? null : (explained.length / over.length) * 100;
    return { value, completeness, terms, reasons, parts: partsOf(over, entryOf) };
  },
});

function partsOf(over: readonly UnitCheck[], entryOf: (check: UnitCheck) => object | undefined) {
  return over.map((check) => ({
    name: {
      zh: `${check.agency.name.zh}：${check.metric.name.zh}`,
      en: `${check.agency.name.en}: ${check.metric.name.en}`,
    },
    value: entryOf(check) === undefined ? 0 : 1,
    unit: '份说明',
    completeness: check.outcome.completeness,
  }));
}
