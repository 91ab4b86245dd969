/** A26-08L: what runs away by the suspected leaks that are open at the period's end, in water and money a day. */

import { groundsOf, leakText } from '../../water/leak-text.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { meterShare } from '../parts/shares.ts';
import { insufficient, NO_DATA, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const HOURS_A_DAY = 24;

export const leakSuspicion = defineMetric({
  id: 'leak-suspicion',
  code: 'A26-08L',
  clause: CLAUSES.waterPatrol,
  name: { zh: '疑似漏水量', en: 'Suspected leakage' },
  unit: 'm³/d',
  formula:
    'Σ 期末未消除的疑似漏水：（夜间最小流量 − 此前通常值）× 24 h；判据：02:00–05:00 最小流量连续 3 夜 > max（分辨率，0.25 × 日均流量）',
  inputs: [
    {
      zh: '水表逐时用量、登记的夜间用水安排（waterSchedules）、水价',
      en: 'hours of the water meters, water schedules on file, price of water',
    },
  ],
  source: SOURCES.nightFlow,
  insufficient: {
    zh: '没有水表，或水表已知率低于 90 %',
    en: 'no water meter, or one less than 90 % known',
  },
  better: 'lower',
  compute(input) {
    const meters = input
      .meterAmounts('water')
      .map(({ meter, amount, range }) => ({
        ...{ meter, amount },
        share: meterShare(input, meter, range),
      }))
      .filter(({ share }) => share > 0);
    if (meters.length === 0) {
      return insufficient({ zh: '没有计量用水的表计', en: 'no meter measures water' });
    }
    const completeness = Math.min(...meters.map(({ amount }) => amount.known));
    if (meters.every(({ amount }) => amount.value === null)) return insufficient(NO_DATA);
    if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), [], completeness);
    const price = input.price('water');
    const words = { zone: input.registry.region.zone, yuanPerM3: price?.value };
    const leaks = input.leaks.flatMap((leak) => {
      const own = meters.find(({ meter }) => meter.id === leak.meterId);
      return own ? [{ leak, ...own }] : [];
    });
    const open = leaks.filter(({ leak }) => leak.open);
    const value = open.reduce(
      (sum, { leak, share }) => sum + leak.flowM3PerHour * HOURS_A_DAY * share,
      0,
    );
    const lost = leaks.reduce((sum, { leak, share }) => sum + leak.lostM3 * share, 0);
    const part = (zh: string, en: string, [figure, unit]: readonly [number, string]) => ({
      name: { zh, en },
      value: figure,
      unit,
      completeness,
    });
    return {
      value,
      completeness,
      terms: [
        ...leaks.map(({ leak, meter, share }) => ({
          name: { zh: `${meter.name.zh}夜间流量`, en: `${meter.name.en}, night flow` },
          value: leak.nightFlowM3PerHour,
          unit: 'm³/h',
          source: share < 1 ? `${leak.id} × ${share}` : leak.id,
        })),
        ...(price ? [{ name: { zh: '水价', en: 'price of water' }, unit: '元/m³', ...price }] : []),
      ],
      reasons: leaks.map(({ leak, meter }) => {
        const [text, grounds] = [leakText(leak, words), groundsOf(leak)];
        return {
          zh: `${meter.name.zh}：${text.zh}（${grounds.map(({ zh }) => zh).join('；')}）`,
          en: `${meter.name.en}: ${text.en} (${grounds.map(({ en }) => en).join('; ')})`,
        };
      }),
      parts: [
        part('未消除的疑似漏水', 'suspected leaks open', [open.length, '处']),
        part('自发生起累计', 'lost since they began', [lost, 'm³']),
        ...(price ? [part('每日水费', 'money a day', [value * price.value, '元/d'])] : []),
      ],
    };
  },
});
