/** A26-06: mean time from report to repair, and leaks that came back at the same place. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { closingHours, closingParts, repairsOf, type WorkOrder } from '../parts/work-orders.ts';
import { SOURCES } from '../sources.ts';

/** Leaks after the first at the same meter, or the same building where no meter is named. */
function repeats(orders: readonly WorkOrder[]): number {
  const placed = orders.filter(
    ({ body }) => body.kind === 'leak' && (body.meter ?? body.building) !== undefined,
  );
  const places = new Set(placed.map(({ body }) => body.meter ?? body.building));
  return placed.length - places.size;
}

export const timeToRepair = defineMetric({
  id: 'time-to-repair',
  code: 'A26-06',
  clause: CLAUSES.waterPatrol,
  name: { zh: '平均修复时间', en: 'Mean time to repair' },
  unit: 'h',
  formula: 'Σ（完成时间 − 报修时间）/ 已完成的漏水、维修工单数',
  inputs: [{ zh: '台账维修工单（报修、完成时间、表计或建筑）', en: 'work orders of the ledger' }],
  source: SOURCES.own,
  insufficient: { zh: '本期没有已完成的工单', en: 'no work order of this period is closed' },
  better: 'lower',
  compute(input) {
    const orders = repairsOf(input);
    const hours = closingHours(orders);
    const source = `ledger work-order：${orders.map(({ id }) => id).join('、') || '—'}`;
    const open = orders.length - hours.length;
    const leaks = orders.filter(({ body }) => body.kind === 'leak').length;
    const count = (zh: string, en: string, value: number) => ({
      name: { zh, en },
      value,
      unit: '单',
      source,
    });
    const terms = [
      count('漏水、维修工单', 'orders of leaks and repairs', orders.length),
      count('已完成', 'closed', hours.length),
      count('漏水工单', 'leaks', leaks),
      count('同一位置重复漏水', 'leaks again at the same place', repeats(orders)),
    ];
    if (hours.length === 0) {
      const reason = {
        zh: '台账中本期没有已完成的漏水、维修工单（维修工单）',
        en: 'the ledger has no closed order of a leak or repair in this period (work orders)',
      };
      return insufficient(reason, terms);
    }
    const left = {
      zh: `${open} 单尚未完成，未计入`,
      en: `${open} orders are still open and not included`,
    };
    return {
      value: hours.reduce((sum, one) => sum + one, 0) / hours.length,
      completeness: 1,
      terms,
      reasons: open > 0 ? [left] : [],
      parts: closingParts(input),
    };
  },
});
