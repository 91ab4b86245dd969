/** A study of bills, under the temperatures of their days where those are known. */
import type { Text } from '../../../domain/text.ts';
import { billedUse, billingBaselineFor } from '../billing-baseline.ts';
import type { Scale } from '../terms.ts';
import { billsAmongDays, billsOf, billsWithin, meansOfBills } from './bills.ts';
import { rulesOf, type StudyOptions, temperaturesIn, type Worked } from './options.ts';
import type { Table } from './table.ts';

const MEANS_OF_BILLS: Text = {
  zh: '账单只有平均气温：度日按每期平均气温计算，在平衡点附近偏少；有逐日气温时请用 --temperatures',
  en: 'bills have only their mean temperature: degree days are those of the mean, too few round a balance point; give daily temperatures with --temperatures where there are any',
};

/** @throws AppError `request.invalid` when bills overlap or their ends contradict each other. */
export function studyBills(table: Table, scale: Scale, options: StudyOptions): Worked {
  const { rows, temperatureUnit: unit } = table;
  const amongDays = billsAmongDays(rows);
  const told = billsOf(amongDays ?? rows, options.file);
  const { cycle } = told;
  const days = amongDays
    ? rows.map(({ date, temperature }) => ({ date, value: temperature }))
    : meansOfBills(told.bills);
  const drivers = temperaturesIn(scale, options, { days, unit });
  const [before, after] = [
    billsWithin(told, options.parts.baseline),
    billsWithin(told, options.parts.reporting),
  ];
  const remarks = [
    ...told.remarks,
    ...before.remarks,
    ...after.remarks,
    ...(amongDays || options.temperatures ? [] : [MEANS_OF_BILLS]),
  ];
  const rules = { ...rulesOf(options), endDate: undefined };
  const baseline = billingBaselineFor({ bills: before.bills, drivers, cycle }, scale, rules);
  if (!baseline.ok) return { baseline, months: [], remarks };
  const used = billedUse(baseline.baseline, { bills: after.bills, drivers, cycle });
  return { ...used, baseline, remarks: [...remarks, ...used.remarks] };
}
