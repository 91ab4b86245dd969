/** A40-01: what may be shown to the public: whole periods, ratios of units, small ones together. */
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { carrierTotal, energyKgce } from '../parts/energy.ts';
import { namesOf } from '../parts/names.ts';
import { leftOut } from '../parts/roll-up.ts';
import { insufficient } from '../parts/terms.ts';
import { registeredUnits, unitInputs } from '../parts/unit-input.ts';
import { SOURCES } from '../sources.ts';

interface Shown {
  readonly name: Text;
  readonly energyKgce: number;
  readonly waterM3: number;
  readonly areaM2: number;
  readonly persons: number;
  readonly completeness: number;
  /** What its figures leave out. */
  readonly reasons: readonly Text[];
}

/** Units that know all that a line of the table shows. */
function knownUnits(input: MetricInput): (Shown & { readonly id: string })[] {
  return unitInputs(input).flatMap((unit) => {
    const [energy, water] = [energyKgce(unit, { vehicles: 'out' }), carrierTotal(unit, 'water')];
    const [areaM2, persons] = [unit.area('floorM2'), unit.persons()];
    if (energy.value === null || water.value === null) return [];
    if (areaM2 === undefined || persons === undefined) return [];
    const { id, name } = unit.agency;
    const completeness = Math.min(energy.completeness, water.completeness);
    const figures = { energyKgce: energy.value, waterM3: water.value, areaM2, persons };
    const reasons = [...energy.reasons, ...water.reasons];
    return [{ id, name, ...figures, completeness, reasons }];
  });
}

/**
 * Units of fewer people stand in one line. A line of a single unit, or of too few people, would give
 * them away: the next larger one joins them.
 */
function linesOf(units: readonly Shown[], fewestPersons: number): readonly Shown[] {
  const sorted = units.toSorted((a, b) => a.persons - b.persons);
  let pooled = sorted.filter(({ persons }) => persons < fewestPersons).length;
  const people = () => sorted.slice(0, pooled).reduce((sum, { persons }) => sum + persons, 0);
  while (pooled > 0 && pooled < sorted.length && (pooled < 2 || people() < fewestPersons)) {
    pooled += 1;
  }
  if (pooled === 0) return sorted;
  if (pooled < 2 || people() < fewestPersons) return [];
  const small = sorted.slice(0, pooled);
  const sum = (pick: (unit: Shown) => number) => small.reduce((all, unit) => all + pick(unit), 0);
  const together: Shown = {
    name: { zh: `其他 ${pooled} 个单位（合并）`, en: `${pooled} other units together` },
    energyKgce: sum((unit) => unit.energyKgce),
    waterM3: sum((unit) => unit.waterM3),
    areaM2: sum((unit) => unit.areaM2),
    persons: sum((unit) => unit.persons),
    completeness: Math.min(...small.map(({ completeness }) => completeness)),
    reasons: small.flatMap(({ reasons }) => reasons),
  };
  return [...sorted.slice(pooled), together];
}

function partsOf(line: Shown): MetricPart[] {
  const { name, completeness } = line;
  const part = (zh: string, en: string, [value, unit]: readonly [number, string]): MetricPart => ({
    name: { zh: `${name.zh}：${zh}`, en: `${name.en}: ${en}` },
    value,
    unit,
    completeness,
  });
  return [
    part('单位建筑面积能耗', 'energy per area', [line.energyKgce / line.areaM2, 'kgce/m²']),
    part('人均能耗（不含公务用车）', 'energy per person, without vehicles', [
      line.energyKgce / line.persons,
      'kgce/人',
    ]),
    part('人均用水量', 'water per person', [line.waterM3 / line.persons, 'm³/人']),
  ];
}

export const disclosure = defineMetric({
  id: 'disclosure',
  code: 'A40-01',
  clause: CLAUSES.disclosure,
  name: { zh: '可公开的单位占比（单列）', en: 'Units that may be shown (by name)' },
  unit: '%',
  formula:
    '单列公开的单位 / 登记的单位；人数少于下限的合并为一行，合并行少于两个单位或不足下限则不公开',
  inputs: [
    { zh: '各单位能耗、用水、面积、人数', en: 'energy, water, area and people of the units' },
    {
      zh: '登记的公开人数下限（region.disclosure）',
      en: 'fewest people on file (region.disclosure)',
    },
  ],
  source: SOURCES.ordinance,
  insufficient: {
    zh: '时段未结束，没有登记人数下限，或没有可以公开的单位',
    en: 'the period still runs, no fewest people on file, or no unit may be shown',
  },
  better: 'neither',
  compute(input) {
    if (!input.ended) {
      return insufficient({
        zh: '时段尚未结束，只公开已结束的时段',
        en: 'the period still runs: only ended ones are made public',
      });
    }
    const rule = input.registry.region.disclosure;
    if (!rule) {
      return insufficient({
        zh: '登记中没有公开的人数下限（region.disclosure.fewestPersons）',
        en: 'the registry has no fewest people for disclosure (region.disclosure.fewestPersons)',
      });
    }
    const known = knownUnits(input);
    const registered = registeredUnits(input);
    const lines = linesOf(known, rule.fewestPersons);
    const named = known.filter(({ name }) => lines.some((line) => line.name === name));
    const source = `region.disclosure：${rule.source}`;
    const terms = [
      {
        name: { zh: '人数下限', en: 'fewest people' },
        value: rule.fewestPersons,
        unit: '人',
        source,
        verified: rule.verified,
      },
    ];
    if (lines.length === 0) {
      const reason = {
        zh: '没有可以公开的单位：数据不足，或人数都少于下限',
        en: 'no unit may be shown: not enough data, or too few people',
      };
      return insufficient(reason, terms);
    }
    const ids = new Set(known.map(({ id }) => id));
    const silent = registered.filter(({ id }) => !ids.has(id));
    const names = namesOf(silent);
    const left = { zh: `数据不足，未公开：${names.zh}`, en: `not enough data: ${names.en}` };
    return {
      value: (named.length / registered.length) * 100,
      completeness: known.length / registered.length,
      terms,
      reasons: [...leftOut(lines), ...(silent.length > 0 ? [left] : [])],
      parts: lines.flatMap(partsOf),
    };
  },
});
