/** A25-14: what photovoltaic systems generated per installed kilowatt, and how much of it was used on site. */
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { selfUsed } from '../parts/electricity.ts';
import { carrierTotal } from '../parts/energy.ts';
import { meterShare } from '../parts/shares.ts';
import { insufficient, tooLittle } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

interface System {
  readonly building: string;
  readonly kwp: number | undefined;
  readonly kwh: number | null;
  readonly known: number;
}

/** The systems of the account's buildings that have a meter, by its share. */
function systemsOf(input: MetricInput): System[] {
  const tops = input.meterAmounts('solar').filter(({ meter }) => meter.parent === undefined);
  return [...Map.groupBy(tops, ({ meter }) => meter.building)].flatMap(([id, own]) => {
    const building = input.registry.buildings.find((one) => one.id === id);
    const share = Math.max(...own.map(({ meter }) => meterShare(input, meter)));
    if (share === 0) return [];
    const unknown = own.some(({ amount }) => amount.value === null);
    const kwh = own.reduce(
      (sum, { meter, amount, range }) =>
        sum + (amount.value ?? 0) * meterShare(input, meter, range),
      0,
    );
    return [
      {
        building: id,
        kwp: building?.solarKwp === undefined ? undefined : building.solarKwp * share,
        kwh: unknown ? null : kwh,
        known: Math.min(...own.map(({ amount }) => amount.known)),
      },
    ];
  });
}

export const solarYield = defineMetric({
  id: 'solar-yield',
  code: 'A25-14',
  clause: CLAUSES.renewables,
  name: { zh: '光伏单位装机发电量', en: 'Photovoltaic yield' },
  unit: 'kWh/kWp',
  formula: 'Σ 光伏发电量 / Σ 装机容量；自用率 = (发电量 − 上网电量) / 发电量',
  inputs: [
    {
      zh: '光伏发电量、上网电量、装机容量（登记 buildings.solarKwp）',
      en: 'generation, feed-in, installed capacity (buildings.solarKwp)',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '光伏无计量、已知率低于 90 % 或未登记装机容量',
    en: 'generation not metered, less than 90 % known, or no capacity on file',
  },
  better: 'higher',
  compute(input) {
    const systems = systemsOf(input);
    if (systems.length === 0) {
      return insufficient({ zh: '没有光伏发电表计', en: 'no meter measures solar generation' });
    }
    const terms = systems.flatMap(({ building, kwp, kwh }) => [
      {
        name: { zh: '光伏发电量', en: 'generation' },
        value: kwh,
        unit: 'kWh',
        source: `13000 ${building}`,
      },
      {
        name: { zh: '装机容量', en: 'installed capacity' },
        value: kwp ?? null,
        unit: 'kWp',
        source: `buildings.solarKwp ${building}`,
      },
    ]);
    const completeness = Math.min(...systems.map(({ known }) => known));
    if (completeness < MIN_KNOWN || systems.some(({ kwh }) => kwh === null)) {
      return insufficient(tooLittle(completeness), terms, completeness);
    }
    const bare = systems.filter(({ kwp }) => kwp === undefined).map(({ building }) => building);
    if (bare.length > 0) {
      const names = bare.join('、');
      const reason = {
        zh: `未登记光伏装机容量（buildings.solarKwp）：${names}`,
        en: `no installed capacity on file (buildings.solarKwp): ${names}`,
      };
      return insufficient(reason, terms, completeness);
    }
    const kwh = systems.reduce((sum, system) => sum + (system.kwh ?? 0), 0);
    const kwp = systems.reduce((sum, system) => sum + (system.kwp ?? 0), 0);
    const own = selfUsed(input);
    const all = carrierTotal(input, 'solar');
    const parts =
      own.value === null || !all.value
        ? []
        : [
            {
              name: { zh: '自用率', en: 'used on site' },
              value: (own.value / all.value) * 100,
              unit: '%',
              completeness: own.completeness,
            },
          ];
    return { value: kwh / kwp, completeness, terms, reasons: [], parts };
  },
});
