/** What an agency may use, or means to reach, in a year, with its quarters. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import { agency, amount, choice, note, optional, slugText, text, year } from '../field.ts';
import { defineKind } from '../kind.ts';
import { oneOf, type Rule, sumsTo, together } from '../rule.ts';
import { inYear } from '../span.ts';

/** A limit in any other unit would be held against nothing. */
const UNIT_SUITS: Rule<'carrier' | 'unit'> = {
  fields: ['carrier', 'unit'],
  expected: 'a unit of the carrier',
  holds: ({ carrier, unit }) =>
    carrier === undefined || unit === '元' || unit === CARRIERS[carrier as Carrier].unit,
};

export const annualPlan = defineKind({
  id: 'annual-plan',
  name: { zh: '年度计划', en: 'Annual plan' },
  fields: {
    agency,
    year: year('年度', 'Year'),
    carrier: optional(choice(['能源资源种类', 'Carrier'], CARRIERS)),
    /** Id of a metric, when the plan is for a figure such as energy per area. */
    metric: optional(slugText('指标编号', 'Metric')),
    kind: choice(['性质', 'Kind'], {
      limit: { zh: '用量上限', en: 'Limit' },
      target: { zh: '目标', en: 'Target' },
      /** What a base year came to, when no meter was there yet. */
      base: { zh: '基期实绩', en: 'Base value' },
    }),
    value: amount('全年值', 'Whole year', '见单位'),
    unit: text('计量单位', 'Unit'),
    q1: optional(amount('一季度', 'First quarter', '见单位')),
    q2: optional(amount('二季度', 'Second quarter', '见单位')),
    q3: optional(amount('三季度', 'Third quarter', '见单位')),
    q4: optional(amount('四季度', 'Fourth quarter', '见单位')),
    source: optional(text('下达文件', 'Issued by')),
    note,
  },
  rules: [
    oneOf(['carrier'], ['metric']),
    UNIT_SUITS,
    together('q1', 'q2', 'q3', 'q4'),
    sumsTo('value', 'q1', 'q2', 'q3', 'q4'),
  ],
  span: ({ year }) => inYear(year),
});
