/** The linter of emitted queries: what the builders make passes, what an engine lacks does not. */
import { describe, expect, it } from 'vitest';
import {
  createDatabase,
  literal,
  matches,
  remove,
  select,
} from '../../../store/influx/influxql.ts';
import { lintInfluxQl } from '../../support/influxql-lint.ts';

const range = { fromMs: 0, toMs: 1000 };
const plain = { columns: '"quality"', from: 'reading', where: [], range } as const;

describe('lintInfluxQl', () => {
  it.each([
    select(plain),
    select({ ...plain, where: [matches('meter', ['a', 'b'])], tail: 'GROUP BY "meter"' }),
    select({ ...plain, columns: 'mean("x")', tail: 'GROUP BY time(60000ms) fill(none)' }),
    select({ ...plain, where: [matches('meter', ["x' OR time > 0; DROP DATABASE y --"])] }),
    remove('assessment', { agency: 'a', kind: 'year' }, range),
    createDatabase('jieyue', 730),
    createDatabase('jieyue_rollup', undefined),
  ])('accepts %s', (query) => {
    expect(lintInfluxQl(query)).toEqual([]);
  });

  const bounded = 'time >= 0ms AND time < 9ms';
  it.each([
    ['IN', `SELECT "v" FROM "m" WHERE "meter" IN ('a') AND ${bounded}`],
    ['INTO', `SELECT "v" INTO "n" FROM "m" WHERE ${bounded}`],
    ['SLIMIT', `SELECT "v" FROM "m" WHERE ${bounded} GROUP BY "meter" SLIMIT 1`],
    ['unbounded last()', 'SELECT last("v") FROM "m" GROUP BY "meter"'],
    ['half bounded', 'SELECT "v" FROM "m" WHERE time >= 0ms'],
    ['regular expression', `SELECT "v" FROM "m" WHERE "meter" =~ /a/ AND ${bounded}`],
    ['two ranges', `SELECT "v" FROM "m" WHERE (${bounded}) OR ${bounded}`],
    ['another function', `SELECT derivative("v") FROM "m" WHERE ${bounded}`],
    ['all columns', `SELECT * FROM "m" WHERE ${bounded}`],
    ['filling in', `SELECT mean("v") FROM "m" WHERE ${bounded} GROUP BY time(1s) fill(previous)`],
    ['two statements', `SELECT "v" FROM "m" WHERE ${bounded}; DROP DATABASE "x"`],
    ['an open quote', `SELECT "v" FROM "m" WHERE "meter" = 'it's' AND ${bounded}`],
    ['a whole measurement', `DELETE FROM "m" WHERE ${bounded}`],
    ['administration', 'SHOW DATABASES'],
  ])('rejects %s', (_, query) => {
    expect(lintInfluxQl(query)).not.toEqual([]);
  });
});

describe('literal', () => {
  it('leaves no way out of the quotes', () => {
    expect(literal("a'b\\")).toBe("'a\\'b\\\\'");
    expect(literal('白岩\n')).toBe("'白岩\\n'");
  });
});
