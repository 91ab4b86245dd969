/** A25-15: new-energy vehicles among all, their chargers and what was charged there and elsewhere. */
import type { EntryOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { coverOf } from '../parts/entry-cover.ts';
import { recordTerm, sumRecords } from '../parts/records.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** What the meters of the chargers counted; `undefined` where no count names one. */
function chargedHere(input: MetricInput, counts: readonly EntryOf<'vehicles'>[]) {
  const ids = new Set(counts.flatMap(({ body }) => body.chargerMeters ?? []));
  if (ids.size === 0) return undefined;
  const found = input.meterAmounts('electricity').filter(({ meter }) => ids.has(meter.id));
  const known = found.filter(({ amount }) => amount.value !== null && amount.known >= MIN_KNOWN);
  const all = known.length === ids.size;
  return {
    name: { zh: '本单位充电桩充电量', en: 'charged at own chargers' },
    value: all ? known.reduce((sum, { amount }) => sum + (amount.value ?? 0), 0) : null,
    unit: 'kWh',
    source: `meters ${[...ids].join('、')}`,
  };
}

export const newEnergyVehicles = defineMetric({
  id: 'new-energy-vehicles',
  code: 'A25-15',
  clause: CLAUSES.renewables,
  name: { zh: '新能源汽车占比', en: 'New-energy vehicles' },
  unit: '%',
  formula: '新能源车数 / 车辆总数（各单位最近一次盘点）；另列充电桩数、桩内与外部充电量',
  inputs: [
    {
      zh: '台账车辆与充电桩（含充电桩电表）、公务用车能耗（外部充电）',
      en: 'vehicles and chargers of the ledger with their meters, what they charged elsewhere',
    },
  ],
  source: SOURCES.carbonPeak,
  insufficient: {
    zh: '台账没有车辆盘点，或覆盖的单位不足 90 %',
    en: 'no count of vehicles in the ledger, or of less than 90 % of the units',
  },
  better: 'higher',
  compute(input) {
    const counts = input.latest('vehicles');
    if (counts.length === 0) {
      return insufficient({
        zh: '台账中没有车辆盘点（车辆与充电桩）',
        en: 'the ledger holds no count of vehicles (vehicles)',
      });
    }
    // What was counted once holds for all of the period.
    const cover = coverOf(
      input,
      counts.map((entry) => ({ ...entry, fromMs: Number.NEGATIVE_INFINITY })),
    );
    const source = `ledger vehicles：${counts.map(({ id }) => id).join('、')}`;
    const total = counts.reduce((sum, { body }) => sum + body.total, 0);
    const nev = counts.reduce((sum, { body }) => sum + body.nev, 0);
    const known = counts.flatMap(({ body: { chargers } }) =>
      chargers === undefined ? [] : [chargers],
    );
    const chargers = known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
    const charged = sumRecords(
      input.records('vehicle-fuel'),
      input.elapsed,
      ({ energyKwh }) => energyKwh,
    );
    const here = chargedHere(input, counts);
    const counted = [
      { name: { zh: '车辆总数', en: 'all vehicles' }, value: total, unit: '辆', source },
      { name: { zh: '新能源车', en: 'new-energy vehicles' }, value: nev, unit: '辆', source },
      { name: { zh: '充电桩', en: 'chargers' }, value: chargers, unit: '个', source },
      ...(here ? [here] : []),
      recordTerm([{ zh: '外部充电量', en: 'charged elsewhere' }, 'kWh'], 'vehicle-fuel', charged),
    ];
    const [short] = cover.reasons;
    if (cover.share < MIN_KNOWN && short) return insufficient(short, counted, cover.share);
    if (total === 0) {
      return insufficient({ zh: '没有车辆', en: 'there are no vehicles' }, counted, cover.share);
    }
    const parts = counted.map(({ name, value, unit }) => ({
      name,
      value,
      unit,
      completeness: cover.share,
    }));
    return {
      value: (nev / total) * 100,
      completeness: cover.share,
      terms: counted,
      reasons: cover.reasons,
      parts,
    };
  },
});
