/** What agencies answer for, and how far the figures can be trusted. */
import { METRICS } from '../../api/metrics/index.ts';
import type { PanelSpec } from '../builder.ts';
import { TOTAL_ITEMS } from '../carriers.ts';
import { AGENCY, CARRIER, NO_DATA, rollup } from '../influxql.ts';
import { lines, table } from '../visuals.ts';

export const agencies: PanelSpec = {
  id: 9,
  title: { zh: '近30天各机构用电', en: 'Electricity by agency, last 30 days' },
  description: {
    zh: '按用电量排序；上级机构含其下级，各行不可相加。实测比例低的数值偏小，不宜比较。',
    en: 'Highest first; a parent contains those below it, so rows must not be added up. A low measured share means the figure is too small to compare.',
  },
  noValue: NO_DATA,
  width: 8,
  height: 8,
  visual: table('electricity'),
  timeFrom: '30d',
  queries: [
    rollup(
      'SELECT sum("value") AS "electricity", mean("coverage") AS "measured" FROM "agency_consumption" WHERE "item" = \'01000\' AND "resolution" = \'day\' AND $timeFilter GROUP BY "agency"',
      { format: 'table' },
    ),
  ],
  fields: [
    { field: 'Time', hidden: true },
    { field: 'agency', name: { zh: '机构', en: 'Agency' } },
    {
      field: 'electricity',
      name: { zh: '用电量', en: 'Electricity' },
      unit: 'kwatth',
      decimals: 1,
    },
    {
      field: 'measured',
      name: { zh: '实测比例', en: 'Measured' },
      unit: 'percentunit',
      decimals: 1,
    },
  ],
};

export const completeness: PanelSpec = {
  id: 10,
  title: { zh: '数据完整率 · $carrier', en: 'Data completeness · $carrier' },
  description: {
    zh: '每日由实测读数覆盖的比例，以及包括插补在内已知的比例。低于90%的时段不出考核指标。',
    en: 'Share of each day covered by measured readings, and share known including interpolation. Below 90 % no assessment figure is given.',
  },
  noValue: NO_DATA,
  width: 8,
  height: 8,
  visual: lines(),
  timeFrom: '30d',
  unit: 'percentunit',
  min: 0,
  max: 1,
  queries: (['coverage', 'known'] as const).map((field) =>
    rollup(
      `SELECT "${field}" FROM "agency_consumption" WHERE ${AGENCY} AND ${CARRIER} AND "item" =~ ${TOTAL_ITEMS} AND "resolution" = 'day' AND $timeFilter`,
      {
        alias: field === 'coverage' ? { zh: '实测', en: 'Measured' } : { zh: '已知', en: 'Known' },
      },
    ),
  ),
};

export const assessment: PanelSpec = {
  id: 12,
  title: { zh: '本年考核指标', en: 'Assessment figures of this year' },
  description: {
    zh: '所选机构本年至今的指标，未折算为全年。数据不足时没有数值；算法与依据见网页的考核表。',
    en: 'Figures of the chosen agency for the year so far, not extrapolated. Insufficient data gives no value; formulas and sources are on the assessment page.',
  },
  noValue: { zh: '数据不足', en: 'Insufficient data' },
  width: 12,
  height: 11,
  visual: table(),
  timeFrom: 'now/y',
  queries: [
    rollup(
      `SELECT "value", "completeness", "status" FROM "assessment" WHERE ${AGENCY} AND "kind" = 'year' AND $timeFilter GROUP BY "metric"`,
      { format: 'table' },
    ),
  ],
  fields: [
    { field: 'Time', hidden: true },
    {
      field: 'metric',
      name: { zh: '指标', en: 'Metric' },
      mappings: Object.fromEntries(
        METRICS.map(({ id, name, unit }) => [
          id,
          { text: { zh: `${name.zh} (${unit})`, en: `${name.en} (${unit})` } },
        ]),
      ),
      custom: { minWidth: 240 },
    },
    { field: 'value', name: { zh: '数值', en: 'Value' }, decimals: 2 },
    {
      field: 'completeness',
      name: { zh: '完整率', en: 'Completeness' },
      unit: 'percentunit',
      decimals: 1,
    },
    {
      field: 'status',
      name: { zh: '状态', en: 'Status' },
      mappings: {
        ok: { text: { zh: '充分', en: 'Sufficient' }, color: 'green' },
        partial: { text: { zh: '部分', en: 'Partial' }, color: 'yellow' },
        insufficient: { text: { zh: '数据不足', en: 'Insufficient' }, color: 'red' },
      },
    },
  ],
};
