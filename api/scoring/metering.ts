/** Metering as schemes ask for it: by unit (分户), zone (功能分区) and main equipment (主要设备), as A24-13 counts it. */
import type { Carrier } from '../../domain/carriers.ts';
import type { Text } from '../../domain/text.ts';
import { meteringRate } from '../metrics/article-24/metering-rate.ts';
import type { MetricInput } from '../metrics/input.ts';
import {
  type Need,
  occupantsOf,
  pointNeeds,
  subItemNeeds,
  unitNeeds,
  unlisted,
} from '../metrics/parts/metering-needs.ts';
import { namesOf } from '../metrics/parts/names.ts';
import type { Judgement } from './scheme.ts';

interface Group extends Text {
  readonly needs: readonly Need[];
}

function groupsOf(input: MetricInput, wanted?: Carrier): readonly Group[] {
  const of = (needs: readonly Need[]) =>
    needs.filter(({ carrier }) => wanted === undefined || carrier === wanted);
  return [
    { zh: '分户', en: 'by unit', needs: of([...unitNeeds(input), ...pointNeeds(input, 1)]) },
    { zh: '功能分区', en: 'by zone', needs: of(pointNeeds(input, 2)) },
    { zh: '主要设备', en: 'by main equipment', needs: of(pointNeeds(input, 3)) },
  ];
}

const isWhole = ({ needs }: Group) => needs.length > 0 && needs.every(({ isMet }) => isMet);

function toldOf(groups: readonly Group[]): Text {
  const counts = groups.map(({ zh, en, needs }) => {
    const count = `${needs.filter(({ isMet }) => isMet).length} / ${needs.length}`;
    return { zh: `${zh} ${count}`, en: `${en} ${count}` };
  });
  return {
    zh: `已装 / 应装：${counts.map(({ zh }) => zh).join('、')}`,
    en: `installed / needed ${counts.map(({ en }) => en).join(', ')}`,
  };
}

/** Why it cannot be told what is needed; `undefined` when it can. */
function unknown(input: MetricInput): Text | undefined {
  if (occupantsOf(input).length === 0) return meteringRate.insufficient;
  const silent = unlisted(input);
  if (silent.length === 0) return undefined;
  const { zh, en } = namesOf(silent);
  return {
    zh: `登记中没有计量点（meteringPoints）：${zh}`,
    en: `no metering points on file: ${en}`,
  };
}

/** Points by the number of levels on which all that is needed of a carrier is installed. */
export function judgeLevels(
  input: MetricInput,
  carrier: Carrier,
  points: readonly number[],
): Judgement {
  const why = unknown(input);
  if (why) return { points: null, why, from: meteringRate.code };
  const groups = groupsOf(input, carrier);
  const whole = groups.filter(isWhole).length;
  return { points: points[whole] ?? 0, why: toldOf(groups), from: meteringRate.code };
}

/** All points when nothing is missing; for less, how they are split would have to be known. */
export function judgeWholeMetering(input: MetricInput, all: number): Judgement {
  const why = unknown(input);
  if (why) return { points: null, why, from: meteringRate.code };
  const items: Group = { zh: '电分项', en: 'by sub-item', needs: subItemNeeds(input) };
  const groups = [...groupsOf(input), items];
  const isAll = groups.every(({ needs }) => needs.every(({ isMet }) => isMet));
  const told = toldOf(groups);
  return {
    points: isAll ? all : null,
    why: isAll
      ? told
      : { zh: `${told.zh}；分值如何分配未见`, en: `${told.en}; how points are split was not seen` },
    from: meteringRate.code,
  };
}
