/** Tables as people save them: headers, dates, numbers, and every fault by line and column at once. */
import { describe, expect, it } from 'vitest';
import { dateIn, numberOf } from '../../../../../api/baseline/table/cells.ts';
import { csvRows, decodeCsv } from '../../../../../api/baseline/table/csv.ts';
import { formatSpan, parseSpan } from '../../../../../api/baseline/table/span.ts';
import { readTable } from '../../../../../api/baseline/table/table.ts';
import { readTemperatures } from '../../../../../api/baseline/table/temperatures.ts';
import { csv } from './made.ts';

const read = (text: string) =>
  readTable(text, { file: 't.csv', needed: ['date', 'amount', 'temperature'] });
const message = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return String(error);
  }
  return '';
};

describe('cells', () => {
  it('are quoted, tabbed or of another code page', () => {
    expect(
      csvRows('a,"b ""x"", y"\r\n\r\n"1\n2",3\n').map(({ line, cells }) => [line, cells]),
    ).toEqual([
      [1, ['a', 'b "x", y']],
      [3, ['1\n2', '3']],
    ]);
    expect(csvRows('a\tb\tc;d\n1\t2')[1]?.cells).toEqual(['1', '2']);
    expect(csvRows('a;b\n"un closed;2')[1]?.cells).toEqual(['"un closed', '2']);
    expect(decodeCsv(Uint8Array.from([0xc8, 0xd5, 0xc6, 0xda]))).toBe('日期');
    expect(decodeCsv(Buffer.from('日期'))).toBe('日期');
  });

  it.each([
    ['2026-01-05', '2026-01-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['2026-01-05 00:00:00+00:00', '2026-01-05'],
    ['2026-01-05T06:00:00Z', '2026-01-05'],
    ['2026-07-05 05:00:00+00:00', '2026-07-05'],
    ['2026-01-04T16:00:00Z', '2026-01-05'],
    ['2026-07-04T23:00:00+00:00', '2026-07-05'],
    ['2026-01-05T00:00:00-06:00', '2026-01-05'],
    ['2026-01-05 23:00', '2026-01-05'],
    ['2026-01-05T23:59:59+08:00', '2026-01-05'],
    ['2026-02-30', undefined],
    ['1/5/2026', undefined],
    ['2026-01', undefined],
  ])('%s begins the day %s', (cell, date) => {
    expect(dateIn(cell)).toBe(date);
  });

  it('are numbers, with thousands where they are grouped, and nothing else', () => {
    expect(['1,234.5', '-3', '1e3', '.5'].map((cell) => numberOf(cell))).toEqual([
      1234.5, -3, 1000, 0.5,
    ]);
    expect(['12,3', '0x10', 'Infinity', '1 2', '5kWh'].map((cell) => numberOf(cell))).toEqual(
      Array(5).fill(undefined),
    );
  });
});

describe('columns', () => {
  it.each([
    ['date,amount,temperature_c', '°C'],
    ['date_utc,meter_value,temp_f_mean', '°F'],
    ['start,value,tempF', '°F'],
    ['日期,用电量（kWh）,平均气温(℃)', '°C'],
    ['日期,用量,气温(°F)', '°F'],
    ['Date,kWh,Outdoor Temperature (F)', '°F'],
    ['抄表日期,用气量,室外温度', '°C'],
    ['Day,Usage,mean temp', '°C'],
    ['日期,本期用电量,气温,气温(°F)', '°C'],
    ['date,electricity_kwh,temp_f,temp_c', '°F'],
  ] as const)('%s', (header, unit) => {
    const { rows, temperatureUnit } = read(csv(header, [['2026-01-05', 3, 41]]));
    expect(temperatureUnit).toBe(unit);
    expect(rows).toMatchObject([{ date: '2026-01-05', amount: 3, temperature: 41 }]);
  });

  it('that are missing or there twice are named', () => {
    expect(message('day,note\n2026-01-05,x')).toMatch(
      /t\.csv:1 expected columns amount.*temperature/,
    );
    expect(message('date,kwh,usage,气温\n2026-01-05,1,2,3')).toMatch(/t\.csv:1:C .*'kwh'.*'usage'/);
  });
});

describe('rows', () => {
  it('without a value are missing, not zero', () => {
    const { rows } = read(
      csv('date,amount,temp_c', [
        ['2026-01-05', null, 'NaN'],
        ['2026-01-06', '-', '缺'],
      ]),
    );
    expect(rows.map(({ amount, temperature }) => [amount, temperature])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('name every fault at once, by line and column', () => {
    const told = message(
      csv('date,amount,temp_c,period', [
        ['2026-02-30', 1, 2, ''],
        ['2026-01-01', 'much', 999, 'baseline'],
        ['2026-01-02', 1, 2, 'later'],
        ['2026-01-03', 1, 2, ''],
        ['2026-01-03', 1, 2, ''],
        ['2026-01-04', '12,3', 4, 'baseline'],
      ]),
    );
    for (const place of ['2:A', '3:B', '3:C', '4:D', '6 expected one row for 2026-01-03', '7:E']) {
      expect(told).toContain(`t.csv:${place}`);
    }
    expect(told).not.toContain('t.csv:5');
  });

  it('of hours are told once to be no days', () => {
    const hours = Array.from({ length: 48 }, (_, i) => [
      `2026-01-0${1 + Math.floor(i / 24)} ${String(i % 24).padStart(2, '0')}:00`,
      1,
      2,
    ]);
    expect(message(csv('date,amount,temp_c', hours))).toMatch(
      /1 处.*a row a day or a bill.*24 rows/s,
    );
  });
});

it('a comma beside semicolons is no thousand', () => {
  const told = message('date;amount;temp_c\n2026-01-05;1,234;2');
  expect(told).toContain("t.csv:2:B expected a number, or nothing when missing, found '1,234'");
  expect(read('date,amount,temp_c\n2026-01-05,"1,234",2').rows[0]?.amount).toBe(1234);
});

describe('spans', () => {
  it.each([
    ['2025-01-01..2025-12-31', '2025-01-01..2025-12-31'],
    ['2024', '2024-01-01..2024-12-31'],
    ['2025-03..2026-02', '2025-03-01..2026-02-28'],
  ])('%s', (text, span) => {
    const parsed = parseSpan(text);
    expect(parsed && formatSpan(parsed)).toBe(span);
  });

  it.each(['', '2025-13', '2025-02-30', '2026..2025', '2025..2026..2027', 'x'])(
    'not %s',
    (text) => {
      expect(parseSpan(text)).toBeUndefined();
    },
  );
});

describe('temperatures of their own', () => {
  const own = (text: string, zone = 'Asia/Shanghai') =>
    readTemperatures(text, { file: 't.csv', zone });

  it('are days, in either unit', () => {
    expect(own('日期,气温\n2026/1/5,-3\n2026/1/6,')).toEqual([
      { date: '2026-01-05', meanC: -3 },
      { date: '2026-01-06', meanC: null },
    ]);
    expect(own('date,tempF\n2026-01-05T06:00:00Z,50')).toEqual([{ date: '2026-01-05', meanC: 10 }]);
  });

  it('are hours put together by local days; half a day is too little', () => {
    const hours = Array.from({ length: 34 }, (_, i) => [
      new Date(Date.UTC(2026, 0, 4, 16 + i)).toISOString(),
      i < 24 ? 32 : 50,
    ]);
    expect(own(csv('dt,tempF', hours))).toEqual([
      { date: '2026-01-05', meanC: 0 },
      { date: '2026-01-06', meanC: null },
    ]);
  });
});
