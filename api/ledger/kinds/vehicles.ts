/** Vehicles and chargers of an agency (form NY301, 104 to 1043). */
import { agency, count, date, meters, note, optional } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove, sumsTo } from '../rule.ts';
import { since } from '../span.ts';

export const vehicles = defineKind({
  id: 'vehicles',
  name: { zh: '车辆与充电桩', en: 'Vehicles' },
  fields: {
    agency,
    date: date('盘点日', 'Counted on'),
    total: count('车辆总数', 'All vehicles', '辆'),
    gasoline: optional(count('汽油车', 'Gasoline', '辆')),
    diesel: optional(count('柴油车', 'Diesel', '辆')),
    nev: count('新能源车', 'NEV', '辆'),
    chargers: optional(count('充电桩', 'Chargers', '个')),
    /** What was charged at them is electricity of ours. */
    chargerMeters: optional({ ...meters, zh: '充电桩电表', en: 'Meters of the chargers' }),
    note,
  },
  rules: [notAbove('nev', 'total'), sumsTo('total', 'gasoline', 'diesel', 'nev')],
  span: ({ date }) => since(date),
});
