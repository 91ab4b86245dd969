/** Meters whose verification had run out on the period's last day, and yet the figures rest on them. */
import { byVerification } from '../../metrics/parts/equipment-state.ts';
import { defineCheck } from '../check.ts';

export const outOfVerification = defineCheck({
  id: 'out-of-verification',
  name: { zh: '使用了检定过期的表计', en: 'Meters out of verification' },
  severity: 'warning',
  todo: {
    zh: '送检或更换，把新的检定记录写入登记；说明本期读数为何可用',
    en: 'have them verified or replaced, put that on file, and say why the readings may be used',
  },
  look: ({ input }) =>
    byVerification(input).overdue.map(({ id, name: { zh, en } }) => ({
      subject: id,
      message: { zh: `检定已过期：${zh}`, en: `verification overdue: ${en}` },
    })),
});
