/** A leak or another defect, from being reported to being mended. */
import { agency, amount, building, choice, meter, moment, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove, oneOf } from '../rule.ts';
import { atInstant } from '../span.ts';

export const workOrder = defineKind({
  id: 'work-order',
  name: { zh: '维修工单', en: 'Work order' },
  fields: {
    agency: optional(agency),
    building: optional(building),
    meter: optional(meter),
    kind: choice(['类别', 'Kind'], {
      leak: { zh: '漏水', en: 'Leak' },
      repair: { zh: '维修', en: 'Repair' },
      other: { zh: '其他', en: 'Other' },
    }),
    openedAt: moment('报修时间', 'Opened at'),
    closedAt: optional(moment('完成时间', 'Closed at')),
    description: text('内容', 'Description'),
    /** Id of the alert it answers. */
    alert: optional(text('对应告警', 'Alert')),
    savedM3: optional(amount('节约水量', 'Water saved', 'm³')),
    note,
  },
  rules: [oneOf(['agency'], ['building'], ['meter']), notAbove('openedAt', 'closedAt')],
  span: ({ openedAt }) => atInstant(openedAt),
});
