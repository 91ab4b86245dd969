/** Σ sub-items may stay below their total, never above it. */
import { CARRIERS } from '../../../domain/carriers.ts';
import { FOUR_WAY_ITEMS, totalItem } from '../../../domain/items.ts';
import { electricityUsed } from '../../metrics/parts/electricity.ts';
import { defineCheck, shown } from '../check.ts';

export const subItemsAboveTotal = defineCheck({
  id: 'sub-items-above-total',
  name: { zh: '分项之和大于总量', en: 'Sub-items above their total' },
  severity: 'warning',
  todo: {
    zh: '核对分项代码、倍率和上下级关系',
    en: 'check item codes, multipliers and parents of the meters',
  },
  look({ input, limits }) {
    const { unit } = CARRIERS.electricity;
    // The sub-meters see what a photovoltaic system delivers, the grid's main does not.
    const total = electricityUsed(input).value;
    const items = FOUR_WAY_ITEMS.filter(
      (code) => code.startsWith(CARRIERS.electricity.code) && code !== totalItem('electricity'),
    );
    const sum = items.reduce(
      (all, item) => all + (input.total('electricity', item)?.value ?? 0),
      0,
    );
    if (total === null || sum <= total * (1 + limits['parts-excess'].value)) return [];
    const message = {
      zh: `用电分项之和 ${shown(sum)} 大于总量 ${shown(total, unit)}`,
      en: `electricity: sub-items ${shown(sum)} above the total ${shown(total, unit)}`,
    };
    return [{ subject: totalItem('electricity'), message, limit: limits['parts-excess'] }];
  },
});
