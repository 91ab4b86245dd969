/** Data rooms are a part of the electricity (form NY302 beside NY301). */
import { CARRIERS } from '../../../domain/carriers.ts';
import { itemMeters } from '../../metrics/parts/item-meters.ts';
import { meterShare } from '../../metrics/parts/shares.ts';
import { defineCheck, shown } from '../check.ts';

const DATA_ROOM = '01D10';

export const dataRoomAboveTotal = defineCheck({
  id: 'data-room-above-total',
  name: { zh: '机房用电大于总用电', en: 'Data rooms above the total' },
  severity: 'warning',
  todo: {
    zh: '核对机房电表的倍率和归属单位',
    en: 'check multiplier and agency of the data-room meters',
  },
  look({ input }) {
    const total = input.total('electricity')?.value ?? null;
    const rooms = itemMeters(input, DATA_ROOM);
    const used = rooms.reduce(
      (sum, { top: { meter, amount, range } }) =>
        sum + (amount.value ?? 0) * meterShare(input, meter, range),
      0,
    );
    if (total === null || used <= total) return [];
    const figures = `${shown(used)} > ${shown(total, CARRIERS.electricity.unit)}`;
    const message = {
      zh: `机房用电大于总用电（${figures}）`,
      en: `data rooms used more than the whole (${figures})`,
    };
    return [{ subject: DATA_ROOM, message }];
  },
});
