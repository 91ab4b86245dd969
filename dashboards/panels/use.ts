/** How much an agency uses, when, and for what. */
import { CARRIERS, type Carrier } from '../../domain/carriers.ts';
import { ITEMS, totalItem } from '../../domain/items.ts';
import type { PanelSpec } from '../builder.ts';
import { CARRIER_UNITS, carrierFields, TOTAL_ITEMS } from '../carriers.ts';
import { AGENCY, CARRIER, NO_DATA, rollup, ZONE } from '../influxql.ts';
import { bars, donut, heatmap, lines, stat } from '../visuals.ts';

export function today(id: number, carrier: Carrier): PanelSpec {
  const { zh, en, unit } = CARRIERS[carrier];
  return {
    id,
    title: { zh: `今日${zh} (${unit})`, en: `${en} today (${unit})` },
    description: {
      zh: '所选机构（含下级）今日零点以来的累计量；未采集到的小时不计入，也不按零计。',
      en: 'The chosen agency with all below it, since local midnight; hours without data are left out, not counted as zero.',
    },
    noValue: NO_DATA,
    width: 4,
    height: 4,
    visual: stat(),
    timeFrom: 'now/d',
    unit: CARRIER_UNITS[carrier],
    decimals: 1,
    queries: [
      rollup(
        `SELECT sum("value") FROM "agency_consumption" WHERE ${AGENCY} AND "carrier" = '${carrier}' AND "item" = '${totalItem(carrier)}' AND "resolution" = 'hour' AND $timeFilter`,
        { alias: carrier },
      ),
    ],
    fields: carrierFields().filter(({ field }) => field === carrier),
  };
}

export const power: PanelSpec = {
  id: 6,
  title: { zh: '近24小时平均负荷', en: 'Mean load, last 24 hours' },
  description: {
    zh: '逐小时电量（kWh）即该小时的平均功率（kW）；电为网购，光伏发电为自产。缺测的小时断线。',
    en: 'Energy of an hour in kWh is its mean power in kW; grid and own solar apart. Lines break where data is missing.',
  },
  noValue: NO_DATA,
  width: 12,
  height: 8,
  visual: lines(),
  timeFrom: '24h',
  unit: 'kwatt',
  min: 0,
  queries: [
    rollup(
      `SELECT "value" FROM "agency_consumption" WHERE ${AGENCY} AND ("carrier" = 'electricity' OR "carrier" = 'solar') AND "item" =~ ${TOTAL_ITEMS} AND "resolution" = 'hour' AND $timeFilter GROUP BY "carrier"`,
      { alias: '$tag_carrier' },
    ),
  ],
  fields: carrierFields('kwatt'),
};

export const daily: PanelSpec = {
  id: 7,
  title: {
    zh: '近30天逐日用量 · $carrier',
    en: 'Daily use, last 30 days · $carrier',
  },
  description: {
    zh: '所选机构（含下级）与能源品种的逐日合计，按北京时间零点分日。没有数据的日子没有柱。',
    en: 'Daily totals of the chosen agency and carrier, days cut at local midnight. A day without data has no bar.',
  },
  noValue: NO_DATA,
  width: 12,
  height: 8,
  visual: bars(),
  timeFrom: '30d',
  unit: 'short',
  min: 0,
  queries: [
    rollup(
      `SELECT "value" FROM "agency_consumption" WHERE ${AGENCY} AND ${CARRIER} AND "item" =~ ${TOTAL_ITEMS} AND "resolution" = 'day' AND $timeFilter GROUP BY "carrier"`,
      { alias: '$tag_carrier' },
    ),
  ],
  fields: carrierFields(),
};

export const subItems: PanelSpec = {
  id: 8,
  title: { zh: '近30天用电分项', en: 'Electricity by sub-item, last 30 days' },
  description: {
    zh: '照明插座、空调、动力、特殊四个分项。分项之和小于总表的部分为未分项计量，此处不显示。',
    en: 'Lighting and sockets, air conditioning, motive power, special use. What no sub-meter measures is not shown.',
  },
  noValue: { zh: '无分项数据', en: 'No sub-items' },
  width: 8,
  height: 8,
  visual: donut(),
  timeFrom: '30d',
  unit: 'kwatth',
  queries: [
    rollup(
      `SELECT sum("value") FROM "agency_consumption" WHERE ${AGENCY} AND "carrier" = 'electricity' AND "item" =~ /^01[A-D]00$/ AND "resolution" = 'day' AND $timeFilter GROUP BY "item"`,
      { alias: '$tag_item' },
    ),
  ],
  fields: Object.entries(ITEMS).flatMap(([field, name]) =>
    /^01[A-D]00$/.test(field) ? [{ field, name }] : [],
  ),
};

export const loadProfile: PanelSpec = {
  id: 11,
  title: { zh: '日期 × 小时用量 · $carrier', en: 'Day × hour · $carrier' },
  description: {
    zh: '横轴为日期，纵轴为当地时间的小时，颜色为该小时用量；夜间与休息日的深色带值得检查。',
    en: 'Days across, local hours down, colour is the amount of that hour; dark bands at night or on days off deserve a look.',
  },
  noValue: NO_DATA,
  width: 12,
  height: 11,
  visual: heatmap(),
  timeFrom: '30d',
  unit: 'short',
  queries: [
    rollup(
      `SELECT sum("value") FROM "load_profile" WHERE ${AGENCY} AND ${CARRIER} AND $timeFilter GROUP BY time(1d), "hour" fill(null) tz('${ZONE}')`,
      { alias: '$tag_hour' },
    ),
  ],
};
