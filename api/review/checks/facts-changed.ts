/** People and areas that moved: every figure a head or a square metre moves with them. */
import { changeOf, defineCheck, percent, shown } from '../check.ts';

export const factsChanged = defineCheck({
  id: 'facts-changed',
  name: { zh: '人数、面积变动', en: 'People or area changed' },
  severity: 'warning',
  todo: {
    zh: '核对登记中的用能人数和建筑面积及其生效日期',
    en: 'check heads and areas of the registry and the dates they hold from',
  },
  look({ input, previous, limits }) {
    const before = input.periodKind === 'month' ? previous : input.earlier(1);
    if (!before) return [];
    const facts = [
      [{ zh: '用能人数', en: 'head count' }, 'persons', input.persons(), before.persons()],
      [
        { zh: '建筑面积', en: 'floor area' },
        'floorM2',
        input.area('floorM2'),
        before.area('floorM2'),
      ],
      [
        { zh: '采暖面积', en: 'heated area' },
        'heatedM2',
        input.area('heatedM2'),
        before.area('heatedM2'),
      ],
    ] as const;
    const limit = limits['facts-change'];
    return facts.flatMap(([name, subject, is, was]) => {
      const change = changeOf(is, was);
      if (change === undefined || Math.abs(change) <= limit.value) return [];
      const figures = `${shown(was ?? 0)} → ${shown(is ?? 0)}`;
      const message = {
        zh: `${name.zh}变动 ${percent(change)}（${figures}）`,
        en: `${name.en} changed by ${percent(change)} (${figures})`,
      };
      return [{ subject, message, limit }];
    });
  },
});
