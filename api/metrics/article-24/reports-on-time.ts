/** A24-12: statistics reports that were due: sent on time, complete, and use made public every quarter. */
import { localDate } from '../../../domain/period.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart, MIN_KNOWN } from '../metric.ts';
import { countTerm } from '../parts/count-term.ts';
import { namesOf } from '../parts/names.ts';
import { insufficient } from '../parts/terms.ts';
import { registeredUnits } from '../parts/unit-input.ts';
import { SOURCES } from '../sources.ts';

type Report = EntryOf<'report-submission'>['body'];

const isOnTime = ({ due, submittedOn }: Report) => submittedOn !== undefined && submittedOn <= due;

/** `2026-Q3` of a date. */
const quarterOf = (date: string) =>
  `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

/** Quarters that lie in the elapsed period from their first month to their last. */
function wholeQuarters({ fromDate, toDate }: MetricInput): string[] {
  const year = fromDate.slice(0, 4);
  const ends = ['03-31', '06-30', '09-30', '12-31'];
  return ends
    .filter(
      (end, i) =>
        fromDate <= `${year}-${['01', '04', '07', '10'][i]}-01` && `${year}-${end}` < toDate,
    )
    .map((end) => quarterOf(`${year}-${end}`));
}

/** Of the units and whole quarters, those in which the unit made its use public. */
function publicationPart(input: MetricInput): MetricPart[] {
  const quarters = wholeQuarters(input);
  const entries = input.records('publication');
  if (quarters.length === 0 || entries.length === 0) return [];
  const done = new Set(entries.map(({ body }) => `${body.agency} ${quarterOf(body.publishedOn)}`));
  const wanted = registeredUnits(input).flatMap(({ id }) => quarters.map((q) => `${id} ${q}`));
  const value = (wanted.filter((one) => done.has(one)).length / wanted.length) * 100;
  const name = { zh: '季度公示率', en: 'quarters made public' };
  return [{ name, value, unit: '%', completeness: 1 }];
}

export const reportsOnTime = defineMetric({
  id: 'reports-on-time',
  code: 'A24-12',
  clause: CLAUSES.supervision,
  name: { zh: '统计报表按时率', en: 'Statistics reports on time' },
  unit: '%',
  formula: '截止日前报出的报表 / 本期应报报表；另列完整率、季度公示率',
  inputs: [
    {
      zh: '台账统计报送（截止日、报出日、完整）、能耗公示',
      en: 'reports and publications of the ledger',
    },
  ],
  source: SOURCES.organCreation,
  insufficient: {
    zh: '台账中没有本期应报的报表，或有记录的单位少于 90 %',
    en: 'no report due in the period on file, or records of less than 90 % of the units',
  },
  better: 'higher',
  compute(input) {
    const entries = input.records('report-submission');
    if (entries.length === 0) {
      return insufficient({
        zh: '台账中没有本期应报的报表（统计报送），请录入截止日和报出日',
        en: 'the ledger holds no report due in the period (report submissions): enter due dates',
      });
    }
    const units = registeredUnits(input);
    const reporting = new Set(entries.map(({ body }) => body.agency));
    const silent = units.filter(({ id }) => !reporting.has(id));
    const completeness = (units.length - silent.length) / units.length;
    // A report not due yet is neither late nor on time.
    const today = localDate(input.elapsed.toMs, input.registry.region.zone);
    const due = entries.filter(({ body }) => body.due < today || body.submittedOn !== undefined);
    const onTime = due.filter(({ body }) => isOnTime(body));
    const complete = due.filter(({ body }) => body.complete === true);
    const source = `ledger report-submission：${due.map(({ id }) => id).join('、')}`;
    const terms = [
      countTerm({ zh: '应报', en: 'due' }, due.length, ['份', source]),
      countTerm({ zh: '按时报出', en: 'on time' }, onTime.length, ['份', source]),
      countTerm({ zh: '数据完整', en: 'complete' }, complete.length, ['份', source]),
    ];
    const names = namesOf(silent);
    const missing = {
      zh: `没有报送记录的单位：${names.zh}`,
      en: `no record of reports: ${names.en}`,
    };
    if (completeness < MIN_KNOWN) return insufficient(missing, terms, completeness);
    if (due.length === 0) {
      return insufficient({ zh: '本期报表尚未到期', en: 'no report is due yet' }, terms);
    }
    const percent = (some: readonly unknown[]) => (some.length / due.length) * 100;
    const part = (zh: string, en: string, value: number): MetricPart => ({
      name: { zh, en },
      value,
      unit: '%',
      completeness,
    });
    return {
      value: percent(onTime),
      completeness,
      terms,
      reasons: silent.length > 0 ? [missing] : [],
      parts: [
        part('按时率', 'on time', percent(onTime)),
        part('完整率', 'complete', percent(complete)),
        ...publicationPart(input),
      ],
    };
  },
});
