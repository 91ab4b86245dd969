/** A25-23: CO₂ by scope: fuel burnt, purchased electricity, purchased heat. */
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { meteredLines } from '../parts/energy.ts';
import { fuelLines, vehicleLines } from '../parts/fuels.ts';
import { addLines, type Line, type Weighting } from '../parts/lines.ts';
import { insufficient, NO_DATA } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const WEIGHTING: Weighting = { kind: 'co2' };

function scopePart(name: Text, lines: readonly Line[]): MetricPart[] {
  if (lines.length === 0) return [];
  const { value, completeness } = addLines(lines, 'kgCO₂');
  return [{ name, value, unit: 'kgCO₂', completeness }];
}

export const carbonByScope = defineMetric({
  id: 'carbon-by-scope',
  code: 'A25-23',
  clause: CLAUSES.measures,
  name: { zh: '二氧化碳排放量', en: 'CO₂ emissions by scope' },
  unit: 'kgCO₂',
  formula: '燃料（燃气、其他燃料、公务用车）+ 外购电力（含外部充电）+ 外购热力，各为 Σ 用量 × 因子',
  inputs: [
    {
      zh: '外购电量、热力、燃气，其他燃料和公务用车能耗（台账），排放因子',
      en: 'purchased electricity, heat, gas, other fuels and vehicles (ledger), CO₂ factors',
    },
  ],
  source: SOURCES.gbt51366,
  insufficient: {
    zh: '某种能源已知率低于 90 % 或没有排放因子',
    en: 'a carrier less than 90 % known, or without a CO₂ factor',
  },
  better: 'lower',
  compute(input) {
    const electricity = meteredLines(input, ['electricity'], WEIGHTING);
    const heat = meteredLines(input, ['heat'], WEIGHTING);
    const gas = meteredLines(input, ['gas'], WEIGHTING);
    if ([electricity, heat, gas].every(({ lines }) => lines.length === 0)) {
      return insufficient(NO_DATA);
    }
    const driven = vehicleLines(input, WEIGHTING);
    // What vehicles took from a charger is purchased electricity, at whoever's meter.
    const isCharged = ({ terms }: Line) => terms.some(({ unit }) => unit === 'kWh');
    const fuel = [
      ...gas.lines,
      ...fuelLines(input, WEIGHTING),
      ...driven.lines.filter((line) => !isCharged(line)),
    ];
    const purchased = [...electricity.lines, ...driven.lines.filter(isCharged)];
    const sum = addLines([...fuel, ...purchased, ...heat.lines], 'kgCO₂');
    return {
      ...sum,
      reasons: [...electricity.reasons, ...heat.reasons, ...sum.reasons, ...driven.reasons],
      parts: [
        ...scopePart({ zh: '范围一：燃料', en: 'Scope 1: fuel' }, fuel),
        ...scopePart({ zh: '范围二：外购电力', en: 'Scope 2: electricity' }, purchased),
        ...scopePart({ zh: '范围二：外购热力', en: 'Scope 2: heat' }, heat.lines),
      ],
    };
  },
});
