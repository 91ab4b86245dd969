/** A saving worked out anew from a table of days or bills, by the code that works out the metrics. */
import { AppError } from '../../../domain/errors.ts';
import { savings, type VerifiedSaving } from '../savings.ts';
import { CELSIUS, FAHRENHEIT, type Scale } from '../terms.ts';
import { studyBills } from './billed.ts';
import { isBilled } from './bills.ts';
import { studyDays } from './days.ts';
import type { StudyOptions, Worked } from './options.ts';
import type { Table } from './table.ts';

export interface Study extends Pick<Worked, 'baseline' | 'avoided' | 'months'> {
  readonly interval: 'daily' | 'billing';
  /** Absent where days follow people. */
  readonly scale: Scale | undefined;
  readonly verdict: VerifiedSaving;
}

function scaleOf({ carrier, choice }: StudyOptions): Scale | undefined {
  if (carrier === 'water') return undefined;
  return choice === 'caltrack' ? FAHRENHEIT : CELSIUS;
}

/** @throws AppError `request.invalid` for tables that are neither days nor bills, or bills of water. */
export function studyOf(table: Table, options: StudyOptions): Study {
  const scale = scaleOf(options);
  const isBills = isBilled(table.rows, options.file);
  if (isBills && !scale) {
    const text = `${options.file}: expected a row a day, since water follows people day by day; found bills`;
    throw new AppError('request.invalid', text, { file: options.file });
  }
  const { remarks, ...worked } =
    isBills && scale ? studyBills(table, scale, options) : studyDays(table, scale, options);
  const { verified } = savings({ ...worked, option: options.option });
  return {
    interval: isBills ? 'billing' : 'daily',
    scale,
    ...worked,
    verdict: { ...verified, remarks: [...remarks, ...verified.remarks] },
  };
}
