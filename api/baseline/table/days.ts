/** A study of days: every day of either period beside its weather, or beside its people. */
import type { Text } from '../../../domain/text.ts';
import {
  avoidedUse,
  driverBaselineFor,
  monthlyAvoidedUse,
  scaledBaselineFor,
} from '../baseline.ts';
import { presenceDriver, workdayDriver } from '../presence.ts';
import type { DayAmount, DayDriver } from '../rows.ts';
import { BASELINE_DAYS } from '../sufficiency.ts';
import type { Scale } from '../terms.ts';
import { rulesOf, type StudyOptions, temperaturesIn, type Worked } from './options.ts';
import type { Part } from './part.ts';
import { daysOf } from './span.ts';
import type { Table } from './table.ts';

/** Every day of a span; one that the table does not have is unknown. */
function amountsIn({ rows }: Table, { span, holds }: Part): DayAmount[] {
  const amounts = new Map(
    rows.filter((row) => holds(row)).map(({ date, amount }) => [date, amount]),
  );
  return daysOf(span).map((date) => ({ date, value: amounts.get(date) ?? null }));
}

function peopleIn({ rows, columns }: Table, dates: readonly string[]): DayDriver[] {
  if (!columns.has('persons')) return workdayDriver(dates);
  const persons = new Map(rows.map((row) => [row.date, row.persons]));
  return presenceDriver(dates, (date) => persons.get(date) ?? undefined);
}

function cutRemark({ span }: Part): Text[] {
  const days = daysOf(span).length;
  if (days <= BASELINE_DAYS) return [];
  return [
    {
      zh: `基准期 ${days} 天，只取最后 ${BASELINE_DAYS} 天`,
      en: `of the baseline's ${days} days the last ${BASELINE_DAYS} are taken`,
    },
  ];
}

function driversOf(table: Table, scale: Scale | undefined, options: StudyOptions): DayDriver[] {
  const { baseline, reporting } = options.parts;
  if (!scale)
    return peopleIn(
      table,
      [baseline, reporting].flatMap(({ span }) => daysOf(span)),
    );
  const days = table.rows.map(({ date, temperature }) => ({ date, value: temperature }));
  return temperaturesIn(scale, options, { days, unit: table.temperatureUnit });
}

/** @param scale absent where days follow people. */
export function studyDays(table: Table, scale: Scale | undefined, options: StudyOptions): Worked {
  const { parts } = options;
  const drivers = driversOf(table, scale, options);
  const given = { days: amountsIn(table, parts.baseline), drivers, options: rulesOf(options) };
  const baseline = scale ? scaledBaselineFor({ ...given, scale }) : driverBaselineFor(given);
  const remarks = cutRemark(parts.baseline);
  if (!baseline.ok) return { baseline, months: [], remarks };
  const reporting = { days: amountsIn(table, parts.reporting), drivers };
  return {
    baseline,
    avoided: avoidedUse(baseline.baseline, reporting),
    months: monthlyAvoidedUse(baseline.baseline, reporting),
    remarks,
  };
}
