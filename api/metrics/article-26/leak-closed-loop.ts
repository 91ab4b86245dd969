/** A26-09: suspected leaks that a work order answers, and what ending them saves a day. */
import { answersLeak } from '../../water/leak-orders.ts';
import type { Leak } from '../../water/nearest.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { repairsOf } from '../parts/work-orders.ts';
import { SOURCES } from '../sources.ts';

const HOURS_A_DAY = 24;

export const leakClosedLoop = defineMetric({
  id: 'leak-closed-loop',
  code: 'A26-09',
  clause: CLAUSES.waterPatrol,
  name: { zh: '漏水告警处置率', en: 'Suspected leaks with a work order' },
  unit: '%',
  formula: '有工单的疑似漏水 / 疑似漏水；节约水量 = 处置前后夜间最小流量之差 × 24 h',
  inputs: [
    {
      zh: '疑似漏水（逐时用水量）、台账维修工单（对应告警、表计或建筑）',
      en: 'suspected leaks by the hours, work orders of the ledger naming them',
    },
  ],
  source: SOURCES.own,
  insufficient: { zh: '本期没有疑似漏水', en: 'no leak was suspected in this period' },
  better: 'higher',
  compute(input) {
    const orders = repairsOf(input);
    const { leaks } = input;
    if (leaks.length === 0) {
      return insufficient({
        zh: '本期没有疑似漏水，无需处置',
        en: 'no leak was suspected in this period: nothing to answer',
      });
    }
    const answered = leaks.filter((leak) =>
      orders.some((order) => answersLeak(order, leak, input.registry)),
    );
    const over = answered.filter(({ open }) => !open);
    const saved = over.reduce((sum, leak) => sum + leak.flowM3PerHour * HOURS_A_DAY, 0);
    const list = (some: readonly Leak[]) => some.map(({ id }) => id).join('、') || '—';
    const count = (zh: string, en: string, some: readonly Leak[]) => ({
      name: { zh, en },
      value: some.length,
      unit: '处',
      source: list(some),
    });
    const left = leaks.filter((leak) => !answered.includes(leak));
    return {
      value: (answered.length / leaks.length) * 100,
      completeness: 1,
      terms: [
        count('疑似漏水', 'suspected leaks', leaks),
        count('有工单', 'with a work order', answered),
        count('已消除', 'of them over', over),
      ],
      reasons: left.map(({ id }) => ({ zh: `没有工单：${id}`, en: `no work order: ${id}` })),
      parts: [
        {
          name: { zh: '处置后每日节约', en: 'saved a day since' },
          value: saved,
          unit: 'm³/d',
          completeness: 1,
        },
      ],
    };
  },
});
