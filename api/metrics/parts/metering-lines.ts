/** Rates of metering equipment as lines: installed by needed, the limit beside it, and who is missing. */
import { CARRIER_IDS, CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import type { Level } from '../../../domain/places.ts';
import type { Text } from '../../../domain/text.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, type MetricPart, MIN_KNOWN } from '../metric.ts';
import { countTerm } from './count-term.ts';
import type { Need } from './metering-needs.ts';
import { namesOf } from './names.ts';

/** Part of an outcome that stands for itself. */
export type Lines = Required<Pick<MetricOutcome, 'terms' | 'reasons' | 'parts'>>;

export const NO_LINES: Lines = { terms: [], reasons: [], parts: [] };

export function joinLines(all: readonly Lines[]): Lines {
  return {
    terms: all.flatMap(({ terms }) => terms),
    reasons: all.flatMap(({ reasons }) => reasons),
    parts: all.flatMap(({ parts }) => parts),
  };
}

/** A share of a count in percent, given when enough of the count is known. */
export function ratePart(
  name: Text,
  [some, all]: readonly [some: number, all: number],
  completeness = 1,
): MetricPart {
  const isKnown = all > 0 && completeness >= MIN_KNOWN;
  const value = isKnown ? (some * 100) / all : null;
  return { name, value, unit: '%', completeness: all > 0 ? completeness : 0 };
}

export interface Group {
  readonly name: Text;
  readonly level: Level;
  readonly needs: readonly Need[];
  /** Where the needs are on file. */
  readonly source: string;
  /** Share of the account's units whose needs are on file at all. */
  readonly completeness?: number;
}

function lineOf(
  input: MetricInput,
  { name, level, needs, source, completeness }: Group,
  carrier?: Carrier,
): Lines {
  const limit = input.meteringLimits.rate(level, carrier);
  const met = needs.filter(({ isMet }) => isMet);
  const missing = needs.filter(({ isMet }) => !isMet);
  const unit = `/ ${needs.length} 处`;
  const part = ratePart(name, [met.length, needs.length], completeness);
  const isBelow = limit !== undefined && part.value !== null && part.value < limit.percent;
  const { zh, en } = namesOf(missing);
  const count = `${met.length} / ${needs.length}`;
  const verdict = isBelow ? [`，低于限值 ${limit.percent} %`, `, below ${limit.percent} %`] : [];
  return {
    parts: [part],
    terms: [
      countTerm(name, met.length, [unit, source]),
      ...(limit
        ? [
            {
              name: { zh: `${name.zh}，限值`, en: `${name.en}, limit` },
              value: limit.percent,
              unit: '%',
              source: `${limit.id}：${limit.source}`,
              verified: limit.verified,
            },
          ]
        : []),
    ],
    // The whole of a group names nobody again whom its carriers name.
    reasons:
      missing.length === 0 || (carrier === undefined && !isBelow)
        ? []
        : [
            {
              zh: `${name.zh} ${count}${verdict[0] ?? ''}${carrier ? `；缺：${zh}` : ''}`,
              en: `${name.en} ${count}${verdict[1] ?? ''}${carrier ? `; missing: ${en}` : ''}`,
            },
          ],
  };
}

/** The whole group, then each carrier that is needed in it. */
export function groupLines(input: MetricInput, group: Group): Lines {
  const { name, needs } = group;
  if (needs.length === 0) return { ...NO_LINES, parts: [ratePart(name, [0, 0])] };
  const carriers = CARRIER_IDS.filter((id) => needs.some(({ carrier }) => carrier === id));
  const byCarrier = carriers.map((carrier) => {
    const { zh, en } = CARRIERS[carrier];
    return lineOf(
      input,
      {
        ...group,
        name: { zh: `${name.zh}：${zh}`, en: `${name.en}: ${en}` },
        needs: needs.filter((need) => need.carrier === carrier),
      },
      carrier,
    );
  });
  return joinLines([lineOf(input, group), ...byCarrier]);
}
