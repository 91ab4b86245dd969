/**
 * Where a running year is heading: what is left follows last year's shape at this year's level. Our
 * own method (docs/methodology): the spread is that of fortnights about the level, applied to the rest
 * as a whole because fortnights of one year are not independent of each other.
 */
import type { Carrier } from '../../../domain/carriers.ts';
import type { AgencyConsumption } from '../../../domain/consumption.ts';
import type { Text } from '../../../domain/text.ts';
import type { MetricInput } from '../input.ts';
import { MIN_KNOWN } from '../metric.ts';
import { carrierTotal } from './energy.ts';

const FEWEST_DAYS = 60;
const BLOCK_DAYS = 14;

/** Part of last year's use that fell into the part of the year that has passed. */
export interface Shape {
  /** Over the same dates, and over the whole of last year. */
  readonly passed: number;
  readonly whole: number;
}

export function shapeOf(input: MetricInput, carrier: Carrier): Shape | Text {
  const { lastYear } = input;
  const before = input.earlier(1);
  const none = {
    zh: '没有上年整年的读数，无法得出季节形状',
    en: 'no readings of the whole of last year: the seasons are unknown',
  };
  if (!lastYear || !before) return none;
  const whole = carrierTotal(lastYear, carrier);
  const passed = carrierTotal(before, carrier);
  if (whole.value === null || passed.value === null) return none;
  if (whole.value <= 0 || passed.value <= 0) {
    return { zh: '上年同期用量为零', en: 'last year used nothing in the same part' };
  }
  return { passed: passed.value, whole: whole.value };
}

function byMonthDay(input: MetricInput, rows: readonly AgencyConsumption[]) {
  return new Map(
    rows.flatMap(({ startMs, value, known }) =>
      value === null || known < MIN_KNOWN
        ? []
        : [[input.localDateOf(startMs).slice(5), value] as const],
    ),
  );
}

/** Sums of this and last year over the fortnights that both know, day by day. */
function fortnights(input: MetricInput, carrier: Carrier) {
  const lastYear = byMonthDay(input, input.earlier(1)?.days(carrier) ?? []);
  const pairs = [...byMonthDay(input, input.days(carrier))].flatMap(([day, now]) => {
    const before = lastYear.get(day);
    return before === undefined ? [] : [{ now, before }];
  });
  return Array.from({ length: Math.floor(pairs.length / BLOCK_DAYS) }, (_, block) => {
    const own = pairs.slice(block * BLOCK_DAYS, (block + 1) * BLOCK_DAYS);
    return {
      now: own.reduce((sum, { now }) => sum + now, 0),
      before: own.reduce((sum, { before }) => sum + before, 0),
    };
  }).filter(({ before }) => before > 0);
}

export interface Landing {
  /** Expected amount of the whole year, and its standard deviation. */
  readonly expected: number;
  readonly deviation: number;
}

/** @returns the reason where there is too little to go by. */
export function landingOf(input: MetricInput, carrier: Carrier): Landing | Text {
  const used = carrierTotal(input, carrier);
  const shape = shapeOf(input, carrier);
  if (used.value === null) return used.reasons[0] ?? { zh: '数据不足', en: 'no figure' };
  if ('zh' in shape) return shape;
  const blocks = fortnights(input, carrier);
  if (input.elapsedHours / 24 < FEWEST_DAYS || blocks.length < FEWEST_DAYS / BLOCK_DAYS - 1) {
    return {
      zh: `年内已过天数或两年都有读数的天数不足 ${FEWEST_DAYS} 天，不作预测`,
      en: `fewer than ${FEWEST_DAYS} days have passed or are known in both years: no forecast`,
    };
  }
  const level = used.value / shape.passed;
  const weight = blocks.reduce((sum, { before }) => sum + before, 0);
  const variance =
    blocks.reduce((sum, { now, before }) => sum + before * (now / before - level) ** 2, 0) / weight;
  const count = blocks.length;
  // Unbiased for the blocks, and the level itself is known from so many of them only.
  const spread = Math.sqrt((variance * count) / (count - 1)) * Math.sqrt(1 + 1 / count);
  const rest = shape.whole - shape.passed;
  return { expected: used.value + level * rest, deviation: spread * rest };
}

/** Standard normal distribution function; Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z >= 0 ? 1 - tail : tail;
}

/** Probability that the year ends above a limit, 0…1. */
export function exceedance({ expected, deviation }: Landing, limit: number): number {
  if (deviation === 0) return expected > limit ? 1 : 0;
  return normal((expected - limit) / deviation);
}
