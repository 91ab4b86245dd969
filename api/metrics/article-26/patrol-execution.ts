/** A26-05: rounds walked among those planned, how many on time, and what came of them. */
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { closingParts } from '../parts/work-orders.ts';
import { SOURCES } from '../sources.ts';

/** 节水型机关: a field check covers at least ten water points. */
const FEWEST_POINTS = 10;

export const patrolExecution = defineMetric({
  id: 'patrol-execution',
  code: 'A26-05',
  clause: CLAUSES.waterPatrol,
  name: { zh: '巡查执行率', en: 'Patrol rounds walked' },
  unit: '%',
  formula: '已完成轮次 / 计划轮次（计划日在本期之内）',
  inputs: [{ zh: '台账巡查记录、维修工单', en: 'patrol rounds and work orders of the ledger' }],
  source: SOURCES.gbt37813,
  insufficient: { zh: '台账中没有本期巡查计划', en: 'the ledger plans no round in this period' },
  better: 'higher',
  compute(input) {
    const rounds = input.records('patrol-round');
    if (rounds.length === 0) {
      return insufficient({
        zh: '台账中没有本期巡查计划，请在“巡查记录”中录入计划日和完成日',
        en: 'the ledger plans no round in this period: enter them under patrol rounds',
      });
    }
    const done = rounds.filter(({ body }) => body.doneOn !== undefined);
    const source = `ledger patrol-round：${rounds.map(({ id }) => id).join('、')}`;
    const count = (zh: string, en: string, value: number) => ({
      name: { zh, en },
      value,
      unit: '轮',
      source,
    });
    const onTime = done.filter(({ body }) => body.onTime).length;
    const full = done.filter(({ body }) => (body.points ?? 0) >= FEWEST_POINTS).length;
    const findings = done.reduce((sum, { body }) => sum + (body.findings ?? 0), 0);
    const share = (zh: string, en: string, value: number): MetricPart[] =>
      done.length === 0
        ? []
        : [{ name: { zh, en }, value: (value / done.length) * 100, unit: '%', completeness: 1 }];
    return {
      value: (done.length / rounds.length) * 100,
      completeness: 1,
      terms: [
        count('计划轮次', 'rounds planned', rounds.length),
        count('完成轮次', 'rounds walked', done.length),
        count('按时轮次', 'rounds on time', onTime),
        count(
          `巡查点不少于 ${FEWEST_POINTS} 个的轮次`,
          `rounds of ${FEWEST_POINTS} points or more`,
          full,
        ),
        { ...count('发现问题', 'findings', findings), unit: '个' },
      ],
      reasons: [],
      parts: [
        ...share('按时率', 'on time', onTime),
        ...share(`巡查点不少于 ${FEWEST_POINTS} 个`, `${FEWEST_POINTS} points or more`, full),
        ...closingParts(input),
      ],
    };
  },
});
