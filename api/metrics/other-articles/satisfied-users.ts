/** A39-03: those served who said they were satisfied. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { countTerm } from '../parts/count-term.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

export const satisfiedUsers = defineMetric({
  id: 'satisfied-users',
  code: 'A39-03',
  clause: CLAUSES.performance,
  name: { zh: '保障服务满意率', en: 'Users satisfied' },
  unit: '%',
  formula: 'Σ 满意份数 / Σ 回收份数（本期各次调查）',
  inputs: [{ zh: '台账满意度调查', en: 'satisfaction surveys of the ledger' }],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '台账中没有本期满意度调查，或没有回收问卷',
    en: 'no survey of the period in the ledger, or no answers',
  },
  better: 'higher',
  compute(input) {
    const entries = input.records('satisfaction-survey');
    const sum = (key: 'answers' | 'satisfied') =>
      entries.reduce((total, { body }) => total + body[key], 0);
    const [answers, satisfied] = [sum('answers'), sum('satisfied')];
    const source = `ledger satisfaction-survey：${entries.map(({ id }) => id).join('、') || '—'}`;
    const terms = [
      countTerm({ zh: '回收问卷', en: 'answers' }, answers, ['份', source]),
      countTerm({ zh: '满意', en: 'satisfied' }, satisfied, ['份', source]),
    ];
    if (answers === 0) {
      return insufficient(
        {
          zh: '台账中没有本期满意度调查（满意度调查）',
          en: 'the ledger holds no survey of the period (satisfaction surveys)',
        },
        entries.length > 0 ? terms : [],
      );
    }
    return { value: (satisfied / answers) * 100, completeness: 1, terms, reasons: [] };
  },
});
