/** A37-01: units that other systems can recognise by unified social credit code, beside the codes of their buildings and meters. */
import { isInDivision } from '../../../domain/codes.ts';
import { isCreditCode } from '../../../domain/credit-code.ts';
import { datumCodeOf } from '../../../registry/datum-code.ts';
import type { Agency } from '../../../registry/schema.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric } from '../metric.ts';
import { countTerm } from '../parts/count-term.ts';
import { namesOf } from '../parts/names.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

interface Coded {
  readonly zh: string;
  readonly en: string;
  readonly some: number;
  readonly all: number;
  readonly unit: string;
  readonly source: string;
}

function buildingCodes({ buildings, registry }: MetricInput): Coded {
  const { code: division } = registry.region;
  const placed = buildings.filter(({ code }) => !division || isInDivision(code, division));
  return {
    ...{ zh: '建筑编码在本地区划之内', en: 'buildings coded within the region' },
    ...{ some: placed.length, all: buildings.length, unit: '栋', source: 'buildings.code' },
  };
}

/** A meter of no item is no datum that another system could receive. */
function meterCodes({ buildings, registry }: MetricInput): Coded {
  const meters = buildings.flatMap(({ id }) => registry.accountMetersIn(id));
  const coded = meters.filter((meter) => datumCodeOf(registry, meter) !== undefined);
  return {
    ...{ zh: '表计有能耗数据编码', en: 'meters with an energy datum code' },
    ...{ some: coded.length, all: meters.length, unit: '只', source: 'meters.item' },
  };
}

function share({ some, all }: Coded): number | null {
  return all === 0 ? null : (some / all) * 100;
}

export const codeMapping = defineMetric({
  id: 'code-mapping',
  code: 'A37-01',
  clause: CLAUSES.informatisation,
  name: { zh: '统一社会信用代码登记率', en: 'Units with a credit code' },
  unit: '%',
  formula: '已登记且校验码正确的统一社会信用代码的单位数 / 单位数；另列建筑编码、能耗数据编码',
  inputs: [
    {
      zh: '登记的单位、建筑编码、表计分项',
      en: 'units, building codes and items of meters on file',
    },
  ],
  source: SOURCES.statistics,
  insufficient: { zh: '没有登记用能单位', en: 'no unit on file' },
  better: 'higher',
  compute(input) {
    const units = input.units.map(({ agency }) => agency);
    if (units.length === 0) {
      return insufficient({ zh: '没有登记用能单位', en: 'no unit on file' });
    }
    const hasCode = ({ creditCode }: Agency) =>
      creditCode !== undefined && isCreditCode(creditCode);
    const doubtful = units.filter((unit) => unit.creditCode !== undefined && !hasCode(unit));
    const credit: Coded = {
      ...{ zh: '单位有统一社会信用代码', en: 'units with a credit code' },
      ...{ some: units.filter(hasCode).length, all: units.length, unit: '个' },
      source: 'agencies.creditCode',
    };
    const kinds = [credit, buildingCodes(input), meterCodes(input)];
    const names = namesOf(doubtful);
    const reason = {
      zh: `统一社会信用代码的校验码不符，未计入：${names.zh}`,
      en: `credit code with a wrong check digit, not counted: ${names.en}`,
    };
    return {
      value: share(credit),
      completeness: 1,
      terms: kinds.flatMap(({ zh, en, some, all, unit, source }) => [
        countTerm({ zh, en }, some, [unit, source]),
        countTerm({ zh: `${zh}：应有`, en: `${en}: of` }, all, [unit, source]),
      ]),
      reasons: doubtful.length === 0 ? [] : [reason],
      parts: kinds.map((kind) => {
        const { zh, en } = kind;
        return { name: { zh, en }, value: share(kind), unit: '%', completeness: 1 };
      }),
    };
  },
});
