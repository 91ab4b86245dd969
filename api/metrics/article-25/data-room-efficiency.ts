/** A25-06: electricity of data rooms by that of the IT equipment in them. */
import { CLAUSES } from '../clauses.ts';
import type { MeterAmount, MetricInput } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { itemMeters } from '../parts/item-meters.ts';
import { insufficient, NO_DATA, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const DATA_ROOM = '01D10';

/** A data room: its own meter, and below it the data-room meters of the equipment. */
function roomsOf(input: MetricInput) {
  return itemMeters(input, DATA_ROOM).map(({ top, below }) => ({ room: top, equipment: below }));
}

export const dataRoomEfficiency = defineMetric({
  id: 'data-room-efficiency',
  code: 'A25-06',
  clause: CLAUSES.energyManagement,
  name: { zh: '数据机房电能使用效率', en: 'Data room: total by IT electricity' },
  unit: '1',
  formula: 'Σ 机房总电量 / Σ 机房IT设备电量',
  inputs: [
    {
      zh: `机房总表（分项 ${DATA_ROOM}）及其下属同分项的 IT 设备表`,
      en: `the room's meter (item ${DATA_ROOM}) and the IT equipment's below it, of the same item`,
    },
  ],
  source: SOURCES.db37Energy,
  insufficient: {
    zh: '没有机房总表或IT设备表，或已知率低于 90 %',
    en: 'no meter of the room or of the equipment, or less than 90 % known',
  },
  better: 'lower',
  compute(input) {
    const rooms = roomsOf(input);
    if (rooms.length === 0) {
      return insufficient({
        zh: `没有机房表计：请登记分项为 ${DATA_ROOM} 的总表和其下属 IT 设备表`,
        en: `no data-room meter: register one of item ${DATA_ROOM} and the equipment's below it`,
      });
    }
    const whole = rooms.filter(({ equipment }) => equipment.length > 0);
    const bare = rooms
      .filter(({ equipment }) => equipment.length === 0)
      .map(({ room: { meter } }) => ({
        zh: `${meter.name.zh}之下没有 IT 设备表，未计入`,
        en: `${meter.name.en}: no meter of its equipment, not included`,
      }));
    const [noEquipment] = bare;
    if (whole.length === 0) return insufficient(noEquipment ?? NO_DATA);
    const all = whole.flatMap(({ room, equipment }) => [room, ...equipment]);
    const completeness = Math.min(...all.map(({ amount }) => amount.known));
    const terms = all.map(({ meter, amount: { value } }) => ({
      name: meter.name,
      value,
      unit: 'kWh',
      source: `meters ${meter.id}`,
    }));
    if (completeness < MIN_KNOWN || all.some(({ amount }) => amount.value === null)) {
      return insufficient(tooLittle(completeness), terms, completeness);
    }
    const sum = (meters: readonly MeterAmount[]) =>
      meters.reduce((total, { amount }) => total + (amount.value ?? 0), 0);
    const equipment = sum(whole.flatMap((one) => one.equipment));
    if (equipment <= 0) {
      const reason = { zh: 'IT 设备没有用电', en: 'the equipment used no electricity' };
      return insufficient(reason, terms, completeness);
    }
    const value = sum(whole.map(({ room }) => room)) / equipment;
    return { value, completeness, terms, reasons: bare };
  },
});
