/** A39-01: complaints of those served that were settled by the period's end, and how long it took. */
import { Temporal } from 'temporal-polyfill';
import type { EntryOf } from '../../ledger/ledger.ts';
import { medianOf } from '../../water/median.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { countTerm } from '../parts/count-term.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

type Complaint = EntryOf<'complaint'>['body'];

/** Whole days until it was settled. */
function daysOf({ date, settledOn }: Complaint): number[] {
  if (settledOn === undefined) return [];
  return [Temporal.PlainDate.from(date).until(settledOn).days];
}

export const settledComplaints = defineMetric({
  id: 'settled-complaints',
  code: 'A39-01',
  clause: CLAUSES.performance,
  name: { zh: '投诉建议办结率', en: 'Complaints settled' },
  unit: '%',
  formula: '期末前办结的投诉建议 / 本期投诉建议；另列办结天数中位数',
  inputs: [{ zh: '台账投诉建议（日期、办结日）', en: 'complaints of the ledger' }],
  source: SOURCES.ordinance,
  insufficient: { zh: '台账中没有本期投诉建议', en: 'the ledger holds no complaint of the period' },
  better: 'higher',
  compute(input) {
    const entries = input.records('complaint');
    const complaints = entries.map(({ body }) => body);
    if (complaints.length === 0) {
      // Nobody entered any: neither all settled nor none.
      return insufficient({
        zh: '台账中没有本期投诉建议（投诉建议）',
        en: 'the ledger holds no complaint of the period (complaints)',
      });
    }
    const settled = complaints.filter(
      ({ settledOn }) => settledOn !== undefined && settledOn < input.toDate,
    );
    const source = `ledger complaint：${entries.map(({ id }) => id).join('、')}`;
    const value = (settled.length / complaints.length) * 100;
    return {
      value,
      completeness: 1,
      terms: [
        countTerm({ zh: '投诉建议', en: 'complaints' }, complaints.length, ['件', source]),
        countTerm({ zh: '已办结', en: 'settled' }, settled.length, ['件', source]),
      ],
      reasons: [],
      parts: [
        { name: { zh: '办结率', en: 'settled' }, value, unit: '%', completeness: 1 },
        {
          name: { zh: '办结天数中位数', en: 'median time to settle' },
          value: medianOf(settled.flatMap(daysOf)) ?? null,
          unit: 'd',
          completeness: 1,
        },
      ],
    };
  },
});
