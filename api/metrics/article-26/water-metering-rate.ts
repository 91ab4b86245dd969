/** A26-04: how much of the water is metered, for the whole unit and for its sub-units. */
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricOutcome } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { coveredShare } from '../parts/entry-cover.ts';
import { namesOf } from '../parts/names.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { ratioOf, sumOfMeters } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

/** 节水型单位建设标准, 技术指标 1: both or no points. */
const UNIT_LEVEL_PERCENT = 100;
const SUB_UNIT_PERCENT = 95;

/** Water of the account as billed, when the bills cover every day. */
function billed(input: MetricInput): MetricOutcome | undefined {
  const bills = input.records('bill').filter(({ body: { carrier, meter, quantity } }) => {
    const of =
      carrier ?? (meter === undefined ? undefined : input.registry.findMeter(meter)?.carrier);
    return of === 'water' && quantity !== undefined;
  });
  const sum = sumRecords(bills, input.elapsed, ({ quantity }) => quantity);
  if (sum.value === undefined || coveredShare(input, bills) < 1) return undefined;
  const name = { zh: '账单水量', en: 'water billed' };
  return {
    value: sum.value,
    completeness: 1,
    terms: [recordTerm([name, 'm³'], 'bill', sum)],
    reasons: sum.spread ? [SPREAD_BY_DAYS] : [],
  };
}

/** All of it when every building has a main; without, only bills tell what was not metered. */
function unitLevel(input: MetricInput, metered: MetricOutcome): MetricOutcome {
  const mains = new Set(
    input
      .meterAmounts('water')
      .filter(({ meter }) => meter.parent === undefined)
      .map(({ meter }) => meter.building),
  );
  const bare = input.buildings.filter(({ id }) => !mains.has(id));
  if (mains.size > 0 && bare.length === 0)
    return { ...metered, value: metered.value === null ? null : 100 };
  const whole = billed(input);
  if (whole) {
    const rate = ratioOf([metered, whole], 100);
    return { ...rate, value: rate.value === null ? null : Math.min(100, rate.value) };
  }
  const { zh, en } = namesOf(bare);
  const reason = {
    zh: `没有总水表：${zh}；请装表，或录入覆盖全期的水费账单（缴费账单，用量）`,
    en: `no water main: ${en}; fit one, or enter water bills with quantities for all days`,
  };
  return insufficient(reason, metered.terms, metered.completeness);
}

export const waterMeteringRate = defineMetric({
  id: 'water-metering-rate',
  code: 'A26-04',
  clause: CLAUSES.waterManagement,
  name: { zh: '次级用水单位水计量率', en: 'Metering rate of water in sub-units' },
  unit: '%',
  formula: '用水单位：已计量水量 / 总用水量；次级用水单位：Σ 总表之下第一层分表 / 用水量',
  inputs: [
    { zh: '总水表与分水表、缴费账单（水）', en: 'mains and sub-meters of water, water bills' },
  ],
  source: SOURCES.waterSavingUnit,
  insufficient: {
    zh: '有建筑没有总水表且无账单，或某表已知率低于 90 %',
    en: 'a building without a main or bills, or a meter less than 90 % known',
  },
  better: 'higher',
  compute(input) {
    const total = carrierTotal(input, 'water');
    if (total.value === null) return total;
    const unit = unitLevel(input, total);
    if (unit.value === null) return unit;
    const isFirstBelow = (parent: string | undefined) =>
      parent !== undefined && input.registry.findMeter(parent)?.parent === undefined;
    const below = sumOfMeters(input, ({ parent }) => isFirstBelow(parent));
    const nothing = { value: 0, completeness: total.completeness, terms: [], reasons: [] };
    const rate = ratioOf([below ?? nothing, total], 100);
    if (rate.value === null) return rate;
    const met = unit.value >= UNIT_LEVEL_PERCENT && rate.value >= SUB_UNIT_PERCENT;
    const part = (zh: string, en: string, value: number) => ({
      name: { zh, en },
      value,
      unit: '%',
      completeness: rate.completeness,
    });
    return {
      ...rate,
      reasons: [...new Set([...rate.reasons, ...unit.reasons])],
      parts: [part('用水单位', 'unit', unit.value), part('次级用水单位', 'sub-units', rate.value)],
      grade: {
        id: met ? 'met' : 'missed',
        name: met
          ? { zh: '达标（100 %、95 %）', en: 'met: 100 % and 95 %' }
          : { zh: '未达标（100 %、95 %）', en: 'missed: 100 % and 95 %' },
        source: SOURCES.waterSavingUnit.text,
      },
    };
  },
});
