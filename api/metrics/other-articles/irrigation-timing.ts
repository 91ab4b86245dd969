/** A27-04: irrigation in the heat of noon or on days it rained: water that green space had no good of. */

import type { CountingMeter } from '../../../registry/registry.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { sumOfMeters, topMeters } from '../parts/water.ts';
import { SOURCES } from '../sources.ts';

/** Local hours of noon: our own reading of 适时, no rule names any. */
const NOON = { from: 11, to: 14 };

function isIrrigation({ waterUse }: CountingMeter): boolean {
  return waterUse === 'irrigation';
}

export const irrigationTiming = defineMetric({
  id: 'irrigation-timing',
  code: 'A27-04',
  clause: CLAUSES.greenSpace,
  name: { zh: '不适时灌溉占比', en: 'Irrigation at noon or on rainy days' },
  unit: '%',
  formula: `（${NOON.from}:00–${NOON.to}:00 的灌溉水量 + 降水日其余时间的灌溉水量）/ 灌溉水表水量`,
  inputs: [
    {
      zh: '灌溉水表逐时用量（用水类别 irrigation）、台账降水日',
      en: 'hours of irrigation meters, rainfall of the ledger',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有灌溉水表、已知率低于 90 %，或台账没有降水日',
    en: 'no irrigation meter, less than 90 % known, or no rainfall in the ledger',
  },
  better: 'lower',
  compute(input) {
    const metered = sumOfMeters(input, isIrrigation);
    if (!metered) {
      return insufficient({
        zh: '没有灌溉水表：请登记用水类别（waterUse）为 irrigation 的水表',
        en: 'no irrigation meter: register one with waterUse irrigation',
      });
    }
    if (metered.value === null) return metered;
    const days = input.records('rainfall');
    if (days.length === 0) {
      return insufficient(
        {
          zh: '台账中没有本期降水日（降水日；没有降水请录入 0 mm）',
          en: 'the ledger holds no rainfall of this period (enter 0 mm for none)',
        },
        metered.terms,
      );
    }
    const wet = new Set(days.filter(({ body }) => body.rainMm > 0).map(({ body }) => body.date));
    const shares = new Map(
      topMeters(input, isIrrigation).map(({ meter, share }) => [meter.id, share]),
    );
    const sum = (isMeant: (atMs: number) => boolean) =>
      input.gardens
        .filter(({ startMs }) => isMeant(startMs))
        .reduce((total, { meterId, m3 }) => total + m3 * (shares.get(meterId) ?? 0), 0);
    const isNoon = (atMs: number) => {
      const hour = input.localHourOf(atMs);
      return hour >= NOON.from && hour < NOON.to;
    };
    const noon = sum(isNoon);
    const rain = sum((atMs) => !isNoon(atMs) && wet.has(input.localDateOf(atMs)));
    const source = 'waterUse irrigation';
    const lines = [
      { name: { zh: '正午灌溉', en: 'at noon' }, value: noon, unit: 'm³', source },
      { name: { zh: '降水日灌溉', en: 'on rainy days' }, value: rain, unit: 'm³', source },
    ];
    const rained = {
      name: { zh: '降水日', en: 'rainy days' },
      value: wet.size,
      unit: 'd',
      source: `ledger rainfall：${days.map(({ id }) => id).join('、')}`,
    };
    const terms = [...metered.terms, ...lines, rained];
    if (metered.value === 0) {
      return insufficient({ zh: '本期没有灌溉', en: 'nothing was irrigated' }, terms);
    }
    const { completeness, reasons } = metered;
    return {
      value: ((noon + rain) / metered.value) * 100,
      completeness,
      terms,
      reasons,
      parts: lines.map(({ name, value, unit }) => ({ name, value, unit, completeness })),
    };
  },
});
