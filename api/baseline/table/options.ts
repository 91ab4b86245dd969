/** What a study is asked for, and what its ways of reading a table have in common. */
import type { HeatingSeason } from '../../../domain/calendar.ts';
import type { Carrier } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import type { AvoidedUse, MonthlyAvoidedUse } from '../avoided-use.ts';
import type { BaselineOptions, BaselineResult } from '../baseline.ts';
import type { Choice } from '../choose.ts';
import type { MeasurementOption } from '../gates.ts';
import type { DayDriver, DayTemperature } from '../rows.ts';
import { inCelsius, inFahrenheit, type Scale } from '../terms.ts';
import type { TemperatureUnit } from './columns.ts';
import type { Parts } from './part.ts';

export interface StudyOptions {
  readonly file: string;
  readonly parts: Parts;
  readonly carrier: Exclude<Carrier, 'solar'>;
  /** `caltrack` fits on the published °F grid, `simplest` as the metrics do. */
  readonly choice: Choice;
  readonly cooling: boolean;
  /** A sub-meter or own generation: zero electricity is a value. */
  readonly zerosCount: boolean;
  readonly season: HeatingSeason | undefined;
  readonly option: MeasurementOption;
  /** Daily temperatures from elsewhere; those of the table count where absent. */
  readonly temperatures: readonly DayTemperature[] | undefined;
}

/** How far a way of reading the table got. */
export interface Worked {
  readonly baseline: BaselineResult;
  /** Absent while there is no baseline. */
  readonly avoided?: AvoidedUse;
  readonly months: readonly MonthlyAvoidedUse[];
  readonly remarks: readonly Text[];
}

function inUnit(value: number, unit: TemperatureUnit, { unit: wanted }: Scale): number {
  if (unit === wanted) return value;
  return wanted === '°F' ? inFahrenheit(value) : inCelsius(value);
}

/** Temperatures from elsewhere, or else the table's own, in the unit of the scale. */
export function temperaturesIn(
  scale: Scale,
  { temperatures }: StudyOptions,
  own: { readonly days: readonly DayDriver[]; readonly unit: TemperatureUnit },
): DayDriver[] {
  const days = temperatures?.map(({ date, meanC }) => ({ date, value: meanC })) ?? own.days;
  const unit = temperatures ? '°C' : own.unit;
  return days.map(({ date, value }) => ({
    date,
    value: value === null ? null : inUnit(value, unit, scale),
  }));
}

/** As for retrofits: only electricity cools, and of a whole building its zeros are gaps. */
export function rulesOf({ parts, carrier, season, zerosCount, cooling, choice }: StudyOptions) {
  return {
    endDate: parts.baseline.span.toDate,
    season,
    zeroIsMissing: carrier === 'electricity' && !zerosCount,
    cooling: cooling && carrier === 'electricity',
    choice,
  } satisfies BaselineOptions;
}
