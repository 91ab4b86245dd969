/** A round of daily upkeep (Article 26): planned, walked, on time, with what it found. */
import { agency, building, count, date, flag, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { together } from '../rule.ts';
import { onDay } from '../span.ts';

export const patrolRound = defineKind({
  id: 'patrol-round',
  name: { zh: '巡查记录', en: 'Patrol round' },
  fields: {
    agency,
    building: optional(building),
    plannedOn: date('计划日', 'Planned for'),
    doneOn: optional(date('完成日', 'Walked on')),
    onTime: optional(flag('按时', 'On time')),
    points: optional(count('巡查点数', 'Points', '个')),
    findings: optional(count('发现问题数', 'Findings', '个')),
    note,
  },
  rules: [together('doneOn', 'onTime', 'points', 'findings')],
  span: ({ plannedOn }) => onDay(plannedOn),
});
