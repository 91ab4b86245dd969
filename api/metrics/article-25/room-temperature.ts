/** A25-22: working hours in which rooms are heated or cooled further than the rule allows. */
import { HOUR_MS } from '../../../domain/period.ts';
import type { Region } from '../../../registry/schema.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput, RoomHour } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { insufficient, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

type Limits = NonNullable<Region['roomTemperature']>;

function workingHours({ elapsed, isWorkingTime }: MetricInput): number {
  let hours = 0;
  for (let atMs = elapsed.fromMs; atMs < elapsed.toMs; atMs += HOUR_MS) {
    if (isWorkingTime(atMs)) hours += 1;
  }
  return hours;
}

/** Warmer than allowed in the heating season. */
function isOverheated(input: MetricInput, { startMs, celsius }: RoomHour, limits: Limits): boolean {
  return input.inHeatingSeason(input.localDateOf(startMs)) && celsius > limits.heatedMaxC;
}

/** A room colder than the limit while it is warmer than that outdoors is being cooled. */
function isOvercooled(input: MetricInput, hour: RoomHour, { cooledMinC }: Limits): boolean {
  const { startMs, celsius, outdoorC } = hour;
  if (input.inHeatingSeason(input.localDateOf(startMs)) || outdoorC === undefined) return false;
  return outdoorC > cooledMinC && celsius < cooledMinC;
}

export const roomTemperature = defineMetric({
  id: 'room-temperature',
  code: 'A25-22',
  clause: CLAUSES.energyManagement,
  name: { zh: '室温超限时间占比', en: 'Working hours beyond the limits of room temperature' },
  unit: '%',
  formula:
    '工作时间内（采暖期室温 > 上限 的小时 + 非采暖期室外高于下限而室温 < 下限 的小时）/ 实测小时',
  inputs: [
    {
      zh: '室温传感器、室外气温、室温限值（登记 region.roomTemperature）、工作日历',
      en: 'room sensors, outdoor temperature, limits (region.roomTemperature), working calendar',
    },
  ],
  source: SOURCES.roomTemperature,
  insufficient: {
    zh: '没有室温传感器、没有登记限值，或工作时间实测率低于 90 %',
    en: 'no room sensor, no limits on file, or less than 90 % of working hours measured',
  },
  better: 'lower',
  compute(input) {
    const { rooms, registry } = input;
    const limits = registry.region.roomTemperature;
    if (rooms.length === 0) {
      return insufficient({
        zh: '没有室温传感器：请登记带室内温度（roomTemperature）的表计',
        en: 'no room sensor: register a meter with a roomTemperature',
      });
    }
    if (!limits) {
      return insufficient({
        zh: '没有室温限值：请在登记 region.roomTemperature 中给出',
        en: 'no limits of room temperature: enter them under region.roomTemperature',
      });
    }
    const expected = workingHours(input) * rooms.length;
    const hours = rooms.flatMap((room) =>
      room.hours.filter(({ startMs }) => input.isWorkingTime(startMs)),
    );
    const warm = hours.filter((hour) => isOverheated(input, hour, limits)).length;
    const cold = hours.filter((hour) => isOvercooled(input, hour, limits)).length;
    const completeness = expected === 0 ? 0 : hours.length / expected;
    const limit = (zh: string, en: string, value: number) => ({
      ...{ name: { zh, en }, value, unit: '°C' },
      ...{ source: `region.roomTemperature：${limits.source}`, verified: limits.verified },
    });
    const counted = [
      { name: { zh: '采暖期超过上限', en: 'too warm while heated' }, value: warm },
      { name: { zh: '制冷时低于下限', en: 'too cold while cooled' }, value: cold },
      { name: { zh: '实测小时（各传感器合计）', en: 'hours measured' }, value: hours.length },
    ];
    const source = `meters ${rooms.map(({ id }) => id).join('、')}`;
    const terms = [
      ...counted.map((one) => ({ ...one, unit: 'h', source })),
      limit('采暖室温上限', 'highest while heated', limits.heatedMaxC),
      limit('制冷室温下限', 'lowest while cooled', limits.cooledMinC),
    ];
    if (expected === 0) {
      const reason = { zh: '本期没有工作时间', en: 'the period has no working hours' };
      return insufficient(reason, terms);
    }
    if (completeness < MIN_KNOWN) {
      return insufficient(tooLittle(completeness), terms, completeness);
    }
    const parts = counted.map((one) => ({ ...one, unit: 'h', completeness }));
    const blind = hours.some(
      ({ startMs, outdoorC }) =>
        outdoorC === undefined && !input.inHeatingSeason(input.localDateOf(startMs)),
    );
    const reason = {
      zh: '部分小时没有室外气温，无法判断是否制冷，未计为超限',
      en: 'hours without an outdoor temperature are not counted as cooled',
    };
    return {
      value: ((warm + cold) / hours.length) * 100,
      completeness,
      terms,
      reasons: blind ? [reason] : [],
      parts,
    };
  },
});
