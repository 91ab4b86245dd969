/** Which meters answer. */
import { METER_STATES } from '../../domain/meter-state.ts';
import type { PanelSpec } from '../builder.ts';
import type { Mapped } from '../fields.ts';
import { NO_DATA, readings } from '../influxql.ts';
import { stat, stateTimeline, table } from '../visuals.ts';

const STATE_COLORS = { ok: 'green', late: 'yellow', offline: 'red', error: 'purple' } as const;
const STATES: Mapped = Object.fromEntries(
  Object.entries(STATE_COLORS).map(([state, color]) => {
    const { code, zh, en } = METER_STATES[state as keyof typeof STATE_COLORS];
    return [String(code), { text: { zh, en }, color }];
  }),
);

/** Every configured meter reports within this; an older state says nothing about now. */
const STATE_WINDOW = '10m';
const LAST_STATES =
  'SELECT last("state") AS "state", "age_ms" AS "age", "reason" AS "cause" FROM "meter_status" WHERE $timeFilter GROUP BY "meter"';

export const metersOnline: PanelSpec = {
  id: 5,
  title: { zh: '表计在线（全部机构）', en: 'Meters online (all agencies)' },
  description: {
    zh: '最近10分钟内报告状态的表计数，以及其中状态正常的表计数。停止采集后此处无值，不沿用旧状态。',
    en: 'Meters that reported within ten minutes, and how many of them are well. Without polling there is no value here: old states do not count.',
  },
  noValue: { zh: '近10分钟无状态', en: 'No status for 10 minutes' },
  width: 8,
  height: 4,
  visual: stat(),
  timeFrom: STATE_WINDOW,
  unit: 'none',
  queries: [
    readings(`SELECT count("state") FROM (${LAST_STATES}) WHERE "state" = 0`, {
      alias: { zh: '正常', en: 'OK' },
    }),
    readings(`SELECT count("state") FROM (${LAST_STATES})`, {
      alias: { zh: '全部', en: 'All' },
    }),
  ],
};

export const buildingStates: PanelSpec = {
  id: 13,
  title: { zh: '各楼宇表计状态（全部机构）', en: 'Meter states by building (all agencies)' },
  description: {
    zh: '每栋楼宇在该时段内最差的一块表的状态；空白表示没有采集。',
    en: 'The worst meter of each building at the time; blank means nothing was polled.',
  },
  noValue: NO_DATA,
  width: 14,
  height: 9,
  visual: stateTimeline(),
  unit: 'none',
  mappings: STATES,
  queries: [
    readings(
      'SELECT max("state") FROM "meter_status" WHERE $timeFilter GROUP BY time($__interval), "building" fill(none)',
      { alias: '$tag_building' },
    ),
  ],
};

export const badMeters: PanelSpec = {
  id: 14,
  title: { zh: '需要处理的表计（全部机构）', en: 'Meters that need attention (all agencies)' },
  description: {
    zh: '最近10分钟状态不正常的表计、原因，以及距上次有效读数的时间。',
    en: 'Meters not well within the last ten minutes, why, and how long since their last good reading.',
  },
  noValue: { zh: '没有异常表计，或没有采集', en: 'All are well, or nothing was polled' },
  width: 10,
  height: 9,
  visual: table(),
  timeFrom: STATE_WINDOW,
  queries: [
    readings(
      `SELECT "state", "age", "cause" FROM (${LAST_STATES}) WHERE "state" > 0 GROUP BY "meter"`,
      { format: 'table' },
    ),
  ],
  fields: [
    { field: 'Time', hidden: true },
    { field: 'meter', name: { zh: '表计', en: 'Meter' } },
    { field: 'state', name: { zh: '状态', en: 'State' }, mappings: STATES },
    { field: 'age', name: { zh: '距上次读数', en: 'Last reading' }, unit: 'ms' },
    { field: 'cause', name: { zh: '原因', en: 'Cause' } },
  ],
};
