/** Σ sub-meters may stay below the meter above them, never above it. */
import { CARRIER_IDS, CARRIERS } from '../../../domain/carriers.ts';
import type { CountingMeter } from '../../../registry/registry.ts';
import type { MetricInput } from '../../metrics/input.ts';
import { MIN_KNOWN } from '../../metrics/metric.ts';
import { defineCheck, shown } from '../check.ts';

/**
 * What a building generates reaches its sub-meters without passing the grid's main. How much of it
 * went out again is not asked: a bound that is a little high raises no false alarm.
 */
function generatedBehind(input: MetricInput, main: CountingMeter): number {
  if (main.carrier !== 'electricity' || main.parent !== undefined) return 0;
  return input
    .meterAmounts('solar')
    .filter(({ meter }) => meter.building === main.building)
    .reduce((sum, { amount }) => sum + (amount.value ?? 0), 0);
}

export const childrenAboveParent = defineCheck({
  id: 'children-above-parent',
  name: { zh: '分表之和大于总表', en: 'Sub-meters above their main' },
  severity: 'warning',
  todo: {
    zh: '核对倍率、上下级关系和换表记录',
    en: 'check multipliers, parents and replacements of these meters',
  },
  look: ({ input, limits }) =>
    CARRIER_IDS.flatMap((carrier) => {
      const metered = input.meterAmounts(carrier);
      const below = Map.groupBy(metered, ({ meter }) => meter.parent ?? '');
      return metered.flatMap(({ meter, amount }) => {
        const children = below.get(meter.id) ?? [];
        const sum = children.reduce((all, child) => all + (child.amount.value ?? 0), 0);
        const isKnown = amount.value !== null && amount.known >= MIN_KNOWN;
        const whole = (amount.value ?? 0) + generatedBehind(input, meter);
        if (!isKnown || sum <= whole * (1 + limits['parts-excess'].value)) return [];
        const figures = `${shown(sum)} > ${shown(whole, CARRIERS[carrier].unit)}`;
        const message = {
          zh: `${meter.name.zh}：分表之和大于总表（${figures}）`,
          en: `${meter.name.en}: sub-meters above their main (${figures})`,
        };
        return [{ subject: meter.id, message, limit: limits['parts-excess'] }];
      });
    }),
});
