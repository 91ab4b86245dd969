/** Which column is what: headers as meters, bills and published samples write them, in Chinese and English. */
import type { TableFault } from './fault.ts';

export type ColumnId =
  | 'date'
  | 'end'
  | 'amount'
  | 'temperature'
  | 'persons'
  | 'estimated'
  | 'period';
export type TemperatureUnit = '°C' | '°F';

export interface Columns {
  readonly at: ReadonlyMap<ColumnId, number>;
  /** As its header says; °C where it says nothing. */
  readonly temperatureUnit: TemperatureUnit;
}

/** Colder and warmer than any record on land, in either unit: beyond is another unit or a code for "missing". */
export const PLAUSIBLE = {
  '°C': { min: -90, max: 60 },
  '°F': { min: -130, max: 140 },
} as const satisfies Record<TemperatureUnit, { min: number; max: number }>;

const NAMES: Readonly<Record<ColumnId, RegExp>> = {
  date: /^(date|day|month|start|from|begin|time|datetime|timestamp|dt)(_?(date|day|time))?(_?utc)?$|^(用能|账单)?(日期|时间|月份|年月|账期|开始日期|起始日期|起始日|起|开始|抄表日期)$/,
  end: /^(end|to|until)(_?(date|day))?(_?utc)?$|^(结束日期|截止日期|终止日期|截止日|止|结束)$/,
  amount:
    /^(amount|value|meter_?value|use|usage|consumption|energy|electricity|gas|heat|water|observed|kwh|m3|m³|gj)(_(use|usage|kwh|m3|m³|gj))?$|^(日|月|本期)?(用量|用电量|用水量|用气量|用热量|用能量|电量|水量|气量|热量|能耗|表计值)$/,
  temperature:
    /^(outdoor_?|mean_?|air_?)*(temperature|temp)(_?(c|f|celsius|fahrenheit))?(_?(mean|avg))?$|^t_?(c|f)$|^(日|月)?(平均|室外)*(气温|温度)(华氏|摄氏)?$/,
  persons: /^(persons|people|occupants|head_?count)$|^(人数|在岗人数|用能人数)$/,
  estimated: /^(estimated|is_?estimated|estimate)$|^(估抄|估读|是否估抄)$/,
  period: /^(period|phase)$|^(时期|期间|阶段|期别)$/,
};

const EXPECTED: Readonly<Record<ColumnId, string>> = {
  date: 'date (日期)',
  end: 'end (结束日期)',
  amount: 'amount (用量)',
  temperature: 'temperature_c, temperature_f (气温)',
  persons: 'persons (人数)',
  estimated: 'estimated (估抄)',
  period: 'period (时期)',
};

const FAHRENHEIT = /°f|℉|华氏|fahrenheit|(^|_|temp|temperature|t)f(_|$)/;

/** Without what stands in brackets, which are units. */
function bareName(header: string): string {
  return header
    .toLowerCase()
    .replace(/[（([【].*$/, '')
    .replace(/[°℃℉].*$/, '')
    .trim()
    .replaceAll(/[\s-]+/g, '_');
}

function unitIn(header: string): TemperatureUnit {
  const bracket = /[（([【](.*?)[）)\]】]/.exec(header)?.[1]?.trim().toLowerCase();
  const isFahrenheit =
    bracket === 'f' || FAHRENHEIT.test(header.toLowerCase().replaceAll(' ', '_'));
  return isFahrenheit ? '°F' : '°C';
}

function formatColumns(ids: readonly ColumnId[]): string {
  return ids.map((id) => EXPECTED[id]).join('; ');
}

/** The columns of a header row; `needed` ones that are not there and columns there twice are faults. */
export function columnsIn(
  header: { readonly line: number; readonly cells: readonly string[] },
  needed: readonly ColumnId[],
): { readonly columns: Columns; readonly faults: readonly TableFault[] } {
  const { line, cells } = header;
  const at = new Map<ColumnId, number>();
  const faults: TableFault[] = [];
  for (const [index, cell] of cells.entries()) {
    const name = bareName(cell);
    const id = (Object.keys(NAMES) as ColumnId[]).find((each) => NAMES[each].test(name));
    if (id === undefined) continue;
    const first = at.get(id);
    if (first === undefined) at.set(id, index);
    // The same temperature in the other unit is no second one.
    else if (id !== 'temperature' || unitIn(cells[first] ?? '') === unitIn(cell)) {
      const expected = `one column ${EXPECTED[id]}, beside '${cells[first]}'`;
      faults.push({ line, column: index, expected, found: cell });
    }
  }
  const missing = needed.filter((id) => !at.has(id));
  if (missing.length > 0) {
    faults.push({ line, expected: `columns ${formatColumns(missing)}`, found: cells.join(',') });
  }
  const temperature = cells[at.get('temperature') ?? -1];
  const temperatureUnit = temperature === undefined ? '°C' : unitIn(temperature);
  return { columns: { at, temperatureUnit }, faults };
}
