/** The exported table: numbers stay numbers, missing stays empty, text cannot become a formula. */
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../../api/export/csv.ts';

describe('csv cell', () => {
  it.each([
    [null, ''],
    [undefined, ''],
    [Number.NaN, ''],
    [0, '0'],
    [-3.5, '-3.5'],
    [0.1 + 0.2, '0.3'],
    ['机关', '机关'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['=SUM(A1)', "'=SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['@cmd', "'@cmd"],
    ['-1+2', "'-1+2"],
    ['\t=1', "'\t=1"],
    ['a\r\nb', '"a\r\nb"'],
  ])('%j → %j', (value, expected) => expect(csvCell(value)).toBe(expected));
});
