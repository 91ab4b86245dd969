/** What somebody read off a meter that nothing reads by itself. */
import { amount, meter, moment, note } from '../field.ts';
import { defineKind } from '../kind.ts';
import { atInstant } from '../span.ts';

export const manualReading = defineKind({
  id: 'manual-reading',
  name: { zh: '人工抄表', en: 'Manual reading' },
  fields: {
    meter,
    at: moment('抄表时间', 'Read at'),
    /** In the unit of the register, before the multiplier. */
    index: amount('表底数（倍率前）', 'Register, before the multiplier', '表计单位'),
    note,
  },
  span: ({ at }) => atInstant(at),
});
