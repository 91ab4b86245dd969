/** A26-12: water that retrofits saved, verified against a baseline of working days and people. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import {
  comparedShare,
  savingCases,
  savingParts,
  savingReasons,
  savingTerms,
  verifiedSaving,
} from '../parts/retrofits.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const retrofitWaterSaving = defineMetric({
  id: 'retrofit-water-saving',
  code: 'A26-12',
  clause: CLAUSES.waterTechnology,
  name: { zh: '节水改造核定节水量', en: 'Verified saving of water retrofits' },
  unit: 'm³',
  formula:
    'Σ 核定节水量；核定节水量 = 基准模型（工作日、人数，不用度日）在报告期条件下的用水 + 非常规调整 − 报告期用水',
  inputs: [
    {
      zh: '台账节能节水改造（开工日、见效日、水表或建筑）、改造前 365 天逐日用水、工作日与人数',
      en: 'retrofits of the ledger, days of water of the 365 days before, working days and people',
    },
  ],
  source: SOURCES.gbt28750,
  insufficient: {
    zh: '没有节水改造，或没有一项通过核定',
    en: 'no water retrofit, or none that could be verified',
  },
  better: 'higher',
  compute(input) {
    const cases = savingCases(input.retrofits).filter(({ saving }) => saving.carrier === 'water');
    const bare = input.retrofits
      .filter(
        ({ savings, entry }) => savings.length === 0 && entry.body.measure.startsWith('water'),
      )
      .map(({ entry: { body } }) => ({
        zh: `${body.name}：周围没有水表，无法计量`,
        en: `${body.name}: no water meter around it, nothing is measured`,
      }));
    if (cases.length === 0) {
      const none = {
        zh: '台账中没有节水改造（节能节水改造）',
        en: 'the ledger holds no water retrofit: enter them under retrofits',
      };
      return { ...insufficient(none), reasons: bare.length > 0 ? bare : [none] };
    }
    const verified = cases.filter((one) => verifiedSaving(one) !== undefined);
    const terms = cases.flatMap(savingTerms);
    const parts = cases.flatMap(savingParts);
    const reasons = [...cases.flatMap(savingReasons), ...bare];
    if (verified.length === 0) return { value: null, completeness: 0, terms, reasons, parts };
    return {
      value: verified.reduce((sum, one) => sum + (verifiedSaving(one) ?? 0), 0),
      completeness: Math.min(...verified.map(comparedShare)),
      terms,
      reasons,
      parts,
    };
  },
});
