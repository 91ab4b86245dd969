/** A24-08: use so far by the part of the year's limit that the seasons allow, and where the year is heading. */
import { CARRIER_IDS, CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { carrierTotal } from '../parts/energy.ts';
import { exceedance, landingOf, shapeOf } from '../parts/landing.ts';
import { allowedShare, type Limit, limitOf } from '../parts/limits.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';
import type { MetricTerm } from '../term.ts';

interface Pace {
  readonly carrier: Carrier;
  readonly value: number | null;
  readonly completeness: number;
  readonly terms: readonly MetricTerm[];
  readonly reasons: readonly Text[];
  readonly parts: readonly MetricPart[];
}

/** Where the year is heading, in the carrier's unit, and how likely it is to end above the limit. */
function headingOf(
  input: MetricInput,
  { carrier, value: limit }: Limit,
): Pick<Pace, 'parts' | 'reasons'> {
  const { zh, en, unit } = CARRIERS[carrier];
  const landing = landingOf(input, carrier);
  if ('zh' in landing) {
    return {
      parts: [],
      reasons: [{ zh: `${zh}：${landing.zh}`, en: `${en}: ${landing.en}` }],
    };
  }
  const part = (name: Text, value: number, of: string) => ({
    name,
    value,
    unit: of,
    completeness: 1,
  });
  return {
    parts: [
      part({ zh: `${zh}：全年预测`, en: `${en}: whole year, expected` }, landing.expected, unit),
      part({ zh: `${zh}：预测标准差`, en: `${en}: standard deviation` }, landing.deviation, unit),
      part(
        { zh: `${zh}：超上限概率`, en: `${en}: chance to end above the limit` },
        exceedance(landing, limit) * 100,
        '%',
      ),
    ],
    reasons: [],
  };
}

/** The part of the limit that is meant for the days so far: by the plan's quarters, else by last year. */
function shareOf(input: MetricInput, { carrier, quarters, term }: Limit): MetricTerm | Text {
  const { zh, en, unit } = CARRIERS[carrier];
  if (quarters) {
    const name = { zh: `${zh}：计划分季进度`, en: `${en}: part of the plan by its quarters` };
    return { name, value: allowedShare(quarters, input), unit: '1', source: term.source };
  }
  const shape = shapeOf(input, carrier);
  if ('zh' in shape) return shape;
  return {
    name: { zh: `${zh}：上年同期占全年`, en: `${en}: part of last year’s use by this date` },
    value: shape.passed / shape.whole,
    unit: '1',
    source: `${unit} ${Number(input.fromDate.slice(0, 4)) - 1}`,
  };
}

function paceOf(input: MetricInput, limit: Limit): Pace {
  const { carrier } = limit;
  const { zh, en } = CARRIERS[carrier];
  const used = carrierTotal(input, carrier);
  const terms = [...used.terms, limit.term];
  const unknown = (why: Text): Pace => ({
    carrier,
    value: null,
    completeness: used.completeness,
    terms,
    reasons: [{ zh: `${zh}：${why.zh}`, en: `${en}: ${why.en}` }],
    parts: [],
  });
  if (used.value === null) return unknown(used.reasons[0] ?? { zh: '数据不足', en: 'no figure' });
  if (limit.value === 0) return unknown({ zh: '上限为零', en: 'the limit is zero' });
  const share = input.ended ? undefined : shareOf(input, limit);
  if (share && 'zh' in share) return unknown(share);
  if (share?.value === 0) {
    return unknown({ zh: '计划至今没有额度', en: 'the plan allows nothing by this date' });
  }
  const value = used.value / (limit.value * (share?.value ?? 1));
  const heading = input.ended ? { parts: [], reasons: [] } : headingOf(input, limit);
  const pace = { name: { zh, en }, value, unit: '1', completeness: used.completeness };
  return {
    carrier,
    value,
    completeness: used.completeness,
    terms: share ? [...terms, share] : terms,
    reasons: heading.reasons,
    parts: [pace, ...heading.parts],
  };
}

export const budgetPace = defineMetric({
  id: 'budget-pace',
  code: 'A24-08',
  clause: CLAUSES.planning,
  name: { zh: '用量预算进度（最快的能源或水）', en: 'Pace of the budget (fastest carrier)' },
  unit: '1',
  formula:
    'max( 本年累计 / (全年上限 · 进度) )，进度按计划的分季值，没有时为 上年同期累计 / 上年全年；预测 = 累计 + 水平 · 上年余下用量，P(超) = Φ((预测 − 上限) / 标准差)',
  inputs: [
    {
      zh: '台账年度计划上限及其分季值（没有时用定额约束值 × 面积或人数）、本年与上年用量',
      en: 'limits of the ledger’s plans and their quarters (else quota × area or people), use of this and last year',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有上限，没有上年整年用量，或有上限的能源、水用量不足',
    en: 'no limit, no use of the whole of last year, or a carrier with a limit is not known',
  },
  better: 'lower',
  yearly: true,
  compute(input) {
    const paces = CARRIER_IDS.flatMap((carrier) => {
      const limit = limitOf(input, carrier);
      return limit ? [paceOf(input, limit)] : [];
    });
    if (paces.length === 0) {
      return insufficient({
        zh: '没有全年上限：请在台账年度计划（用量上限）中录入，或登记定额与面积、人数',
        en: 'no limit for the year: enter one in the ledger (annual plan, limit), or a quota with area and people',
      });
    }
    const known = paces.flatMap(({ value }) => (value === null ? [] : [value]));
    const parts = paces.flatMap((pace) => pace.parts);
    return {
      value: known.length < paces.length ? null : Math.max(...known),
      completeness: Math.min(...paces.map(({ completeness }) => completeness)),
      terms: paces.flatMap(({ terms }) => terms),
      reasons: paces.flatMap(({ reasons }) => reasons),
      ...(parts.length > 0 ? { parts } : {}),
    };
  },
});
