/** A25-13E: renewable energy in all energy used: own generation, green power, solar heat, heat pumps. */
import type { Text } from '../../../domain/text.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { selfUsed } from '../parts/electricity.ts';
import { energyKgce } from '../parts/energy.ts';
import { always, coverOf } from '../parts/entry-cover.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from '../parts/records.ts';
import { factorTerm, insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** SI. */
const GJ_PER_KWH = 0.0036;

const LEDGER = [
  ['green-power', { zh: '绿色电力', en: 'Green power' }],
  ['solar-thermal', { zh: '太阳能光热', en: 'Solar heat' }],
  ['heat-pump', { zh: '热泵可再生部分', en: 'Heat pumps, renewable part' }],
] as const satisfies readonly (readonly [EntryOf<'renewable-energy'>['body']['source'], Text])[];

export const renewableEnergyShare = defineMetric({
  id: 'renewable-energy-share',
  code: 'A25-13E',
  clause: CLAUSES.renewables,
  name: { zh: '可再生能源占比（含绿电、光热、热泵）', en: 'Renewable share of energy' },
  unit: '%',
  formula:
    '(光伏自用 + 绿色电力 + 太阳能光热 + 热泵可再生部分) / (综合能耗 + 太阳能光热 + 热泵可再生部分)，均折标准煤',
  inputs: [
    {
      zh: '光伏自用电量、综合能耗、台账可再生能源利用、折标准煤系数',
      en: 'self-used generation, comprehensive energy, renewable energy of the ledger, coefficients',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '既无光伏表计也无台账可再生能源（有下级的：有单位未录入），或综合能耗不足',
    en: 'neither a photovoltaic meter nor renewable energy in the ledger (of a parent: of a unit), or energy insufficient',
  },
  better: 'higher',
  compute(input) {
    const energy = energyKgce(input, { vehicles: 'in' });
    const entries = input.records('renewable-energy');
    const generates = input.total('solar') !== undefined;
    if (!generates && entries.length === 0) {
      return insufficient({
        zh: '没有光伏表计，台账“可再生能源利用”中也没有本期数据（没有利用请录入 0）',
        en: 'no photovoltaic meter and no renewable energy in the ledger (enter 0 for none)',
      });
    }
    const metered = [
      ...input.units
        .filter((unit) => unit.total('solar') !== undefined)
        .map(({ agency }) => agency),
      ...(generates && input.units.length === 0 ? [input.agency] : []),
    ];
    // A unit that says nothing of its own is not one that uses none.
    const cover = coverOf(input, [...entries, ...metered.map(({ id }) => always(id))]);
    const [short] = cover.reasons;
    if (cover.share < MIN_KNOWN && short) return insufficient(short, [], cover.share);
    const factor = input.factor('standard-coal', 'electricity');
    if (energy.value === null) return energy;
    const heat = input.factor('standard-coal', 'heat');
    if (!factor || !heat) {
      return insufficient({ zh: '缺少电或热力的系数', en: 'no factor for electricity or heat' });
    }
    const lines: { name: Text; kgce: number; isHeat: boolean; of: Partial<MetricOutcome> }[] = [];
    if (generates) {
      const own = selfUsed(input);
      if (own.value === null) return own;
      const name = { zh: '光伏自用', en: 'Own generation' };
      lines.push({ name, kgce: own.value * factor.value, isHeat: false, of: own });
    }
    for (const [source, name] of LEDGER) {
      const own = entries.filter(({ body }) => body.source === source);
      const sum = sumRecords(own, input.elapsed, ({ energyKwh }) => energyKwh);
      if (sum.value === undefined) continue;
      const isHeat = source !== 'green-power';
      const of = {
        terms: [recordTerm([name, 'kWh'], 'renewable-energy', sum)],
        reasons: sum.spread ? [SPREAD_BY_DAYS] : [],
      };
      lines.push({
        name,
        kgce: sum.value * (isHeat ? heat.value * GJ_PER_KWH : factor.value),
        isHeat,
        of,
      });
    }
    const sum = (some: typeof lines) => some.reduce((total, { kgce }) => total + kgce, 0);
    const whole = energy.value + sum(lines.filter(({ isHeat }) => isHeat));
    const terms = [
      ...lines.flatMap(({ of }) => of.terms ?? []),
      factorTerm(factor),
      factorTerm(heat),
      {
        name: { zh: '综合能耗', en: 'energy' },
        value: energy.value,
        unit: 'kgce',
        source: 'A24-02',
      },
    ];
    const completeness = Math.min(energy.completeness, cover.share);
    if (whole <= 0) return insufficient({ zh: '本期没有用能', en: 'no energy was used' }, terms);
    const reasons = [
      ...energy.reasons,
      ...lines.flatMap(({ of }) => of.reasons ?? []),
      ...cover.reasons,
    ];
    return {
      value: (sum(lines) / whole) * 100,
      completeness,
      terms,
      reasons: [...new Set(reasons)],
      parts: lines.map(({ name, kgce }) => ({
        name,
        value: (kgce / whole) * 100,
        unit: '%',
        completeness,
      })),
    };
  },
});
