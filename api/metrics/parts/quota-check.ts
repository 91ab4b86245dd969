/** Figures of an account held against the quotas on file for its tier and zone, each by the quota's own factors. */
import type { Text } from '../../../domain/text.ts';
import type { Quota } from '../../../registry/schema.ts';
import { climateZonesOf, isBetweenZones } from '../../../registry/yardsticks.ts';
import { energyPerArea } from '../article-24/energy-per-area.ts';
import { energyPerPerson } from '../article-24/energy-per-person.ts';
import { statisticalWaterPerPerson } from '../article-24/statistical-water-per-person.ts';
import { dataRoomEfficiency } from '../article-25/data-room-efficiency.ts';
import { electricityPerArea } from '../article-25/electricity-per-area.ts';
import { heatingPerArea } from '../article-25/heating-per-area.ts';
import { nonHeatingPerArea } from '../article-25/non-heating-per-area.ts';
import { waterPerPerson } from '../article-26/water-per-person.ts';
import type { MetricInput } from '../input.ts';
import type { Metric, MetricOutcome } from '../metric.ts';
import { asQuotaCounts, gradeBy, isOfUnit, type QuotaGrade } from './quota-grade.ts';
import { insufficient } from './terms.ts';

/** What quotas are made for. */
const GRADED: readonly Metric[] = [
  energyPerArea,
  energyPerPerson,
  statisticalWaterPerPerson,
  nonHeatingPerArea,
  heatingPerArea,
  electricityPerArea,
  dataRoomEfficiency,
  waterPerPerson,
];

export interface QuotaCheck {
  readonly metric: Metric;
  readonly quota: Quota;
  readonly outcome: MetricOutcome;
  /** Absent where the figure is not known. */
  readonly grade: QuotaGrade | undefined;
}

export function quotaChecks(input: MetricInput): readonly QuotaCheck[] {
  return GRADED.flatMap((metric) => {
    const quota = input.quota(metric.id);
    if (!quota) return [];
    const outcome = isOfUnit(quota.unit, metric.unit)
      ? metric.compute(asQuotaCounts(input, quota))
      : insufficient({
          zh: `定额 ${quota.id} 的单位 ${quota.unit} 与指标单位 ${metric.unit} 不一致`,
          en: `quota ${quota.id} is in ${quota.unit}, the figure in ${metric.unit}`,
        });
    const grade = outcome.value === null ? undefined : gradeBy(quota, outcome.value);
    return [{ metric, quota, outcome, grade }];
  });
}

/** Why figures have no quota although there are some, where the buildings lie in several climate zones. */
export function zoneConflict(input: MetricInput): Text | undefined {
  const { registry, agency, buildings, fromDate } = input;
  const year = Number(fromDate.slice(0, 4));
  const graded = { tier: agency.tier, buildings };
  const without = GRADED.filter(({ id }) =>
    isBetweenZones(registry, graded, { metricId: id, year }),
  );
  if (without.length === 0) return undefined;
  const zones = climateZonesOf(registry, buildings);
  const names = without.map(({ name }) => name);
  return {
    zh: `${agency.name.zh}的建筑位于不同气候区（${zones.join('、')}），各区定额不同，不取其中任何一个：${names.map(({ zh }) => zh).join('、')}`,
    en: `buildings of ${agency.name.en} lie in several climate zones (${zones.join(', ')}) whose quotas differ, so none is taken: ${names.map(({ en }) => en).join(', ')}`,
  };
}

/** Quotas are yearly figures: nothing else is held against them, and nothing is annualised. */
export const NOT_A_WHOLE_YEAR = {
  zh: '定额和同类均值只与已结束的整年比较',
  en: 'quotas and means of peers are held against whole years that have ended only',
};

export function isWholeYear({ periodKind, ended }: MetricInput): boolean {
  return periodKind === 'year' && ended;
}
